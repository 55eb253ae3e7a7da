"""What falls due: a plan goes in, days come out (appointments, reminders, reports, runs), and the distribution list beside them."""
