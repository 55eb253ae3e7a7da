"""How the resolution was voted on: counts where the text gives them, nothing where it does not (R14)."""

from __future__ import annotations

import re

from staffelstab.draft.item import Fields
from staffelstab.draft.words.numbers import COUNT, NUMBERS
from staffelstab.draft.words.sheet import ADOPTED, REJECTED, RETURNED, UNANIMOUS

_COUNTS = {
    "yes": rf"\b{COUNT}\s*(?:mal\s+)?(?:ja-?stimmen?|ja\b|stimmen? dafür|dafür|(?:votes? )?(?:for|in favour)\b|ayes?)",
    "no": rf"\b{COUNT}\s*(?:mal\s+)?(?:nein-?stimmen?|nein\b|gegenstimmen?|dagegen|(?:votes? )?against\b|noes)",
    "abstentions": rf"\b{COUNT}\s*(?:stimm)?(?:enthaltung(?:en)?|abstentions?|abstained)",
}
_LABELLED = {
    "yes": r"\b(?:ja(?:-stimmen)?|dafür|for|in favour|yes)\s*:\s*(\d{1,4})",
    "no": r"\b(?:nein(?:-stimmen)?|dagegen|against|no)\s*:\s*(\d{1,4})",
    "abstentions": r"\b(?:enthaltungen?|abstentions?)\s*:\s*(\d{1,4})",
}
_NONE = {"no": r"\b(?:ohne|keine)\s+gegenstimmen?|\bnem\.? con", "abstentions": r"\bohne\s+enthaltung"}
_AGAINST_EACH_OTHER = re.compile(
    rf"\b{COUNT}\s*(?:(?:votes?\s+)?to|stimmen?\s+gegen|zu|gegen|:(?=\s*\d+\s*(?:stimmen|votes)))\s*"
    rf"{COUNT.replace('(', '(?P<no>', 1)}\b",
    re.IGNORECASE,
)
_BALLOT = re.compile(r"stimm|enthalt|\bvotes?\b|\babst|\bunanimous", re.IGNORECASE)


def ballot_in(sentence: str) -> str:
    """The words of a sentence that tell the vote ("7 Ja-Stimmen und 1 Enthaltung", "unanimously"); "" where none do.

    Figures alone are none: "one for each section" is no vote.
    """
    patterns = [*_COUNTS.values(), *_NONE.values(), _AGAINST_EACH_OTHER.pattern, UNANIMOUS.pattern]
    found = [match.span() for pattern in patterns for match in re.finditer(pattern, sentence, re.IGNORECASE)]
    found = [(start, end) for start, end in found if end > start]
    said = sentence[min(start for start, _ in found) : max(end for _, end in found)] if found else ""
    return said.strip() if _BALLOT.search(said) else ""


def vote_in(text: str) -> Fields:
    """The fields of `[resolution.vote]`: its result if the text names one, and the counts it gives."""
    fields: Fields = {"result": _result(text)} if _result(text) else {}
    if found := _AGAINST_EACH_OTHER.search(text):
        fields |= {"yes": _number(found[1]), "no": _number(found["no"])}
    for name in ("yes", "no", "abstentions"):
        found = re.search(_LABELLED[name], text, re.IGNORECASE) or re.search(_COUNTS[name], text, re.IGNORECASE)
        if found:
            fields[name] = _number(found[1])
        elif name in _NONE and re.search(_NONE[name], text, re.IGNORECASE):
            fields[name] = 0
    return fields


def _result(text: str) -> str:
    if RETURNED.search(text):
        return "returned"
    if REJECTED.search(text):
        return "rejected"
    return "adopted" if ADOPTED.search(text) else ""


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]
