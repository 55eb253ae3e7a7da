"""Structured records: what a coordinator enters in sheets beside the papers."""
