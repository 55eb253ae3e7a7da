"""Tests of staffelstab.sources."""
