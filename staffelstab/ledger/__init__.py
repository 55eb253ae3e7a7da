"""The ledger: one database per plan that remembers everything and forgets on request."""
