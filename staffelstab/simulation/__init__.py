"""Simulation (the command line calls it a rehearsal): a whole plan on a virtual clock, with the very flows that run live (U3)."""
