"""Producing documents."""
