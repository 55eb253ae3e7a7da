"""Watching itself: what should be told although nobody looks, to whom, and what was told already (U16)."""
