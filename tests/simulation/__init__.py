"""Tests of staffelstab/simulation."""
