"""Sheets and the kinds of record."""
