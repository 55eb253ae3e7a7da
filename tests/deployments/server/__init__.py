"""Tests of deployments/server."""
