"""Tests of staffelstab/documents."""
