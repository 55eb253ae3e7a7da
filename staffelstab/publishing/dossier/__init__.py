"""Dossiers: what a session finds on the table, written from a case."""
