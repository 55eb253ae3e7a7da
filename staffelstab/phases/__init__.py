"""What each kind of phase makes of a case: one module per kind, each with `survey(case, phase)`."""
