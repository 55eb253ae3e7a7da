"""Sending what was released, once each, and what became of it (R05, R60, R62; U8, U12)."""
