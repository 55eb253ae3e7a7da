"""Letters and the publication kit."""
