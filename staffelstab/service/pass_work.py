"""The daily pass: what is due now, what was missed while nothing ran, and the end of a pass (U16).

A phase is due when it has begun and not handed over (or its session's papers are still to be frozen), and something has
happened since its last run: something came in, was recorded or decided, an appointment of the plan was reached, a deadline or
a phase ended, another phase handed over, or the plan itself was edited. A phase whose dossier lacks a format is due until it
is there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from staffelstab.errors import StaffelstabError
from staffelstab.ledger.entries import ALL_PRINTED, Drafted, HandedOn, Surveyed, Unprinted
from staffelstab.ledger.values import CLOCK, Entry
from staffelstab.phases.report import PhaseReport
from staffelstab.publishing.artifacts.working_folder import MOST, keep, keep_cautions
from staffelstab.publishing.dossier.left_out import by_name, concerned
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.service.phase_run import Run
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.case.extracts import names_of_files
from staffelstab.submissions.case.receive import Intake
from staffelstab.timetable.agenda.appointments import Appointment, MissedAppointment, agenda, between
from staffelstab.timetable.plan.model import Phase

NEWS = ("received", "arrived", "skipped", "read", "assigned", "withdrawn", "decided", "handed_over", "frozen", CLOCK)
ENDING = frozenset({"call_deadline", "phase_end"})
"""Days that count to their very end: what they change shows on the morning after."""


def reason_for_pass(word: str, entry: Entry) -> str:
    """Why a pass is asked for, as a key: where an older ledger is put back, an entry's number comes again, its hash does not."""
    return f"{word}-{entry.hash[:16]}"


@dataclass(frozen=True, slots=True)
class StateText:
    """What a run says of itself: the name of its state, and a sentence or nothing."""

    name: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class PhaseOutcome:
    """What a phase's run changed for the other phases: whether it froze its dossier or handed over, each of which happens once."""

    frozen: bool = False
    handed_over: bool = False
    told: StateText | None = None

    @property
    def news(self) -> bool:
        """Whether other phases have anything new to see."""
        return self.frozen or self.handed_over


@dataclass(frozen=True, slots=True)
class DailyPass:
    """What a pass found: what it took in, and what was missed since the last pass.

    `hindered`: why papers were not read by the workers that should have read them; they were read all the same.
    """

    intake: Intake
    missed: tuple[MissedAppointment, ...]
    told: StateText | None = None
    hindered: tuple[StaffelstabError, ...] = ()


@dataclass(frozen=True, slots=True)
class FormEntered:
    """That a form was filled in and entered."""

    told: StateText


def due(run: Run) -> tuple[Phase, ...]:
    """The phases to run now, in the plan's order."""
    with run.workspace.open(read_only=True) as ledger:
        handed = {HandedOn.of(entry).phase: entry.seq for entry in ledger.entries("handed_over", until=run.now)}
        frozen = {entry.subject for entry in ledger.entries("frozen", until=run.now)}
        news = ledger.entries(*NEWS, until=run.now)
        last = {entry.phase: entry for entry in ledger.entries("surveyed")}
    runs = {phase: Surveyed.of(entry) for phase, entry in last.items()}
    ended = {
        phase.number
        for phase in run.plan.phases
        if phase.number in handed and phase.id in last and last[phase.id].seq > handed[phase.number]
    }
    return tuple(
        phase
        for phase in run.plan.phases
        if (phase.number not in ended or _owes_papers(run, phase, frozen) or _lacks_format(runs.get(phase.id)))
        and run.now >= run.plan.starts(phase.start.day)
        and _has_news(run, phase, runs.get(phase.id), news)
    )


def _owes_papers(run: Run, phase: Phase, frozen: set[str]) -> bool:
    """Whether the phase's session still waits for its papers, though the phase may have handed over at its deadline."""
    session = run.plan.session_of(phase)
    return session is not None and session.id not in frozen


def _lacks_format(last: Surveyed | None) -> bool:
    """Whether a format of the phase's dossier is to be tried again."""
    return last is not None and bool(last.unprinted.formats)


def _has_news(run: Run, phase: Phase, last: Surveyed | None, news: list[Entry]) -> bool:
    if (
        last is None
        or last.edition != run.edition
        or any(entry.seq > last.last_seq for entry in news if not _own(entry, phase))
    ):
        return True
    if _lacks_format(last) and last.at < run.now:
        return True
    one = dt.timedelta(days=1)
    ran_on = last.at.astimezone(run.plan.zone).date()
    today = run.now.astimezone(run.plan.zone).date()
    return any(item.occasion != "phase_start" for item in between(run.plan, ran_on, today)) or any(
        item.occasion in ENDING for item in between(run.plan, ran_on - one, today - one)
    )


def _own(entry: Entry, phase: Phase) -> bool:
    """Whether the phase itself made the news: its dossier was frozen by its own run."""
    return entry.kind == "frozen" and entry.phase == phase.id


def surveyed(
    run: Run,
    report: PhaseReport,
    draft: Drafted | None = None,
    unprinted: Unprinted = ALL_PRINTED,
) -> Entry:
    """Note that a phase was run: how far into the journal it had looked, what stood in its way, and which draft it left.

    The journal holds counts only; what stood in its way is kept in words in the working folder, for `staffelstab status`.
    """
    phrasing = Phrasing(run.plan, discreet=True)
    blocks, questions = (
        [f"{phrasing.note(note)}{phrasing.how(note)}" for note in report.at(level)[:MOST]] for level in ("block", "ask")
    )
    keep(run.workspace, run.of, blocks, questions)
    with run.workspace.open() as ledger:
        return ledger.append(
            "surveyed",
            at=run.now,
            office=run.office,
            phase=run.of.id,
            facts={
                "seen": report.last_seq,
                "plan": run.edition,
                "blocks": len(report.at("block")),
                "warnings": len(report.at("warn")),
                "questions": len(report.at("ask")),
                **(draft.facts if draft else {}),
                **unprinted.facts,
            },
        )


def missed(run: Run) -> tuple[MissedAppointment, ...]:
    """Appointments since the last pass that no pass attended: those before today, and not on the day of the last pass.

    Before the first pass all that has been missed counts, also from before the working folder was made. What was moved counts
    where it stood on that very day.
    """
    with run.workspace.open(read_only=True) as ledger:
        passes = ledger.entries("pass")
    one = dt.timedelta(days=1)
    yesterday = run.now.astimezone(run.plan.zone).date() - one
    since = passes[-1].at.astimezone(run.plan.zone).date() if passes else agenda(run.plan)[0].day - one
    return tuple(MissedAppointment(item) for item in _held(run, since + one, yesterday))


def _held(run: Run, first: dt.date, last: dt.date) -> Iterator[Appointment]:
    """The appointments from one day to another, each by the plan as it held on its day."""
    changed = sorted({change.at.astimezone(run.plan.zone).date() for change in run.workspace.changes(run.now)})
    one = dt.timedelta(days=1)
    begins = [first, *(day for day in changed if first < day <= last), last + one]
    for begin, end in pairwise(begins):
        as_of = run.plan.ends(begin) - dt.timedelta(microseconds=1)
        plan = run.workspace.plan(as_of) if changed and changed[-1] > begin else run.plan
        yield from between(plan, begin - one, end - one)


def keep_cautions_of(run: Run, case: Case) -> None:
    """Keep in the working folder what the coordinator should know about the reading of papers and sheets, by name."""
    about = concerned(case)
    with run.workspace.open(read_only=True) as ledger:
        files = names_of_files(ledger, about)
    keep_cautions(run.workspace, len(about), by_name(case, files))


def close(run: Run, intake: Intake, missed_items: tuple[MissedAppointment, ...], ran: int) -> Entry:
    """Note that the pass has ended."""
    with run.workspace.open() as ledger:
        return ledger.append(
            "pass",
            at=run.now,
            office=run.office,
            key=f"pass:{run.now.astimezone(dt.UTC).isoformat()}",
            facts={
                "new": intake.new,
                "read": intake.read,
                "unreadable": intake.unreadable,
                "missed": [f"{item.appointment.day.isoformat()} {item.appointment.occasion}" for item in missed_items][
                    :50
                ],
                "ran": ran,
                **({"waiting": intake.waiting} if intake.waiting else {}),
                **({"unread": intake.unread} if intake.unread else {}),
                **({"walls": list(intake.missing_walls)} if intake.missing_walls else {}),
                **({"refused": True} if intake.refused else {}),
            },
        )
