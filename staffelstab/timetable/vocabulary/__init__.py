"""The words by which the text of a resolution is read: `<language>/<subject>.toml`, put together in `words`."""
