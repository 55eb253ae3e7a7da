"""The pages in the order in which the menu shows them, each by its name, which is also its address."""

from __future__ import annotations

NAMES = ("today", "submissions", "sessions", "outbox", "dates", "archive", "settings")


def navigation(here: str) -> tuple[tuple[str, bool], ...]:
    """Each page of the menu, and whether it is the one that is shown."""
    return tuple((name, name == here) for name in NAMES)
