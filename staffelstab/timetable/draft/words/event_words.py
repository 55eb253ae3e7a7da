"""The words of events, limits, breaks and of what comes back later."""

from __future__ import annotations

import re

from staffelstab.timetable.vocabulary.words import any_of, by_language, whole

EVENT = re.compile(rf"(?:{any_of('events.event')})\b|\b[A-ZÄÖÜ]{{3,5}}\b")
TIME_LEFT = whole("events.time_left")
AGAIN_LATER = whole("events.again_later")
OCCASION = re.compile(rf"\b(?:{by_language('events.occasion')})")
BREAK = whole("events.break")
