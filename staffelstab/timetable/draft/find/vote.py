"""How the resolution was voted on: counts where the text gives them, nothing where it does not (R14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from staffelstab.timetable.draft.plan_entries import Vote
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.resolution_sheet import Field
from staffelstab.timetable.draft.words.number_words import COUNT, NUMBERS
from staffelstab.timetable.draft.words.sheet_words import ADOPTED, REJECTED, RETURNED, UNANIMOUS
from staffelstab.timetable.vocabulary.words import any_of, anywhere

_YES, _NO, _ABSTENTIONS = "yes", "no", "abstentions"
_KINDS = (_YES, _NO, _ABSTENTIONS)


def _of(name: str) -> str:
    return f"(?:{any_of(f'votes.{name}')})"


_COUNTS = {kind: re.compile(rf"\b{COUNT}\s*(?:{_of('times')}\s+)?{_of(kind)}", re.IGNORECASE) for kind in _KINDS}
_LABELLED = {kind: re.compile(rf"\b{_of(f'{kind}_label')}\s*:\s*(\d{{1,4}})", re.IGNORECASE) for kind in _KINDS}
_NONE = {kind: re.compile(rf"\b{_of(f'{kind}_none')}", re.IGNORECASE) for kind in (_NO, _ABSTENTIONS)}
_AGAINST_EACH_OTHER = re.compile(
    rf"\b{COUNT}\s*(?:{_of('to')}|:(?=\s*\d+\s*{_of('votes')}))\s*{COUNT.replace('(', '(?P<no>', 1)}\b", re.IGNORECASE
)
_BALLOT = anywhere("votes.ballot")


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
    patterns = (*_COUNTS.values(), *_NONE.values(), _AGAINST_EACH_OTHER, UNANIMOUS)
    spans = [match.span() for pattern in patterns for match in pattern.finditer(sentence)]
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
    match = _LABELLED[kind].search(text) or _COUNTS[kind].search(text)
    if match:
        return _number(match[1])
    return 0 if kind in _NONE and _NONE[kind].search(text) else otherwise


def _result(text: str) -> str:
    if RETURNED.search(text):
        return "returned"
    if REJECTED.search(text):
        return "rejected"
    return "adopted" if ADOPTED.search(text) else ""


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]
