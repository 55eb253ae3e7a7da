"""Tests of what runs when, and on which server."""
