"""Tests of tasks: what the flows share, without a Prefect server."""
