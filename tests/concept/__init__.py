"""Tests of staffelstab/concept."""
