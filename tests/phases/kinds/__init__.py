"""Tests of staffelstab/phases/kinds."""
