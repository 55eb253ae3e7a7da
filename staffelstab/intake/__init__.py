"""Intake: what stands in a paper of any form, read in child processes that can do nothing else."""
