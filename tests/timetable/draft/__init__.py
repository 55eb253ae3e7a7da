"""Drafts from resolutions: what is found, what is not, and what is never invented."""
