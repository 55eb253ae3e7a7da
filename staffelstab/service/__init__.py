"""The service layer, which tasks and commands call: begin, take in, compile, hand off, decide, amend, and the daily pass."""
