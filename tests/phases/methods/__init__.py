"""What the methods of analysis promise, told by small examples and by properties."""
