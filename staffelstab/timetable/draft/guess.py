"""What a text does not say but shows: its language, the federal state, what kind of phase a name speaks of."""

from __future__ import annotations

import re
from collections import Counter

from staffelstab.language import LANGUAGES, ORIGINAL
from staffelstab.timetable.draft.words.actor_words import STATES
from staffelstab.timetable.draft.words.phase_words import KIND_WORDS
from staffelstab.timetable.plan.consistency import KINDS
from staffelstab.timetable.vocabulary.words import whole

_SMALL_WORDS = {language: whole("sentences.small_words", language) for language in LANGUAGES}


def language_of(text: str) -> str:
    """The language whose small words are the most frequent; the original one if none prevails."""
    head = text[:50_000]
    seen = {language: len(pattern.findall(head)) for language, pattern in _SMALL_WORDS.items()}
    return max(seen, key=lambda language: (seen[language], language == ORIGINAL))


def state_of(text: str, language: str) -> str:
    """The federal state that a text names most often; "" if it names none, or two equally often."""
    names = STATES[language]
    seen = Counter({code: len(re.findall(rf"\b(?:{name})\b", text, re.IGNORECASE)) for code, name in names.items()})
    (first, most), (_, next_most) = (*seen.most_common(2), ("", 0), ("", 0))[:2]
    return first if most > next_most else ""


def kind_of(name: str, section: str, place: int, count: int) -> str:
    """A guess at a phase's kind: by its name, then by its section, then by its place in the timetable."""
    by_place = KINDS[0] if place == 0 else KINDS[-1] if place == count - 1 else KINDS[1]
    return kind_in(name) or kind_in(section) or by_place


def kind_in(text: str) -> str:
    """The kind of phase whose words a text has most often; "" if it has none."""
    seen = {kind: len(pattern.findall(text)) for kind, pattern in KIND_WORDS}
    best = max(seen, key=lambda kind: seen[kind])
    return best if seen[best] else ""
