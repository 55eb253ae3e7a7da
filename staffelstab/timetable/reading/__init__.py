"""Reading a resolution's text by rules: sentences and their places, dates, strengths, lists (U1). Knows nothing of plans."""
