"""What a text does not say but shows: its language, the federal state, what kind of phase a name speaks of."""

from __future__ import annotations

import re
from collections import Counter

from staffelstab.draft.words.actors import STATES
from staffelstab.draft.words.phases import KIND_WORDS
from staffelstab.plan.check import KINDS

_GERMAN = re.compile(
    r"\b(?:der|die|das|und|wird|werden|nicht|mit|dem|den|ist|eine|von|zum|zur|im|bis|für|auf)\b", re.IGNORECASE
)
_ENGLISH = re.compile(r"\b(?:the|and|of|to|shall|will|be|is|are|by|for|with|not|this|that|at|from)\b", re.IGNORECASE)


def language_of(text: str) -> str:
    """ "de" or "en" by the most frequent small words; German if neither prevails."""
    head = text[:50_000]
    return "en" if len(_ENGLISH.findall(head)) > len(_GERMAN.findall(head)) else "de"


def state_of(text: str) -> str:
    """The German federal state that a text names most often; "" if it names none, or two equally often."""
    seen = Counter({code: len(re.findall(rf"\b(?:{names})\b", text, re.IGNORECASE)) for code, names in STATES.items()})
    (first, most), (_, next_most) = seen.most_common(2)
    return first if most > next_most else ""


def kind_of(name: str, section: str, place: int, count: int) -> str:
    """A guess at a phase's kind: by its name, then by its section, then by its place in the timetable."""
    for text in (name, section):
        seen = {kind: len(pattern.findall(text)) for kind, pattern in KIND_WORDS}
        best = max(seen, key=lambda kind: seen[kind])
        if seen[best]:
            return best
    return KINDS[0] if place == 0 else KINDS[-1] if place == count - 1 else KINDS[1]
