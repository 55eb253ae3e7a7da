"""The case: everything the ledger knows about a plan at one instant, and how it got there."""
