"""Tests of staffelstab.baton."""
