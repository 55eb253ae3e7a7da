"""The concept as it grows, for every phase that works on it: ideas, trials, chapters, and the sources each goes back to."""
