"""Tests of staffelstab/steps."""
