"""Tests of staffelstab.publishing.baton."""
