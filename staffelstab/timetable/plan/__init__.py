"""The plan: a resolution's timetable as frozen, checked values, each with the sentence it comes from."""
