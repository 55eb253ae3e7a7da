"""Tests of the watch over itself."""
