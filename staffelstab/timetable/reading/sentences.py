"""Where a sentence ends: a full stop that belongs to no ordinal, abbreviation, initial or name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from staffelstab.timetable.reading.months import OTHER_NAMES
from staffelstab.timetable.reading.shapes import LABEL
from staffelstab.timetable.reading.units import Range
from staffelstab.timetable.vocabulary.words import words

_CLOSING = r"[\"'“”‘’»)\]*_]{0,4}"
_OPENING = r"[\"'„“‚‘«»(\[*_]{0,4}"
_NEXT = r"(?P<next>[A-ZÄÖÜ0-9][\w*-]{0,40})"
_END = re.compile(rf"(?P<word>[^\s.!?…]{{0,40}})(?P<mark>[.!?…]{{1,5}}){_CLOSING}(?P<gap>\s+)(?={_OPENING}{_NEXT})")
_ABBREVIATIONS = frozenset(words("sentences.abbreviations"))
_MONTHS = frozenset(name for name in OTHER_NAMES if len(name) <= 4)
_STARTERS = frozenset(words("sentences.starters"))
_NUMBER = re.compile(r"[(\[*_\"'„“]*\d{1,3}")
_MARKUP = re.compile(r"h[1-6]|bq|fn\d")  # Textile's headings, quotes and notes
_NUMERAL = re.compile(r"[IVX]{1,5}")


def sentences(text: str, units: list[Range]) -> Iterator[Range]:
    """The offsets of every sentence, unit by unit."""
    names = _names(text, units)
    for start, end in units:
        at = start
        for found in _END.finditer(text, start, end):
            if _ends(found, start) and (_caps(found), found["next"]) not in names:
                yield at, found.start("gap")
                at = found.end()
        yield at, end


def _ends(found: re.Match[str], start: int) -> bool:
    """Whether the mark ends a sentence of the unit that begins at `start`."""
    word, mark = found["word"].lstrip("(\"'„“‚‘«*_["), found["mark"]
    if found.start() == start and _MARKUP.fullmatch(word):
        return False
    if mark != ".":
        return mark[0] != "." or len(mark) >= 3
    if _NUMBER.fullmatch(word):
        return _after_number(found, start)
    bare = word.lower().rsplit("-", 1)[-1].rsplit("/", 1)[-1]
    return not (len(bare) <= 1 or bare in _ABBREVIATIONS or bare in _MONTHS or _NUMERAL.fullmatch(word))


def _after_number(found: re.Match[str], start: int) -> bool:
    """ "14. LPT" is an ordinal, "Phase 3. Danach" is not, and neither is what begins a line ("1. Die Frist")."""
    if found.start("word") <= start:
        return False
    before = found.string[max(start, found.start("word") - 20) : found.start("word")]
    return bool(LABEL.search(before)) or found["next"].lower() in _STARTERS


def _caps(found: re.Match[str]) -> str:
    """The beginning of a word in capitals, by which "LINKE" and "LINKEN" are one; "" for other words."""
    word = found["word"]
    return word[:4] if len(word) > 1 and word.isupper() else ""


def _names(text: str, units: list[Range]) -> set[tuple[str, str]]:
    """Names with a full stop in them ("LINKE. Sachsen"): known by a single word that would else stand as a sentence."""
    found = (match for unit in units for match in _END.finditer(text, *unit))
    return {(caps, match["next"]) for match in found if (caps := _caps(match)) and _alone(text, match)}


def _alone(text: str, found: re.Match[str]) -> bool:
    behind = found.end() + len(found["next"])
    return text[behind : behind + 1] in {".", "!", "?"}
