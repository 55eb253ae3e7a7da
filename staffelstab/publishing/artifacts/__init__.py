"""Prefect artifacts: what the coordinator sees at once in the UI, today's work and where a phase stands.

Counts, offices, units, days and numbers of papers; never a submitted text, never a person's name.
"""
