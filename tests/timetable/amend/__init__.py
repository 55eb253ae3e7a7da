"""What is confirmed and moved, what follows from it, and what refuses."""
