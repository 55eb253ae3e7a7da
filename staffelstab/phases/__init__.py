"""What each kind of phase makes of a case: a module per kind with `survey`, listed in `kinds`, beside what several share."""
