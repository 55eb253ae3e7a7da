"""Backups of a working folder: one file each, checked, and restored into a new folder."""
