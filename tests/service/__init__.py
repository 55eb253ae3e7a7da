"""Tests of staffelstab/service."""
