"""Intake: what lies in the drop folder, and what stands in a paper of any form."""
