"""Submissions, papers and minutes, as values: who sent them, for which call, in time or late, and which version counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from staffelstab.documents.extraction.extracted_text import Reading
from staffelstab.ledger.entries import Arrived, Received, Withdrew
from staffelstab.submissions.case.contents import Attribution, PartLeftOut, Statement, Submission, Withdrawal
from staffelstab.submissions.case.heading import Heading, split_heading
from staffelstab.submissions.case.journal import Journal, moment
from staffelstab.submissions.records.sheets import YEARS
from staffelstab.timetable.plan.actors import Actor, actors, find_actor, find_unit
from staffelstab.timetable.plan.model import Call, Plan

_CONFIRMED: Attribution = "confirmed"
SHEETS = frozenset({"xlsx", "xlsb", "ods", "xls", "csv"})


def papers(
    plan: Plan, journal: Journal, readings: Mapping[str, Reading], reasons: Mapping[str, bytes]
) -> tuple[Submission, ...]:
    """Every paper, numbered in the order of arrival (B01 …); `reasons` are the words of the withdrawals by object."""
    found = _numbered(plan, journal, readings, journal.received_in("papers"), "paper")
    addresses = {name: reading.mail.address for name, reading in readings.items() if reading.mail}
    return tuple(_standing(plan, journal, item, reasons) for item in _doubted(found, addresses))


def minutes(
    plan: Plan, journal: Journal, readings: Mapping[str, Reading], reasons: Mapping[str, bytes]
) -> tuple[Submission, ...]:
    """The minutes of interviews (G01 …); sheets in the same folder are records."""
    received = [item for item in journal.received_in("interviews") if not is_sheet(readings.get(item.paper))]
    found = _numbered(plan, journal, readings, received, "minutes")
    told = (item for item in found if item.statements or item.status != "read")
    return tuple(_standing(plan, journal, item, reasons) for item in told)


def withdrawal(plan: Plan, item: Withdrew, ref: str, reasons: Mapping[str, bytes]) -> Withdrawal:
    """A withdrawal as people are told of it."""
    return Withdrawal(ref, item.by, item.at.astimezone(plan.zone), reasons.get(item.reason or "", b"").decode())


def _standing(plan: Plan, journal: Journal, paper: Submission, reasons: Mapping[str, bytes]) -> Submission:
    """The paper; of one that was withdrawn only that it came."""
    item = journal.withdrawn.get((paper.id, 0))
    if item is None:
        return paper
    return replace(paper, statements=(), notices=(), parts=0, withdrawn=withdrawal(plan, item, paper.ref, reasons))


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
    head, texts = split_heading(plan, reading.head or () if reading else (), reading.paragraphs if reading else ())
    assigned = actors(plan).get(journal.assigned.get(received.paper, ""))
    sender, attribution = (assigned, _CONFIRMED) if assigned else _sender(plan, head, reading)
    is_unread = reading is None and received.paper not in journal.extracts
    return Submission(
        id=received.paper,
        ref=ref,
        source=received.source,
        arrived=arrived,
        form=reading.form if reading else "",
        status=reading.status if reading else "waiting",
        reason=reading.reason if reading else "waiting" if is_unread else "",
        call=call.id if call else "",
        late=deadline is not None and arrived >= deadline,
        doubtful=deadline is not None and _is_doubtful(plan, arrivals, deadline),
        arrivals=len(arrivals),
        sender=sender,
        unit=head.unit_of(plan),
        role=head.role_of(plan),
        held_on=head.day if head.day and head.day.year in YEARS else None,
        newer=newer,
        notices=reading.notices if reading else (),
        parts=max(0, len(reading.parts) - 1) if reading else 0,
        parts_left_out=parts_left_out(reading) if reading else (),
        statements=tuple(Statement(f"{ref}.{n}", text, transaction) for n, (text, transaction) in enumerate(texts, 1)),
        seq=received.seq,
        attribution=attribution,
        automatic=reading.mail.automatic if reading and reading.mail and not assigned else "",
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


def _sender(plan: Plan, head: Heading, reading: Reading | None) -> tuple[Actor | None, Attribution]:
    """Who sent it: the head of the paper, then the mail's sender; a unit named in the head speaks for itself.

    Both are only claims; where they name different actors neither is believed without a word.
    """
    by_text = _named(plan, head.sender) or _named(plan, head.unit)
    by_mail = find_actor(plan, reading.mail.name) if reading and reading.mail else None
    if by_text and by_mail and by_text != by_mail:
        return by_text, "contradicted"
    return by_text or by_mail, "stated" if by_text or by_mail else ""


def _doubted(papers: Sequence[Submission], addresses: Mapping[str, str]) -> tuple[Submission, ...]:
    """The papers, marked where an actor's mails come from different addresses and nobody has confirmed that one.

    `addresses` are the senders' by paper.
    """
    confirmed, all_of = (
        _by_actor(papers, addresses, {"confirmed"}),
        _by_actor(papers, addresses, {"confirmed", "stated"}),
    )

    def is_odd(paper: Submission) -> bool:
        address, actor = addresses.get(paper.id), paper.sender.id if paper.sender else ""
        if paper.attribution != "stated" or paper.automatic or not address:
            return False
        known = confirmed.get(actor)
        return address not in known if known else len(all_of.get(actor, ())) > 1

    return tuple(replace(paper, attribution="contradicted") if is_odd(paper) else paper for paper in papers)


def _by_actor(
    papers: Sequence[Submission], addresses: Mapping[str, str], attributions: set[Attribution]
) -> dict[str, set[str]]:
    """The addresses from which each actor's papers came."""
    found: dict[str, set[str]] = {}
    for paper in papers:
        address = addresses.get(paper.id)
        if paper.sender and address and not paper.automatic and paper.attribution in attributions:
            found.setdefault(paper.sender.id, set()).add(address)
    return found


def _named(plan: Plan, name: str) -> Actor | None:
    """The actor of this name; "Kreisverband Bautzen" is Bautzen."""
    unit = find_unit(plan, name)
    return find_actor(plan, name) or (actors(plan)[unit.id] if unit else None)
