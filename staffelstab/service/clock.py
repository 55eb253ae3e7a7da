"""The clock, asked about before anything irrevocable is done by it, confirmed or corrected by an entry of the journal.

Whether a clock is right the product cannot know; it knows when the last entry was written. A clock behind that entry is wrong now
or was wrong then. One far ahead of it may be right, after a standstill: that is asked about once, before a paper is frozen or a
phase hands over, since neither is ever done again. Nothing is taken in meanwhile either: which moment counts for a paper, the clock
decides as well. What lies in the inbox is safe there and counts as of its own time, once the clock is known. Nor does anybody enter
a decision or a date meanwhile: the entry would bear the doubtful time for good.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from staffelstab.errors import LedgerError, RecordError
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import CLOCK, CLOCK_TOLERANCE, Entry, Known
from staffelstab.publishing.outbox.letter_names import is_file_of
from staffelstab.service.phase_run import Run, baton_name
from staffelstab.service.set_aside import Aside, set_aside
from staffelstab.timetable.agenda.clock_question import VOUCHES, KnownTimes, clock_question
from staffelstab.timetable.plan.actors import find_actor
from staffelstab.timetable.plan.model import Session

FEW_DAYS = 7
"""On so many days a wrong clock may have gone unnoticed; what was entered on more of them was not entered by a wrong clock."""

MOST_KEPT = 100


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a corrected clock undid: how many frozen papers, hand-overs and letters no longer hold, and what was set aside."""

    papers: int
    batons: int
    letters: int
    aside: Aside


def refuse_doubtful_clock(run: Run, within: dt.timedelta = CLOCK_TOLERANCE) -> None:
    """Raise LedgerError, before anything is written, if the clock is behind the journal or strangely far ahead of it.

    `within`: how far behind a moment may lie, which for a run within a pass is as long as a pass lasts.
    """
    with run.workspace.open(read_only=True) as ledger:
        known = KnownTimes(
            latest=ledger.latest_time(),
            vouched=max(entry.at for entry in ledger.entries(*VOUCHES)),
            frozen={entry.subject for entry in ledger.entries("frozen")},
            played=run.workspace.rehearsal,
        )
    if question := clock_question(run.plan, run.now, known, within):
        raise LedgerError(f"ledger.{question.key}", now=question.now, last=question.last)


def confirm_clock(run: Run, by: str = "") -> Entry:
    """Enter that the clock is right. Raises LedgerError if it is behind the journal, RecordError if nobody knows who says so."""
    with run.workspace.open() as ledger:
        last = ledger.latest_time().astimezone(run.plan.zone)
        if run.now + CLOCK_TOLERANCE < last:
            raise LedgerError("ledger.clock", now=run.now, last=last)
        return ledger.append(CLOCK, at=run.now, office=run.office, facts={"by": _by(run, by)})


def correct_clock(run: Run, by: str = "") -> Corrected:
    """Enter that the clock was wrong and is right now; what was frozen, handed over or drafted on days to come no longer holds.

    It stays in the journal as history; on disk it is set aside. A paper holds nevertheless if its session has met or was decided, a
    letter if somebody has taken it out of the outbox. Raises RecordError if there is nothing to correct, or if so much would be
    undone that it is rather the clock of today that is wrong.
    """
    actor = _by(run, by)
    with run.workspace.open() as ledger:
        undone = _undone(run, ledger)
        facts: dict[str, Known] = {
            "corrects": True,
            "by": actor,
            "from": max(entry.at for entry in undone.wrong).isoformat(),
            "keeps": list(undone.keeps)[:MOST_KEPT],
        }
        paths = (*_bags(run, undone.wrong), *_papers(run, undone.papers), *undone.letters)
        ledger.append(CLOCK, at=run.now, office=run.office, facts=facts)
    # Moved last: were it the other way round, a letter moved before a crash would be taken for one that was sent.
    aside = set_aside(run.workspace, paths, run.now)
    return Corrected(len(undone.papers), undone.batons, len(undone.letters), aside)


def would_correct(run: Run) -> Corrected:
    """What `correct_clock` would undo, without doing it; nothing is set aside yet. Raises RecordError as that does."""
    with run.workspace.open(read_only=True) as ledger:
        undone = _undone(run, ledger)
    return Corrected(len(undone.papers), undone.batons, len(undone.letters), Aside("", 0))


@dataclass(frozen=True, slots=True)
class _Undone:
    """What was entered at times to come: the papers, hand-overs and drafts that do not hold, and what of it holds nevertheless."""

    wrong: tuple[Entry, ...]
    papers: tuple[Entry, ...]
    batons: int
    letters: tuple[Path, ...]
    keeps: tuple[str, ...]


def _undone(run: Run, ledger: Ledger) -> _Undone:
    wrong = [entry for entry in ledger.entries() if entry.at > run.now]
    _refuse(run, ledger, wrong)
    kept = {session.id for session in run.plan.sessions if _has_met(run, ledger, session)}
    frozen = [entry for entry in wrong if entry.kind == "frozen"]
    letters = [entry for entry in wrong if entry.kind == "letter"]
    lying = {str(entry.key): path for entry in letters if (path := _draft_of(run, entry)) is not None}
    sent = [str(entry.key) for entry in letters if str(entry.key) not in lying]
    return _Undone(
        wrong=tuple(wrong),
        papers=tuple(entry for entry in frozen if entry.subject not in kept),
        batons=sum(entry.kind == "handed_over" for entry in wrong),
        letters=tuple(lying.values()),
        keeps=(*sorted({entry.subject for entry in frozen} & kept), *sent),
    )


def _by(run: Run, by: str) -> str:
    actor = find_actor(run.plan, by) if by else None
    if by and actor is None:
        raise RecordError("steps.unknown_actor", actor=by)
    return actor.id if actor else run.office


def _refuse(run: Run, ledger: Ledger, wrong: list[Entry]) -> None:
    """Raise RecordError if nothing was entered at a time to come, or if it is the present time that cannot be right."""
    if not wrong:
        raise RecordError("steps.clock.nothing")
    days = {entry.at.astimezone(run.plan.zone).date() for entry in wrong}
    if wrong[0].seq == 1 or len(days) > FEW_DAYS:
        raise RecordError("steps.clock.rather_now", now=run.now, n=len(days))


def _has_met(run: Run, ledger: Ledger, session: Session) -> bool:
    return session.date.day < run.now.astimezone(run.plan.zone).date() or bool(
        ledger.entries("decided", subject=session.id)
    )


def _draft_of(run: Run, letter: Entry) -> Path | None:
    """The letter's file, if it still lies in the outbox."""
    key = str(letter.key).partition(":")[2]
    return next((path for path in sorted(run.workspace.outbox.glob("*.eml")) if is_file_of(path.name, key)), None)


def _bags(run: Run, wrong: Iterable[Entry]) -> Iterator[Path]:
    phases = {entry.phase for entry in wrong if entry.kind in {"sealed", "handed_over"}}
    for phase in run.plan.phases:
        if phase.id in phases:
            yield run.workspace.batons / baton_name(phase)


def _papers(run: Run, frozen: Iterable[Entry]) -> Iterator[Path]:
    subjects = {entry.subject for entry in frozen}
    for session in run.plan.sessions:
        if session.id in subjects:
            yield from sorted(run.workspace.session(run.plan, session).glob("dossier.*"))
