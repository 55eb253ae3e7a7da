"""From the ledger to a case: everything that was received, recorded and decided up to `now`, as values.

The state of a plan is derived here from journal and time, never stored (design: the ledger).
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import replace

from staffelstab.case.journal import KINDS, Journal
from staffelstab.case.papers import minutes, papers
from staffelstab.case.records import records
from staffelstab.case.values import Case, Decision, Frozen, HandedOver, Skipped
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Entry
from staffelstab.plan.change import RecordedChange
from staffelstab.plan.model import Count, Plan
from staffelstab.records import values
from staffelstab.workspace import change_of


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
        decisions=_decisions(ledger, plan, journal),
        frozen=tuple(_frozen(plan, entry) for entry in journal.of("frozen")),
        handed_over=tuple(_handed(plan, entry) for entry in journal.of("handed_over")),
        passes=tuple(entry.at.astimezone(plan.zone) for entry in journal.of("pass")),
        recorded_changes=_changes(ledger, plan, journal),
        seen=journal.last,
    )


def _skipped(journal: Journal) -> tuple[Skipped, ...]:
    """What was passed over and has not arrived since."""
    arrived = journal.holders()
    counts = Counter(str(e.facts["reason"]) for e in journal.of("skipped") if e.facts.get("place") not in arrived)
    return tuple(Skipped(reason, count) for reason, count in sorted(counts.items()))


def _decisions(ledger: Ledger, plan: Plan, journal: Journal) -> tuple[Decision, ...]:
    entries = journal.of("decided")
    notes = ledger.contents(entry.object for entry in entries if entry.object)
    return tuple(_decision(plan, entry, notes.get(entry.object or "", b"[]")) for entry in entries)


def _decision(plan: Plan, entry: Entry, notes: bytes) -> Decision:
    return Decision(
        session=entry.subject,
        at=entry.at.astimezone(plan.zone),
        outcome=str(entry.facts["outcome"]),
        vote=Count(
            yes=entry.facts.get("yes"),
            no=entry.facts.get("no"),
            abstentions=entry.facts.get("abstentions"),
        ),
        notes=tuple(json.loads(notes)),
        assumed=bool(entry.facts.get("assumed")),
    )


def _frozen(plan: Plan, entry: Entry) -> Frozen:
    formats, objects = entry.facts["formats"], entry.facts["objects"]
    summary = dict(zip(entry.facts["counted"], entry.facts["counts"], strict=True))
    at, files = entry.at.astimezone(plan.zone), dict(zip(formats, objects, strict=True))
    return Frozen(entry.subject, at, files, summary, entry.seq)


def _handed(plan: Plan, entry: Entry) -> HandedOver:
    return HandedOver(int(entry.facts["number"]), entry.at.astimezone(plan.zone), str(entry.facts["hash"]))


def _changes(ledger: Ledger, plan: Plan, journal: Journal) -> tuple[RecordedChange, ...]:
    entries = journal.together("confirmed", "amended")
    reasons = ledger.contents(entry.object for entry in entries if entry.object)
    return tuple(_change(plan, entry, reasons.get(entry.object or "", b"").decode()) for entry in entries)


def _change(plan: Plan, entry: Entry, reason: str) -> RecordedChange:
    return replace(change_of(entry), at=entry.at.astimezone(plan.zone), reason=reason)
