"""What the coordinator sees at a glance: today's work, and where a phase stands. Counts, offices, units and days; no text, no name."""
