"""One module for each kind of phase, each with `survey`; none imports another."""
