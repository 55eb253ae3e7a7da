"""One session: what it decided, its paper, why that is not final yet, its letters, and the form for its result (R14, R42)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from starlette.responses import Response

from pages.days import told_day
from pages.documents import stored
from pages.entering import Mistakes
from pages.open_points import open_points
from pages.papers_of_sessions import Paper, files_of, is_paper, last_run, paper_of
from pages.sessions import titled
from pages.visit import Visit
from staffelstab.documents.rendering.characters import line
from staffelstab.errors import RecordError
from staffelstab.ledger.values import Entry
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.publishing.outbox.letter_names import is_file_of
from staffelstab.service.decide import OUTCOMES, written_points
from staffelstab.submissions.case.contents import Case, Decision
from staffelstab.submissions.case.gather import outline
from staffelstab.timetable.amend.past import subject_of
from staffelstab.timetable.plan.actors import name_of
from staffelstab.timetable.plan.model import Plan, Session

KINDS = ("surveyed", "letter")
VOTES = ("yes", "no", "abstentions")
Choices = list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """A decision in words; `former` are those it corrected, newest first."""

    outcome: str
    votes: str
    points: tuple[str, ...]
    at: dt.datetime
    assumed: bool
    former: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter that belongs to the session: what it is, since when it is drafted, whether it still lies in the outbox."""

    what: str
    day: dt.date
    lies: bool


@dataclass(frozen=True)
class Known:
    """What is known of a session at the moment of a visit; `case` is without what came in, which takes long to gather."""

    visit: Visit
    session: Session
    case: Case
    entries: tuple[Entry, ...]
    paper: Paper

    @property
    def decision(self) -> Decision | None:
        """The decision that stands."""
        return self.case.decision(self.session.id)


def known(visit: Visit) -> Known:
    """The session that the address names. Raises RecordError if there is none."""
    session = _named(visit)
    run, phase = visit.run, visit.plan.phase(session.phase)
    with run.workspace.open(read_only=True) as ledger:
        entries = tuple(ledger.entries(*KINDS, until=run.now))
        case = outline(ledger, visit.plan, run.now)
        paper = paper_of(case, session, ledger, last_run(entries, phase))
    return Known(visit, session, case, entries, paper)


def show(visit: Visit) -> Response:
    """The page."""
    return shown(known(visit))


def download(visit: Visit) -> Response:
    """A file of the session's paper. Raises RecordError if there is none of that name."""
    session, name = _named(visit), visit.given["file"]
    if not is_paper(name):
        raise RecordError("pages.error.nothing_here")
    folder = visit.run.workspace.session(visit.plan, session)
    return stored(folder, name, name=f"{visit.plan.day_of(session)}-{name}")


def shown(found: Known, typed: Mapping[str, str] | None = None, mistakes: Mapping[str, str] | None = None) -> Response:
    """The page with the form as it was filled in, and what is wrong with it."""
    visit, session, case = found.visit, found.session, found.case
    plan, phase = visit.plan, visit.plan.phase(session.phase)
    standing = found.decision
    return visit.shown(
        "session",
        status=422 if mistakes else 200,
        session=session,
        phase=phase,
        body=name_of(plan, session.body),
        titled=titled(plan, session, standing),
        day=told_day(plan, session.date, session.id),
        due=told_day(plan, session.papers_due, session.id),
        paper=found.paper,
        files=files_of(visit.run, session),
        begun=is_begun(found),
        decision=told(plan, standing) if standing else None,
        handed=case.handed(phase.number),
        overdue=session.papers_due.date is not None and session.papers_due.date <= case.today,
        open=open_points(visit, phase),
        last=last_run(found.entries, phase),
        letters=[*_letters(found)],
        choices=choices(visit),
        typed=typed if typed is not None else _prefilled(found),
        mistakes=mistakes or Mistakes(plan.language),
        is_form_open=bool(mistakes) or typed is not None,
    )


def is_begun(found: Known) -> bool:
    """Whether the session has begun, so that something can have been decided."""
    day = found.session.date.date
    return day is not None and found.visit.now >= found.visit.plan.starts(day)


def choices(visit: Visit) -> Choices:
    """What a session can have done, in words, and what each means."""
    words = visit.words
    return [(name, words.say(f"dossier.outcome.{name}"), words.say(f"pages.session.means.{name}")) for name in OUTCOMES]


def told(plan: Plan, decision: Decision) -> Told:
    """A decision in words, with those before it."""
    chain = [decision]
    while former := chain[-1].former:
        chain.append(former)
    newest, *before = (_one(plan, item) for item in chain)
    return replace(newest, former=tuple(before))


def _one(plan: Plan, decision: Decision) -> Told:
    return Told(
        outcome=plan.words.say(f"dossier.outcome.{decision.outcome}"),
        votes=Phrasing(plan).votes(decision.vote, whole=True),
        points=tuple(line(point) for point in decision.notes),
        at=decision.at,
        assumed=decision.assumed,
    )


def _named(visit: Visit) -> Session:
    try:
        return visit.plan.session(visit.given["session"])
    except KeyError:
        raise RecordError("pages.error.nothing_here") from None


def _prefilled(found: Known) -> dict[str, str]:
    """The form as it stands before anybody fills it in: what stands already, or the points that lie in the folder."""
    standing = found.decision
    if standing is None:
        return {"points": "\n".join(_points_in_folder(found))}
    votes = {name: getattr(standing.vote, name) for name in VOTES}
    counted = {name: str(count) for name, count in votes.items() if count is not None}
    return {"outcome": standing.outcome, **counted, "points": "\n".join(standing.notes)}


def _points_in_folder(found: Known) -> list[str]:
    try:
        return written_points(found.visit.run, found.session)
    except RecordError:
        return []


def _letters(found: Known) -> Iterator[LetterLine]:
    visit, phase = found.visit, found.visit.plan.phase(found.session.phase)
    lying = [path.name for path in visit.run.workspace.outbox.glob("*.eml")]
    wanted = {("papers", found.session.id), ("results", phase.id)}
    for entry in _of_kind(found.entries, "letter"):
        if subject_of(entry) in wanted:
            key = str(entry.key).partition(":")[2]
            day = entry.at.astimezone(visit.plan.zone).date()
            what = visit.words.say(f"pages.session.letter.{subject_of(entry)[0]}")
            yield LetterLine(what, day, any(is_file_of(name, key) for name in lying))


def _of_kind(entries: Iterable[Entry], kind: str) -> Iterator[Entry]:
    return (entry for entry in entries if entry.kind == kind)
