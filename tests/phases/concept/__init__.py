"""Tests of staffelstab/phases/concept."""
