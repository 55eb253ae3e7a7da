"""Today: what is to be done, by whom, until when, with the button that does it; then how the whole plan stands (U17, R28, U9)."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from pages.days import derived
from pages.visit import Visit
from staffelstab.errors import RecordError
from staffelstab.phases.interviews import state as state_of_interviews
from staffelstab.publishing.artifacts.clock_line import about_the_clock
from staffelstab.publishing.artifacts.today import phase_state
from staffelstab.publishing.artifacts.todo import CLOCK_LINE, FOR_INFORMATION, KINDS, Todo, last_pass, todo
from staffelstab.publishing.artifacts.working_folder import look
from staffelstab.publishing.calendar.timetable_drawing import timetable
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.agenda.appointments import Appointment, upcoming
from staffelstab.timetable.agenda.clock_question import VOUCHES
from staffelstab.timetable.amend.slack import distances
from staffelstab.timetable.plan.actors import name_of
from staffelstab.timetable.plan.deciders import deciders
from staffelstab.timetable.plan.overlaps import sentences

FIRST = 3
"""So many lines stand at the top, large."""
COMING = 8
"""So many of the next dates are listed."""

START = "*"
ACTIONS = {
    CLOCK_LINE: "settings#clock",
    "decide": "sessions/{}",
    "decide_today": "sessions/{}",
    "confirm_session": "dates/{}",
    "confirm_office": "dates/{}",
    "blocks": "phases/{}",
    "questions": "phases/{}",
    "letters": "outbox",
    "letters_unclear": "outbox",
    "letters_to_post": "outbox",
    "passed_over": "submissions",
    "with_care": "submissions",
} | dict.fromkeys(
    ("never_ran", "not_today", "stale", "missed", "freeze", "freeze_expected", "unreached", "waiting", "unread"), START
)
"""Where the button of a line leads, by the line's key: a page, the place for its subject in it; `START` starts a daily pass."""

PLACES = {
    "phase_start": "phases/{}",
    "phase_end": "phases/{}",
    "papers_due": "sessions/{}",
    "session": "sessions/{}",
}
"""The page about a date to come, by its occasion."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of today's work; `who` does it, `until` when, by which button; `address` is "" where it starts a daily pass."""

    todo: Todo
    who: str
    until: dt.date | None
    label: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A phase in the list: how it stands, and how many days are left."""

    number: int
    name: str
    begin: dt.date
    end: dt.date | None
    state: str
    address: str


@dataclass(frozen=True, slots=True)
class Coming:
    """A date to come: in how many days, what makes it less than certain, and the page about it; "" where there is nothing."""

    day: dt.date
    days: int
    what: str
    doubt: str
    address: str


def show(visit: Visit) -> Response:
    """The page."""
    run = visit.run
    with run.workspace.open(read_only=True) as ledger:
        entries = ledger.entries(*KINDS, *VOUCHES, until=run.now)
        case = visit.case(ledger)
    asked = () if visit.site.frozen else about_the_clock(run.workspace, run.plan, run.now, entries)
    lines = [_line(visit, item) for item in (*asked, *todo(run.plan, run.now, entries, look(run.workspace)))]
    work = [line for line in lines if line.todo.key not in FOR_INFORMATION]
    figure = timetable(run.plan, case.today)
    return visit.shown(
        "today",
        first=work[:FIRST],
        more=work[FIRST:],
        besides=[line for line in lines if line.todo.key in FOR_INFORMATION],
        last_pass=last_pass(entries),
        phases=[*_phases(visit, case)],
        coming=[*_coming(visit)],
        walls=distances(run.plan),
        pace=[*_pace(case)],
        spans=sentences(run.plan),
        under_way=visit.site.runs.under_way(run.plan),
        went_wrong=visit.site.runs.went_wrong(run.plan, run.now),
        drawing=base64.b64encode(figure.svg.encode()).decode("ascii"),
        drawing_says=figure.alt,
    )


def ask_for_pass(visit: Visit) -> Response:
    """Start a daily pass; asked for twice within a minute it is one. Raises RecordError if nobody takes it up."""
    reason = f"pages-{visit.site.clock().astimezone(dt.UTC):%Y%m%dT%H%M}"
    if not visit.site.runs.ask_for_pass(visit.plan, reason):
        raise RecordError("pages.error.no_pass")
    return visit.go("", "pass")


def _line(visit: Visit, item: Todo) -> Line:
    place = ACTIONS.get(item.key, "")
    who, until = _duty(visit, item)
    if not place:
        return Line(item, who, until)
    if place == START:
        return Line(item, who, until, visit.words.say("pages.do.pass"))
    label = visit.words.say(f"pages.do.{item.key}")
    return Line(item, who, until, label, visit.link(place.format(item.subject)))


def _duty(visit: Visit, item: Todo) -> tuple[str, dt.date | None]:
    """Whose it is, and until when; None where the plan names no day."""
    plan, subject = visit.plan, item.subject
    who = name_of(plan, visit.run.office) if item.key not in FOR_INFORMATION else ""
    session = next((session for session in plan.sessions if session.id == subject), None)
    phase = next((phase for phase in plan.phases if phase.id == subject), None)
    if item.key.startswith("confirm_"):
        bodies = deciders(visit.run.workspace.adopted(), subject)
        return visit.words.listed(name_of(plan, body) for body in bodies), session.date.date if session else None
    if session:
        return who, session.papers_due.date if item.key.startswith("freeze") else session.date.date
    return who, phase.end.date if phase else None


def _phases(visit: Visit, case: Case) -> Iterator[PhaseLine]:
    for phase in case.plan.phases:
        address = visit.link(f"phases/{phase.id}")
        yield PhaseLine(
            phase.number, phase.name, phase.start.day, phase.end.date, phase_state(case, phase.number), address
        )


def _coming(visit: Visit) -> Iterator[Coming]:
    today = visit.now.date()
    for item in upcoming(visit.plan, today)[:COMING]:
        what = visit.words.say(f"dossier.occasion.{item.occasion}", name=item.name)
        place = PLACES.get(item.occasion, "")
        address = visit.link(place.format(item.item)) if place else ""
        yield Coming(item.day, (item.day - today).days, what, _doubt(visit, item), address)


def _doubt(visit: Visit, item: Appointment) -> str:
    """What makes a date less than certain: that it follows from another, or that nobody has confirmed it."""
    if item.certain:
        return ""
    if item.when.status == "derived" and not item.when.unsettled:
        return derived(visit.plan, item.when, item.item)
    return visit.words.say("pages.today.uncertain")


def _pace(case: Case) -> Iterator[str]:
    """Whether the talks of running phases will be held in time."""
    for hearing in case.plan.hearings:
        phase = case.plan.phase(hearing.phase)
        if phase_state(case, phase.number) == "running":
            pace = state_of_interviews(case, hearing, phase).pace
            if pace:
                yield f"{hearing.name}: {pace.text(case.plan.language)}"
