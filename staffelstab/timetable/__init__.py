"""The resolution and its timetable: read, written as a plan, checked, drafted, amended, renewed."""
