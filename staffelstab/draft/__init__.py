"""From a resolution's text to a draft plan, by rules and without guessing silently: what is uncertain becomes a question (U1)."""
