"""Tests of staffelstab/phases."""
