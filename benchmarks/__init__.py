"""Measurements made by hand (`make bench`, `make mutants`), each against a named baseline or aim; never timed tests."""
