"""What each kind of phase makes of a case: a module per kind in `kinds/`, listed in `registry.py`, and what several share."""
