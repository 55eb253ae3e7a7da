"""Tests of staffelstab/publishing."""
