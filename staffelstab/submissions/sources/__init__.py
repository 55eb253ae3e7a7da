"""Ways by which papers come in: each knows where something lies, when it came, and how sure that is."""
