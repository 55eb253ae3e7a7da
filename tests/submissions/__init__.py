"""Tests of staffelstab/submissions."""
