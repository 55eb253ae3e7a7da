"""Tests of staffelstab/publishing/artifacts."""
