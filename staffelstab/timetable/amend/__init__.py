"""What a plan lets be confirmed and moved, what follows from it, and the resolution by which it is resolved (F08, U10)."""
