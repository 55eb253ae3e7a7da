"""What happened in a working folder, told from its journal: day by day, what was missing when, and where the papers lie."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from staffelstab.language import Language
from staffelstab.ledger.entries import (
    GONE,
    Decided,
    Froze,
    HandedOn,
    PassedOver,
    Received,
    is_unreadable,
    missed_before,
    occasion_of,
)
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Entry
from staffelstab.phases.registry import PHASE_KINDS
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.service.phase_run import Run, baton_name, open_run
from staffelstab.submissions.case.gather import gather
from staffelstab.timetable.plan.model import Plan, Session
from staffelstab.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened at a moment (plan's zone): `kind` is the journal's, `text` a sentence."""

    at: dt.datetime
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class SessionStory:
    """A session: its dossier's files, what was missing when it was frozen, and what the session did."""

    session: Session
    frozen: dt.datetime | None
    files: tuple[Path, ...]
    missing: tuple[tuple[str, str], ...]
    outcome: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class BatonStory:
    """A phase handed over: when, its folder and hash, and how many binding gaps it takes along."""

    name: str
    phase: str
    at: dt.datetime
    folder: Path
    hash: str
    debts: int


@dataclass(frozen=True, slots=True)
class Story:
    """The whole story. Paths are relative to the working folder."""

    plan: Plan
    happenings: tuple[Happening, ...]
    sessions: tuple[SessionStory, ...]
    batons: tuple[BatonStory, ...]
    others: tuple[Path, ...]
    letters: int


def story(workspace: Workspace, now: dt.datetime) -> Story:
    """The story of a working folder up to `now`."""
    run = open_run(workspace.root, now)
    with workspace.open(read_only=True) as ledger:
        entries = ledger.entries(until=now)
        return Story(
            plan=run.plan,
            happenings=tuple(happenings(run.plan, entries)),
            sessions=tuple(_session(run, ledger, session) for session in run.plan.sessions),
            batons=tuple(_batons(run, entries)),
            others=tuple(_others(workspace)),
            letters=sum(entry.kind == "letter" for entry in entries),
        )


def happenings(plan: Plan, entries: Sequence[Entry]) -> Iterator[Happening]:
    """The journal as sentences; what happened at one moment and is of one kind becomes one sentence."""
    for at, group in groupby(entries, key=lambda entry: entry.at):
        yield from _at(plan, at.astimezone(plan.zone), list(group))


def _at(plan: Plan, at: dt.datetime, entries: list[Entry]) -> Iterator[Happening]:
    words = plan.words
    kinds = Counter(entry.kind for entry in entries)
    sources = Counter(Received.of(entry).source for entry in entries if entry.kind == "received")
    if sources["papers"]:
        yield Happening(at, "received", words.say("story.papers", n=sources["papers"]))
    if sources["interviews"]:
        yield Happening(at, "received", words.say("story.interviews", n=sources["interviews"]))
    if sheets := sources.total() - sources["papers"] - sources["interviews"]:
        yield Happening(at, "received", words.say("story.sheets", n=sheets))
    if again := kinds["arrived"] - kinds["received"]:
        yield Happening(at, "arrived", words.say("story.again", n=again))
    if unreadable := sum(entry.kind == "read" and is_unreadable(entry) for entry in entries):
        yield Happening(at, "unreadable", words.say("story.unreadable", n=unreadable))
    passed_over = [entry for entry in entries if entry.kind == "skipped" and PassedOver.of(entry).reason != GONE]
    if passed_over:
        yield Happening(at, "skipped", words.say("story.skipped", n=len(passed_over)))
    for entry in entries:
        yield from _one(plan, at, entry, words)
    if kinds["letter"]:
        occasions = Counter(occasion_of(entry) for entry in entries if entry.kind == "letter")
        listed = words.listed(words.say(f"story.letter.{name}", n=count) for name, count in occasions.items())
        yield Happening(at, "letter", words.say("story.letters", letters=listed))


def _one(plan: Plan, at: dt.datetime, entry: Entry, words: Language) -> Iterator[Happening]:
    if entry.kind == "frozen":
        key = "story.frozen_late" if Froze.of(entry).late else "story.frozen"
        yield Happening(at, "frozen", words.say(key, day=plan.session(entry.subject).date.day))
    elif entry.kind == "decided":
        decided = Decided.of(entry)
        outcome = words.say(f"dossier.outcome.{decided.outcome}")
        key = "decided_assumed" if decided.assumed else "decided"
        key = f"story.{'corrected' if decided.corrects else key}"
        yield Happening(at, "decided", words.say(key, day=plan.session(entry.subject).date.day, outcome=outcome))
    elif entry.kind == "handed_over":
        handed = HandedOn.of(entry)
        phase, debts = plan.phase(handed.phase), handed.debts
        key = "story.handed_over_debts" if debts else "story.handed_over"
        yield Happening(at, "handed_over", words.say(key, number=phase.number, phase=phase.name, n=debts))
    elif entry.kind == "pass" and (missed := missed_before(entry)):
        yield Happening(at, "missed", words.say("story.missed", n=missed))


def _session(run: Run, ledger: Ledger, session: Session) -> SessionStory:
    entry = ledger.find(f"frozen:{session.id}")
    folder = run.workspace.session(run.plan, session)
    files = [path for path in sorted(folder.glob("dossier.*")) if not _drawing(path)] if folder.is_dir() else []
    decided = ledger.entries("decided", subject=session.id, until=run.now)
    decision = Decided.of(decided[-1]) if decided else None
    return SessionStory(
        session=session,
        frozen=entry.at.astimezone(run.plan.zone) if entry else None,
        files=tuple(path.relative_to(run.workspace.root) for path in files),
        missing=_missing(run, ledger, session, entry),
        outcome=decision.outcome if decision else "",
        assumed=bool(decision and decision.assumed),
    )


def _missing(run: Run, ledger: Ledger, session: Session, frozen: Entry | None) -> tuple[tuple[str, str], ...]:
    """(level, sentence) of what the dossier said was missing."""
    if frozen is None:
        return ()
    case = gather(ledger, run.plan, frozen.at)
    phase = run.plan.phase(session.phase)
    report = PHASE_KINDS[phase.kind].survey(case, phase, run.codebook())
    phrasing = Phrasing(run.plan)
    return tuple((note.level, phrasing.note(note)) for note in report.notes if note.level != "ask")


def _batons(run: Run, entries: Sequence[Entry]) -> Iterator[BatonStory]:
    for entry in entries:
        if entry.kind == "handed_over":
            handed = HandedOn.of(entry)
            phase = run.plan.phase(handed.phase)
            yield BatonStory(
                name=baton_name(phase),
                phase=phase.name,
                at=entry.at.astimezone(run.plan.zone),
                folder=Path("batons") / baton_name(phase),
                hash=handed.hash,
                debts=handed.debts,
            )


def _others(workspace: Workspace) -> Iterator[Path]:
    for folder in (workspace.calendar, workspace.publication, workspace.root / "reports"):
        if folder.is_dir():
            yield from (
                path.relative_to(workspace.root)
                for path in sorted(folder.rglob("*"))
                if path.is_file() and not _drawing(path)
            )


def _drawing(path: Path) -> bool:
    """Whether it is a drawing of a dossier, which every format but the Markdown holds itself."""
    return path.match("dossier.*.svg")
