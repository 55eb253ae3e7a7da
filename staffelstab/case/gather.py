"""From the ledger to a case: everything that was received, recorded and decided up to `now`, as values.

The state of a plan is derived here from journal and time, never stored (design: the ledger).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

from staffelstab.case.decisions import decisions
from staffelstab.case.journal import KINDS, Journal
from staffelstab.case.papers import minutes, papers
from staffelstab.case.records import records
from staffelstab.case.values import Case, Frozen, HandedOver, Shift, Skipped
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Entry
from staffelstab.plan.model import Plan
from staffelstab.records import values


def gather(ledger: Ledger, plan: Plan, now: dt.datetime, *, before: Entry | None = None) -> Case:
    """The case at `now`, which is shown in the plan's zone; `before`: only what was written before that entry.

    Raises LedgerError.
    """
    entries = ledger.entries(*KINDS, until=now)
    journal = Journal(entry for entry in entries if before is None or entry.seq < before.seq)
    readings = journal.readings(ledger)
    entered = records(plan, journal, readings)
    return Case(
        plan=plan,
        now=now.astimezone(plan.zone),
        papers=papers(plan, journal, readings),
        minutes=minutes(plan, journal, readings),
        interviews=entered.of(values.Interview),
        figures=entered.of(values.MemberFigures),
        needs=entered.of(values.Need),
        findings=entered.of(values.Finding),
        ideas=entered.of(values.Idea),
        positions=entered.of(values.Position),
        trials=entered.of(values.Trial),
        assessments=entered.of(values.Assessment),
        questions=entered.of(values.Answer),
        interventions=entered.of(values.Intervention),
        concept=entered.of(values.Passage),
        applicability=entered.of(values.Applicability),
        milestones=entered.of(values.Milestone),
        changes=entered.of(values.GroupChange),
        rejected=entered.rejected,
        unread_sheets=entered.unread,
        skipped=_skipped(journal),
        decisions=decisions(ledger, plan, journal.of("decided")),
        frozen=tuple(_frozen(plan, entry) for entry in journal.of("frozen")),
        handed_over=tuple(_handed(plan, entry) for entry in journal.of("handed_over")),
        passes=tuple(entry.at.astimezone(plan.zone) for entry in journal.of("pass")),
        shifts=_shifts(ledger, plan, journal),
        seen=journal.last,
    )


def _skipped(journal: Journal) -> tuple[Skipped, ...]:
    """What was passed over and has not arrived since."""
    arrived = journal.holders()
    counts = Counter(str(e.facts["reason"]) for e in journal.of("skipped") if e.facts.get("place") not in arrived)
    return tuple(Skipped(reason, count) for reason, count in sorted(counts.items()))


def _frozen(plan: Plan, entry: Entry) -> Frozen:
    formats, objects = entry.facts["formats"], entry.facts["objects"]
    summary = dict(zip(entry.facts["counted"], entry.facts["counts"], strict=True))
    at, files = entry.at.astimezone(plan.zone), dict(zip(formats, objects, strict=True))
    return Frozen(entry.subject, at, files, summary, entry.seq)


def _handed(plan: Plan, entry: Entry) -> HandedOver:
    return HandedOver(int(entry.facts["number"]), entry.at.astimezone(plan.zone), str(entry.facts["hash"]))


def _shifts(ledger: Ledger, plan: Plan, journal: Journal) -> tuple[Shift, ...]:
    entries = journal.together("confirmed", "amended")
    reasons = ledger.contents(entry.object for entry in entries if entry.object)
    return tuple(_shift(plan, entry, reasons.get(entry.object or "", b"").decode()) for entry in entries)


def _shift(plan: Plan, entry: Entry, reason: str) -> Shift:
    facts = entry.facts
    date, former = (dt.date.fromisoformat(str(day)) if day else None for day in (facts["date"], facts.get("from")))
    return Shift(
        item=entry.subject,
        kind=entry.kind,
        at=entry.at.astimezone(plan.zone),
        by=str(facts["by"]),
        date=date,
        former=former,
        group=str(facts.get("group", entry.key)),
        told=tuple(str(actor) for actor in facts.get("told", ())),
        reason=reason,
        seq=entry.seq,
    )
