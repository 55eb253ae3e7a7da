"""The words by which text is read, language by language."""
