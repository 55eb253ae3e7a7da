"""Tests of staffelstab.submissions.sources."""
