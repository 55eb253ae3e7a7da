"""How the resolution was voted on: counts where the text gives them, nothing where it does not (R14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from staffelstab.draft.items import Vote
from staffelstab.draft.text.document import Document
from staffelstab.draft.text.sheet import Field
from staffelstab.draft.words.numbers import COUNT, NUMBERS
from staffelstab.draft.words.sheet import ADOPTED, REJECTED, RETURNED, UNANIMOUS

_YES, _NO, _ABSTENTIONS = "yes", "no", "abstentions"
_COUNTS = {
    _YES: rf"\b{COUNT}\s*(?:mal\s+)?(?:ja-?stimmen?|ja\b|stimmen? dafür|dafür|(?:votes? )?(?:for|in favour)\b|ayes?)",
    _NO: rf"\b{COUNT}\s*(?:mal\s+)?(?:nein-?stimmen?|nein\b|gegenstimmen?|dagegen|(?:votes? )?against\b|noes)",
    _ABSTENTIONS: rf"\b{COUNT}\s*(?:stimm)?(?:enthaltung(?:en)?|abstentions?|abstained)",
}
_LABELLED = {
    _YES: r"\b(?:ja(?:-stimmen)?|dafür|for|in favour|yes)\s*:\s*(\d{1,4})",
    _NO: r"\b(?:nein(?:-stimmen)?|dagegen|against|no)\s*:\s*(\d{1,4})",
    _ABSTENTIONS: r"\b(?:enthaltungen?|abstentions?)\s*:\s*(\d{1,4})",
}
_NONE = {_NO: r"\b(?:ohne|keine)\s+gegenstimmen?|\bnem\.? con", _ABSTENTIONS: r"\bohne\s+enthaltung"}
_AGAINST_EACH_OTHER = re.compile(
    rf"\b{COUNT}\s*(?:(?:votes?\s+)?to|stimmen?\s+gegen|zu|gegen|:(?=\s*\d+\s*(?:stimmen|votes)))\s*"
    rf"{COUNT.replace('(', '(?P<no>', 1)}\b",
    re.IGNORECASE,
)
_BALLOT = re.compile(r"stimm|enthalt|\bvotes?\b|\babst|\bunanimous", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a passage tells of a vote; "" or None where it does not."""

    result: str = ""
    yes: int | None = None
    no: int | None = None
    abstentions: int | None = None

    @property
    def counted(self) -> bool:
        """Whether it tells any figures."""
        return not (self.yes is None and self.no is None and self.abstentions is None)


def find_vote(document: Document) -> Vote:
    """The vote as its field of the sheet tells it, or the line that says who resolved, or a sentence before the phases."""
    sheet = document.sheet
    field, head = sheet.labels.vote, ballot_of(sheet.quote)
    labelled = ballot_of(field.value) if field else Ballot()
    if field and labelled != Ballot():
        return _labelled(document, field, labelled)
    if head.counted or (head.result and UNANIMOUS.search(sheet.quote)):
        return _vote(head, sheet.quote)
    return next(_in_sentences(document), Vote(result="adopted", questions=(document.ask("vote"),)))


def _labelled(document: Document, field: Field, ballot: Ballot) -> Vote:
    clear = ballot.result or (ballot.yes is not None and ballot.no is not None)
    result = ballot.result or ("rejected" if (ballot.no or 0) > (ballot.yes or 0) else "adopted")
    quote = field.quote.split(":", 1)[-1].strip()
    return _vote(replace(ballot, result=result), quote, () if clear else (document.ask("vote"),))


def _in_sentences(document: Document) -> Iterator[Vote]:
    """The vote as the sentence that resolves tells it, or another one before the phases."""
    field = document.sheet.labels.text
    if field and (words := ballot_in(field.value)):
        yield _vote(ballot_of(words), words)
    for piece in document.layout.between(0, document.sections[0].start):
        if words := ballot_in(piece.text):
            yield _vote(ballot_of(f"{words} {piece.text}"), words)


def _vote(ballot: Ballot, quote: str, questions: tuple[str, ...] = ()) -> Vote:
    return Vote(
        result=ballot.result or "adopted",
        yes=ballot.yes,
        no=ballot.no,
        abstentions=ballot.abstentions,
        quote=quote,
        questions=questions,
    )


def ballot_in(sentence: str) -> str:
    """The words of a sentence that tell the vote ("7 Ja-Stimmen und 1 Enthaltung", "unanimously"); "" where none do.

    Figures alone are none: "one for each section" is no vote.
    """
    patterns = [*_COUNTS.values(), *_NONE.values(), _AGAINST_EACH_OTHER.pattern, UNANIMOUS.pattern]
    spans = [match.span() for pattern in patterns for match in re.finditer(pattern, sentence, re.IGNORECASE)]
    spans = [(start, end) for start, end in spans if end > start]
    words = sentence[min(start for start, _ in spans) : max(end for _, end in spans)] if spans else ""
    return words.strip() if _BALLOT.search(words) else ""


def ballot_of(text: str) -> Ballot:
    """The vote's result if the text names one, and the counts it gives."""
    against = _AGAINST_EACH_OTHER.search(text)
    yes, no = (_number(against[1]), _number(against["no"])) if against else (None, None)
    return Ballot(_result(text), _count(_YES, text, yes), _count(_NO, text, no), _count(_ABSTENTIONS, text, None))


def _count(kind: str, text: str, otherwise: int | None) -> int | None:
    """The votes of one kind: as the text counts them, 0 where it says that there were none."""
    match = re.search(_LABELLED[kind], text, re.IGNORECASE) or re.search(_COUNTS[kind], text, re.IGNORECASE)
    if match:
        return _number(match[1])
    return 0 if kind in _NONE and re.search(_NONE[kind], text, re.IGNORECASE) else otherwise


def _result(text: str) -> str:
    if RETURNED.search(text):
        return "returned"
    if REJECTED.search(text):
        return "rejected"
    return "adopted" if ADOPTED.search(text) else ""


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]
