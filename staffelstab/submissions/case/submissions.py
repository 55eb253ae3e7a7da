"""Submissions, papers and minutes, as values: who sent them, for which call, in time or late, and which version counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from email.utils import parseaddr

from staffelstab.documents.extraction.extracted_text import Reading
from staffelstab.ledger.entries import Arrived, Received
from staffelstab.submissions.case.contents import PartLeftOut, Statement, Submission
from staffelstab.submissions.case.heading import Heading, split_heading
from staffelstab.submissions.case.journal import Journal, moment
from staffelstab.timetable.plan.actors import Actor, actors, find_actor, find_unit
from staffelstab.timetable.plan.model import Call, Plan

SHEETS = frozenset({"xlsx", "xlsb", "ods", "xls", "csv"})


def papers(plan: Plan, journal: Journal, readings: Mapping[str, Reading]) -> tuple[Submission, ...]:
    """Every paper, numbered in the order of arrival (B01 …)."""
    return _numbered(plan, journal, readings, journal.received_in("papers"), "paper")


def minutes(plan: Plan, journal: Journal, readings: Mapping[str, Reading]) -> tuple[Submission, ...]:
    """The minutes of interviews (G01 …); sheets in the same folder are records."""
    received = [item for item in journal.received_in("interviews") if not is_sheet(readings.get(item.paper))]
    found = _numbered(plan, journal, readings, received, "minutes")
    return tuple(item for item in found if item.statements or item.status != "read")


def is_sheet(reading: Reading | None) -> bool:
    """Whether what was read is a table rather than prose."""
    return reading is not None and reading.form in SHEETS


def _numbered(
    plan: Plan, journal: Journal, readings: Mapping[str, Reading], received: Sequence[Received], kind: str
) -> tuple[Submission, ...]:
    prefix = plan.words.say(f"case.ref.{kind}")
    refs = {item.paper: f"{prefix}{number:02d}" for number, item in enumerate(received, 1)}
    holders = journal.holders()
    return tuple(
        paper(
            plan,
            journal,
            item,
            readings.get(item.paper),
            refs[item.paper],
            refs.get(_replaced_by(journal.arrivals[item.paper], item.paper, holders), ""),
        )
        for item in received
    )


def _replaced_by(arrivals: Sequence[Arrived], paper: str, holders: Mapping[str, str]) -> str:
    """What lies now where the paper came in last; "" while it still lies anywhere."""
    now = [holders[arrival.place] for arrival in arrivals]
    return "" if paper in now else now[-1]


def paper(
    plan: Plan, journal: Journal, received: Received, reading: Reading | None, ref: str, newer: str = ""
) -> Submission:
    """One paper, from its receipt and what was read of it."""
    arrivals = journal.arrivals[received.paper]
    arrived = min(moment(plan, arrival) for arrival in arrivals)
    call = _call(plan, arrived)
    deadline = plan.ends(call.deadline.day) if call else None
    head, texts = split_heading(plan, reading.paragraphs if reading else ())
    assigned = journal.assigned.get(received.paper)
    return Submission(
        id=received.paper,
        ref=ref,
        source=received.source,
        arrived=arrived,
        form=reading.form if reading else "",
        status=reading.status if reading else "waiting",
        reason=reading.reason if reading else "",
        call=call.id if call else "",
        late=deadline is not None and arrived >= deadline,
        doubtful=deadline is not None and _is_doubtful(plan, arrivals, deadline),
        arrivals=len(arrivals),
        sender=actors(plan).get(assigned) if assigned else _sender(plan, head, reading),
        unit=head.unit_of(plan),
        role=head.role_of(plan),
        held_on=head.day,
        newer=newer,
        notices=reading.notices if reading else (),
        parts=max(0, len(reading.parts) - 1) if reading else 0,
        parts_left_out=parts_left_out(reading) if reading else (),
        statements=tuple(Statement(f"{ref}.{n}", text, transaction) for n, (text, transaction) in enumerate(texts, 1)),
        seq=received.seq,
    )


def parts_left_out(reading: Reading) -> tuple[PartLeftOut, ...]:
    """The parts that could not be read; the paper itself is none of them."""
    return tuple(PartLeftOut(part.name, part.reason) for part in reading.parts[1:] if part.status == "unreadable")


def _call(plan: Plan, arrived: dt.datetime) -> Call | None:
    """The call that was opened last when the paper arrived, else the first one."""
    by_opening = sorted(plan.calls, key=lambda call: call.opens.day)
    opened = [call for call in by_opening if arrived >= plan.starts(call.opens.day)]
    return next(iter(opened[-1:] or by_opening), None)


def _is_doubtful(plan: Plan, arrivals: Sequence[Arrived], deadline: dt.datetime) -> bool:
    """Whether only arrivals of uncertain time are in time, and the deadline lies within the uncertainty of one of them."""
    in_time = [arrival for arrival in arrivals if moment(plan, arrival) < deadline]
    if any(not arrival.earliest for arrival in in_time):
        return False
    return any(deadline <= arrival.entered for arrival in in_time)


def _sender(plan: Plan, head: Heading, reading: Reading | None) -> Actor | None:
    """Who sent it: the head of the paper, then the mail's "From"; a unit named in the head speaks for itself."""
    if found := _named(plan, head.sender) or _named(plan, head.unit):
        return found
    return find_actor(plan, parseaddr(reading.headers.get("from", ""))[0]) if reading else None


def _named(plan: Plan, name: str) -> Actor | None:
    """The actor of this name; "Kreisverband Bautzen" is Bautzen."""
    unit = find_unit(plan, name)
    return find_actor(plan, name) or (actors(plan)[unit.id] if unit else None)
