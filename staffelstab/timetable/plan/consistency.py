"""What makes a plan unusable: unknown names, doubled ids, phases that end before they begin.

Only what would make the product act wrongly stands here; doubts about a sound plan are findings, not errors.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from staffelstab.files import is_plain_name
from staffelstab.timetable.plan.actors import actors
from staffelstab.timetable.plan.bounds import YEARS, Problem
from staffelstab.timetable.plan.holidays import known_place
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.slots import slots

_DURATION = re.compile(r"P[1-9]\d{0,3}[DW]")

KINDS = ("call", "analysis", "synthesis", "ideas", "trials", "finalisation", "publication")


OWN = ("plan.toml", "ledger.db")
"""How the product's own files in a working folder begin."""


def problems(plan: Plan, *, resolved: bool = False) -> list[Problem]:
    """(message key below `plan.problem`, path in the file, facts) of everything that makes the plan unusable."""
    checks: tuple[Callable[[Plan], Iterator[Problem]], ...] = (
        (_calendar, _order)
        if resolved
        else (_place, _files, _unconfirmed, _doubles, _references, _kinds, _treated, _intervals)
    )
    return [problem for check in checks for problem in check(plan)]


NAMESPACES = (
    ("offices", "bodies", "groups", "units"),  # whoever acts is found by id alone
    ("events", "sessions", "calls"),  # rules hang on an id alone
    ("roles",),
    ("hearings",),
    ("materials",),
    ("responsibilities",),
    ("sections",),
    ("perspectives",),
)


def _place(plan: Plan) -> Iterator[Problem]:
    try:
        ZoneInfo(plan.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "Europe" is a folder
        yield "zone", "$.timezone", {"value": plan.timezone}
    if not plan.phases:
        yield "no_phases", "$", {}
    if not known_place(plan.country, plan.state):
        yield "place", "$.state" if plan.state else "$.country", {"value": f"{plan.country} {plan.state}".strip()}


def _files(plan: Plan) -> Iterator[Problem]:
    """What lies beside the plan is named, never a way to somewhere else, and is nothing of the product's own."""
    for field, name in (("source", plan.source), ("codebook", plan.codebook)):
        if name and not (is_plain_name(name) and not name.startswith((".", *OWN))):
            yield "file_name", f"$.{field}", {"value": name}


def _unconfirmed(plan: Plan) -> Iterator[Problem]:
    """A file never says that something was confirmed: it stays as resolved, the ledger says what came after (F08)."""
    for table in msgspec.structs.fields(Plan):
        items = getattr(plan, table.name)
        for i, item in enumerate(items if isinstance(items, tuple) else ()):
            if getattr(item, "standing", None) == "confirmed":
                path = f"{table.name}[{i}].standing"
                yield "ledger_only", f"$.{path}", {"path": path, "value": "confirmed"}


def _doubles(plan: Plan) -> Iterator[Problem]:
    numbers = Counter(phase.number for phase in plan.phases)
    for i, phase in enumerate(plan.phases):
        if numbers[phase.number] > 1:
            yield "double", f"$.phases[{i}].number", {"value": str(phase.number)}
    for tables in NAMESPACES:
        seen: set[str] = set()
        for path, name in (named for table in tables for named in _ids(plan, table)):
            if name in seen:
                yield "double", path, {"value": name}
            seen.add(name)


def _ids(plan: Plan, table: str) -> Iterator[tuple[str, str]]:
    """(path, id) of every item of a table."""
    if table == "units":
        for i, group in enumerate(plan.groups):
            yield from ((f"$.groups[{i}].units[{j}].id", unit.id) for j, unit in enumerate(group.units))
    else:
        yield from ((f"$.{table}[{i}].id", item.id) for i, item in enumerate(getattr(plan, table)))


def _references(plan: Plan) -> Iterator[Problem]:
    known: dict[str, set[str] | set[int]] = {
        "actor": set(actors(plan)),
        "phase": {phase.number for phase in plan.phases},
        "body": {body.id for body in plan.bodies},
        "group": {group.id for group in plan.groups},
        "role": {role.id for role in plan.roles},
        "call": {call.id for call in plan.calls},
        "perspective": {item.id for item in plan.perspectives},
        "event": {event.id for event in plan.events},
        "source": {item.id for table in (plan.calls, plan.hearings) for item in table} | set(actors(plan)),
    }
    for kind, path, value in _mentions(plan):
        if (value != "" or kind == "event") and value not in known[kind]:
            yield f"unknown_{kind}", path, {"value": str(value)}


def _mentions(plan: Plan) -> Iterator[tuple[str, str, str | int]]:
    yield "actor", "$.coordinator", plan.coordinator
    yield "body", "$.resolution.body", plan.resolution.body
    yield "actor", "$.resolution.certified.office", plan.resolution.certified.office
    if plan.resolution.responsible:
        yield "actor", "$.resolution.responsible.office", plan.resolution.responsible.office
    for i, office in enumerate(plan.offices):
        yield "body", f"$.offices[{i}].body", office.body
        yield "actor", f"$.offices[{i}].deputy", office.deputy
        yield "actor", f"$.offices[{i}].appointed_by", office.appointed_by
        yield "actor", f"$.offices[{i}].successor", office.successor
        yield "perspective", f"$.offices[{i}].perspective", office.perspective
    for table in ("bodies", "groups"):
        for i, item in enumerate(getattr(plan, table)):
            yield "perspective", f"$.{table}[{i}].perspective", item.perspective
    for i, session in enumerate(plan.sessions):
        yield "body", f"$.sessions[{i}].body", session.body
        yield "phase", f"$.sessions[{i}].phase", session.phase
    for i, phase in enumerate(plan.phases):
        yield "actor", f"$.phases[{i}].meanwhile", phase.meanwhile
    for i, material in enumerate(plan.materials):
        yield "phase", f"$.materials[{i}].phase", material.phase
        yield "source", f"$.materials[{i}].source", material.source
    for i, duty in enumerate(plan.responsibilities):
        yield from (("actor", f"$.responsibilities[{i}].actors", actor) for actor in duty.actors)
    yield from _called(plan)
    yield from _heard(plan)


def _called(plan: Plan) -> Iterator[tuple[str, str, str | int]]:
    for i, call in enumerate(plan.calls):
        yield "phase", f"$.calls[{i}].phase", call.phase
        yield "actor", f"$.calls[{i}].address", call.address
        for name in call.audience.actors:
            yield "actor", f"$.calls[{i}].audience", name
    for i, reminder in enumerate(plan.reminders):
        yield "call", f"$.reminders[{i}].call", reminder.call
    for i, section in enumerate(plan.sections):
        yield "actor", f"$.sections[{i}].responsible", section.responsible
    if plan.resubmission:
        yield "event", "$.resubmission.event", plan.resubmission.event
    for reader in plan.reports.to if plan.reports else ():
        yield "actor", "$.reports.to", reader
    for owner in plan.resubmission.owners if plan.resubmission else ():
        yield "actor", "$.resubmission.owners", owner


def _heard(plan: Plan) -> Iterator[tuple[str, str, str | int]]:
    for i, hearing in enumerate(plan.hearings):
        yield "phase", f"$.hearings[{i}].phase", hearing.phase
        yield "group", f"$.hearings[{i}].group", hearing.group
        yield "actor", f"$.hearings[{i}].by", hearing.by
        for role in hearing.roles:
            yield "role", f"$.hearings[{i}].roles", role
    for i, recipient in enumerate(plan.recipients):
        yield "body", f"$.recipients[{i}].body", recipient.body
        yield "group", f"$.recipients[{i}].group", recipient.group
        yield "role", f"$.recipients[{i}].role", recipient.role
        yield "actor", f"$.recipients[{i}].office", recipient.office
    if plan.concept.applicability:
        yield "group", "$.concept.applicability", plan.concept.applicability


def _kinds(plan: Plan) -> Iterator[Problem]:
    for i, phase in enumerate(plan.phases):
        if phase.kind not in KINDS:
            yield "kind", f"$.phases[{i}].kind", {"value": phase.kind, "choices": ", ".join(KINDS)}


def _treated(plan: Plan) -> Iterator[Problem]:
    """A phase is treated by one session at most, and by one if its gate waits for it."""
    treated: set[int] = set()
    for i, session in enumerate(plan.sessions):
        if session.phase in treated:
            yield "second_session", f"$.sessions[{i}].phase", {"value": session.id}
        treated.add(session.phase)
    if not treated <= {phase.number for phase in plan.phases}:
        return  # a session of an unknown phase is said elsewhere; it may be the one that is missing
    for i, phase in enumerate(plan.phases):
        if phase.gate in {"presentation", "decision"} and phase.number not in treated:
            yield "no_session", f"$.phases[{i}].gate", {"value": str(phase.number)}


def _intervals(plan: Plan) -> Iterator[Problem]:
    if plan.reports and not _DURATION.fullmatch(plan.reports.every):
        yield "duration", "$.reports.every", {"value": plan.reports.every}

    if plan.horizon and plan.horizon.last < plan.horizon.first:
        yield "years", "$.horizon.last", {}
    for i, item in enumerate(plan.breaks):
        if item.until < item.since:
            yield "break_first", f"$.breaks[{i}].until", {"value": item.name}


def _calendar(plan: Plan) -> Iterator[Problem]:
    """Days so far away that they must be slips, and would lead out of the calendar sooner or later."""
    for path, day in _days(plan):
        if day is not None and day.year not in YEARS:
            yield "far", path, {"value": day.isoformat()}


def _days(plan: Plan) -> Iterator[tuple[str, dt.date | None]]:
    for slot in slots(plan).values():
        yield from ((slot.path, day) for day in (slot.when.date, *slot.when.candidates))
    yield "$.resolution.certified.date", plan.resolution.certified.date
    for i, item in enumerate(plan.breaks):
        yield f"$.breaks[{i}].from", item.since
        yield f"$.breaks[{i}].until", item.until


def _order(plan: Plan) -> Iterator[Problem]:
    for i, phase in enumerate(plan.phases):
        if phase.start.date is None:
            yield "undated_start", f"$.phases[{i}].start", {"value": str(phase.number)}
        elif phase.end.date and phase.end.date < phase.start.date:
            yield "ends_first", f"$.phases[{i}].end", {"value": str(phase.number)}
    for i, session in enumerate(plan.sessions):
        if session.date.date is None or session.papers_due.date is None:
            yield "undated_session", f"$.sessions[{i}].date", {"value": session.id}
        elif session.papers_due.date > session.date.date:
            yield "papers_late", f"$.sessions[{i}].papers_due", {"value": session.id}
        elif (start := plan.phase(session.phase).start.date) and session.date.date < start:
            yield "session_first", f"$.sessions[{i}].date", {"value": session.id}
    for i, call in enumerate(plan.calls):
        if call.opens.date is None or call.deadline.date is None:
            yield "undated_call", f"$.calls[{i}].deadline", {"value": call.id}
        elif call.deadline.date < call.opens.date:
            yield "closes_first", f"$.calls[{i}].deadline", {"value": call.id}
