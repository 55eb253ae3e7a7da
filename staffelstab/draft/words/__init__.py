"""The vocabulary of resolutions and timetables, by subject. German and English side by side; general words only."""
