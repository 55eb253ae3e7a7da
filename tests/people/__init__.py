"""Who holds which office."""
