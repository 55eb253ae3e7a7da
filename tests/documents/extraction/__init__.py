"""Intake, told as tests."""
