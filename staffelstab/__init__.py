"""Staffelstab carries a decided timetable from phase to phase."""

__version__ = "0.1.0"
