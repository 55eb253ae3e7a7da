"""Measurements made by hand (`make bench`), each against a named baseline in the same run; never timed tests."""
