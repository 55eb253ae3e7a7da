"""A phase: what it is for, how it stands, what is open and where that is settled, who was heard, its paper and its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from starlette.responses import Response

from pages.kept_surveys import SURVEYS
from pages.places import Place, place_of
from pages.sessions import titled
from pages.visit import Visit
from staffelstab.errors import RecordError
from staffelstab.ledger.entries import Froze, HandedOn, Surveyed
from staffelstab.ledger.values import Entry
from staffelstab.phases.gate import gate
from staffelstab.phases.report import Level, PhaseReport
from staffelstab.publishing.artifacts.phase_overview import Standing, standing
from staffelstab.publishing.artifacts.today import phase_state
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.service.phase_run import Run, baton_name
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.model import Phase, Plan, Value

LEVELS: tuple[Level, ...] = ("block", "warn", "ask")
MOST_FILES = 200
"""So many files of a baton are listed."""


@dataclass(frozen=True, slots=True)
class Open:
    """Something open, as a sentence, and where it is settled."""

    level: Level
    text: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the resolution, and what the plan takes from it."""

    quote: str
    about: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a phase."""

    at: dt.datetime
    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class BatonShown:
    """What a phase handed over: when, under which hash, made of which entry of the ledger, and the files."""

    at: dt.datetime
    hash: str
    debts: int
    folder: str
    files: tuple[str, ...]
    more: int


def show(visit: Visit) -> Response:
    """The page of the phase that the address names."""
    phase = next((item for item in visit.plan.phases if item.id == visit.given["phase"]), None)
    if phase is None:
        raise RecordError("pages.error.nothing_here")
    run = Run(visit.run.workspace, visit.plan, visit.now, phase)
    with run.workspace.open(read_only=True) as ledger:
        case = visit.case(ledger)
        report = SURVEYS.survey(run, ledger, case)
        entries = ledger.entries("surveyed", "frozen", "decided", "sealed", "handed_over", until=run.now)
    found = standing(case, report, gate(case, phase, report))
    own = [
        entry for entry in entries if entry.phase == phase.id or (found.session and entry.subject == found.session.id)
    ]
    phrasing = Phrasing(visit.plan)
    return visit.shown(
        "phase",
        phase=phase,
        stand=found,
        state=phase_state(case, phase.number),
        session=found.session,
        session_day=titled(visit.plan, found.session, case.decision(found.session.id)) if found.session else "",
        session_address=visit.link(f"sessions/{found.session.id}") if found.session else "",
        sentences=[*_sentences(visit.plan, phase)],
        open={level: [*_open(visit, report, phrasing, level)] for level in LEVELS},
        counts=report.counts,
        calls=[item for item in found.silence.calls if item.call.phase == phase.number],
        hearings=[item for item in found.silence.hearings if item.hearing.phase == phase.number],
        earlier_calls=[item for item in found.silence.calls if item.call.phase < phase.number],
        earlier_hearings=[item for item in found.silence.hearings if item.hearing.phase < phase.number],
        phrasing=phrasing,
        baton=_baton(run, own),
        history=[*_history(visit, found, own)],
        runs=visit.site.runs.of_phase(visit.plan, phase),
        before=_neighbour(case, phase, -1),
        after=_neighbour(case, phase, 1),
    )


def _open(visit: Visit, report: PhaseReport, phrasing: Phrasing, level: Level) -> Iterator[Open]:
    for note in report.first(level):
        yield Open(level, phrasing.note(note), place_of(visit, note))


def _sentences(plan: Plan, phase: Phase) -> Iterator[Sentence]:
    """What the resolution says of the phase and of whatever belongs to it, each sentence once."""
    said: set[str] = set()
    for item, about in _items(plan, phase):
        if item.quote and item.quote not in said:
            said.add(item.quote)
            yield Sentence(item.quote, about)


def _items(plan: Plan, phase: Phase) -> Iterator[tuple[Value, str]]:
    say = plan.words.say
    yield phase, ""
    for call in plan.calls:
        if call.phase == phase.number:
            yield call, say("pages.phase.about.call", name=call.name)
    for hearing in plan.hearings:
        if hearing.phase == phase.number:
            yield hearing, say("pages.phase.about.hearing", name=hearing.name)
    for material in plan.materials:
        if material.phase == phase.number:
            yield material, say("pages.phase.about.material", name=material.name)
    session = plan.session_of(phase)
    if session:
        yield session, say("pages.phase.about.session", name=session.name)


def _baton(run: Run, entries: list[Entry]) -> BatonShown | None:
    """What lies in the phase's baton; the files' own bytes are looked at by `staffelstab verify`."""
    entry = next((entry for entry in entries if entry.kind == "handed_over"), None)
    if entry is None:
        return None
    handed, bag = HandedOn.of(entry), run.workspace.batons / baton_name(run.of)
    files = sorted(_files(bag / "data"))
    shown = tuple(files[:MOST_FILES])
    return BatonShown(
        handed.at.astimezone(run.plan.zone),
        handed.hash,
        handed.debts,
        bag.relative_to(run.workspace.root).as_posix(),
        shown,
        len(files) - len(shown),
    )


def _files(folder: Path) -> Iterator[str]:
    if not folder.is_dir() or folder.is_symlink():
        return
    for path in islice(folder.rglob("*"), 10 * MOST_FILES):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder).as_posix()


def _history(visit: Visit, found: Standing, entries: list[Entry]) -> Iterator[Event]:
    """What became of the phase, the oldest first; of its drafts the first and the last."""
    surveyed = [entry for entry in entries if entry.kind == "surveyed"]
    told = [entry for entry in entries if entry.kind in ("frozen", "handed_over")]
    session = visit.link(f"sessions/{found.session.id}") if found.session else ""
    events = [
        Event(_at(visit, entry), _told(visit, entry), session if entry.kind == "frozen" else "") for entry in told
    ]
    events += [*_surveys(visit, surveyed)]
    events += [*_decisions(visit, found, session)]
    return iter(sorted(events, key=lambda event: event.at))


def _at(visit: Visit, entry: Entry) -> dt.datetime:
    return entry.at.astimezone(visit.plan.zone)


def _told(visit: Visit, entry: Entry) -> str:
    say = visit.words.say
    if entry.kind == "frozen":
        return say("pages.phase.event.frozen_late" if Froze.of(entry).late else "pages.phase.event.frozen")
    debts = HandedOn.of(entry).debts
    return say("pages.phase.event.handed_over_with", n=debts) if debts else say("pages.phase.event.handed_over")


def _surveys(visit: Visit, entries: list[Entry]) -> Iterator[Event]:
    say = visit.words.say
    if entries:
        yield Event(_at(visit, entries[0]), say("pages.phase.event.first_run"))
    if len(entries) > 1:
        yield Event(_at(visit, entries[-1]), say("pages.phase.event.last_run", n=len(entries)))
    drafts = [draft for entry in entries if (draft := Surveyed.of(entry).draft)]
    if drafts:
        as_of = drafts[-1].as_of.astimezone(visit.plan.zone)
        yield Event(as_of, say("pages.phase.event.draft"))


def _decisions(visit: Visit, found: Standing, address: str) -> Iterator[Event]:
    phrasing, say = Phrasing(visit.plan), visit.words.say
    for decision in found.case.decisions:
        if found.session and decision.session == found.session.id:
            key = "pages.phase.event.corrected" if decision.former else "pages.phase.event.decided"
            yield Event(decision.at, say(key, what=phrasing.outcome(decision), day=decision.day), address)


def _neighbour(case: Case, phase: Phase, step: int) -> Phase | None:
    phases = case.plan.phases
    at = phases.index(phase) + step
    return phases[at] if 0 <= at < len(phases) else None
