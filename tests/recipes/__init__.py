"""The recipes of docs/extending.md, followed to the letter."""
