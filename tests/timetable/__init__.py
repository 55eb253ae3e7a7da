"""Tests of staffelstab/timetable."""
