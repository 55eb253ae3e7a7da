"""The text of a resolution, read by rules: dates, sentences, strengths, lists, stars."""
