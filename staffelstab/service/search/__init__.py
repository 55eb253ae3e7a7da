"""Search over everything a plan's record holds; the index is made from the ledger, in memory, and is never a second truth."""
