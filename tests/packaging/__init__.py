"""Tests of what we ship: the built wheel, installed where there is no checkout."""
