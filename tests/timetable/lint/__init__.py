"""Tests of the rules that find what is doubtful about a plan."""
