"""Tests of staffelstab/rehearsal."""
