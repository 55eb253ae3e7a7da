"""Tests of staffelstab/overview."""
