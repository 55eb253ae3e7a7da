"""Everything that can be found, as passages that can be cited: where it stands, who says it, when, and the words.

What was erased, withdrawn or replaced by a newer row is not among them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, get_args

from staffelstab.documents.rendering.characters import harmless
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.publishing.dossier.record_cells import NAMES, cells
from staffelstab.publishing.outbox.stored_letters import StoredLetter, letter_in
from staffelstab.service.sent_letters import Kept
from staffelstab.submissions.case.contents import Case, Submission
from staffelstab.submissions.records.record_kinds import RECORDS
from staffelstab.submissions.records.typed_records import Numbered, Record
from staffelstab.timetable.plan.actors import name_of

Kind = Literal["paper", "minutes", "decision", "letter", "concept", "finding", "idea", "sheet", "change"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST = 3_000
"""So many characters a passage has at most; what is longer is found by its parts, which are cited alike."""
_OF_SHEET: dict[str, Kind] = {"concept": "concept", "findings": "finding", "ideas": "idea"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that can be cited as `ref`; `place` and `anchor` say where it stands: which paper, record, sheet, letter."""

    kind: Kind
    ref: str
    text: str
    who: str
    day: dt.date
    place: str
    anchor: str = ""


def parts(passage: Passage) -> Iterator[Passage]:
    """A passage as it is; one too long to be looked through at each question in parts, cut between words where there are any."""
    text, at = passage.text, 0
    while len(text) - at > MOST:
        end = text.rfind(" ", at + MOST // 2, at + MOST) + 1 or at + MOST
        yield _part(passage, at, end)
        at = end
    yield _part(passage, at, len(text)) if at else passage


def _part(passage: Passage, start: int, end: int) -> Passage:
    """A part, with dots where the text goes on."""
    before, after = "… " if start else "", " …" if end < len(passage.text) else ""
    return replace(passage, text=f"{before}{passage.text[start:end].strip()}{after}")


def passages(case: Case, letters: Iterable[Kept]) -> Iterator[Passage]:
    """Every passage of a case and of the letters that are still at hand."""
    phrasing = Phrasing(case.plan)
    for paper in (*case.papers, *case.set_aside):
        yield from _of_paper(phrasing, paper, "paper")
    for paper in case.minutes:
        yield from _of_paper(phrasing, paper, "minutes")
    yield from _decisions(case)
    yield from _changes(case)
    yield from _rows(case)
    yield from _letters(letters)


def _of_paper(phrasing: Phrasing, paper: Submission, kind: Kind) -> Iterator[Passage]:
    who = phrasing.author(paper)
    for statement in paper.statements:
        yield Passage(
            kind, statement.ref, harmless(statement.text), who, paper.arrived.date(), paper.ref, statement.ref
        )


def _decisions(case: Case) -> Iterator[Passage]:
    """The points of each session's discussion, as they were entered last."""
    for session in case.plan.sessions:
        decision = case.decision(session.id)
        if decision is None:
            continue
        for number, point in enumerate(decision.notes, 1):
            body = name_of(case.plan, session.body)
            yield Passage("decision", str(number), harmless(point), body, decision.day, session.id)


def _changes(case: Case) -> Iterator[Passage]:
    """Why dates were moved."""
    for change in case.recorded_changes:
        if change.reason:
            by = name_of(case.plan, change.by)
            yield Passage("change", change.item, harmless(change.reason), by, change.at.date(), change.item)


def _rows(case: Case) -> Iterator[Passage]:
    for name in RECORDS:
        rows: tuple[Record, ...] = getattr(case, name)
        for number, record in enumerate(rows, 1):
            yield _of_row(case, record, name, number)


def _of_row(case: Case, record: Record, sheet: str, number: int) -> Passage:
    """A row by what stands in its cells; one with a number of its own is cited by that."""
    shown = cells(case.plan, record)
    told = "; ".join(f"{heading}: {text}" for heading, text in (shown[1:] if isinstance(record, Numbered) else shown))
    folder = case.plan.words.say(f"records.folders.{NAMES[type(record)]}")
    is_numbered = isinstance(record, Numbered)
    return Passage(
        _OF_SHEET.get(sheet, "sheet"),
        harmless(record.label) if is_numbered else f"{folder} {number}",
        harmless(told),
        "",
        record.entered.date(),
        record.label.upper() if is_numbered else sheet,
        "" if is_numbered else f"row-{number}",
    )


def _letters(letters: Iterable[Kept]) -> Iterator[Passage]:
    """The paragraphs of each letter whose draft is at hand."""
    for letter in letters:
        whole = letter_in(letter.path) if letter.path else None
        if whole is None:
            continue
        for text in _paragraphs(whole):
            yield Passage(
                "letter", whole.heading.subject, text, whole.heading.sender, letter.drafted.date(), letter.name
            )


def _paragraphs(letter: StoredLetter) -> Iterator[str]:
    yield letter.heading.subject
    for paragraph in letter.text.split("\n\n"):
        if text := " ".join(paragraph.split()):
            yield text
