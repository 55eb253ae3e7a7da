"""What people send in: where it comes from, its records, and the case made of everything known at one instant."""
