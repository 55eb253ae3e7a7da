"""Letters and a real mail server."""
