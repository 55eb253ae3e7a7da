"""Plans begun anew."""
