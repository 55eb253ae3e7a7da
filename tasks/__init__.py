"""The steps the flows share: thin coats around the core."""
