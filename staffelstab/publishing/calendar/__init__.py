"""Calendar files: the timetable, the milestones and the resubmission, for any calendar program (RFC 5545)."""
