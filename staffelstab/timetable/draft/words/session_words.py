"""The words of sessions: meetings, what is done with an item there, and days told by their distance."""

from __future__ import annotations

import re

from staffelstab.timetable.draft.words.number_words import COUNT
from staffelstab.timetable.vocabulary.words import any_of, whole


def _of(name: str) -> str:
    return f"(?:{any_of(f'meetings.{name}')})"


MEETING = whole("meetings.meeting")
FIRST = whole("meetings.first")
ITEMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (item, whole(f"meetings.items.{item}"))
    for item in ("adoption", "review", "debate", "discussion", "report", "presentation")
)
"""What an item is to be at a session, the most binding first (R108)."""

RELATIVE = re.compile(
    rf"\b{COUNT}\s+(?P<unit>{any_of('meetings.unit')})\s+(?P<side>{any_of('meetings.before')}|{any_of('meetings.after')})\s+"
    rf"(?:{_of('article')}\s+)?(?P<what>[^,.;()]{{2,80}})",
    re.IGNORECASE,
)
DISTANCE = re.compile(rf"\b{COUNT}\s+{_of('working')}?{_of('any_unit')}\s+{_of('apart')}\b", re.IGNORECASE)
"""A distance in time from something else, whatever it is."""

PAPERS = re.compile(
    rf"\b{COUNT}\s+(?P<unit>{any_of('meetings.papers_unit')})\s+{_of('before')}\s+{_of('papers_for')}", re.IGNORECASE
)
PAPER = whole("meetings.paper")
