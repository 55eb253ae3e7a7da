"""From the ledger to a case: everything that was received, recorded and decided up to `now`, as values.

The state of a plan is derived here from journal and time, never stored (design: the ledger).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

from staffelstab.case.decisions import decisions
from staffelstab.case.entries import Froze, HandedOn
from staffelstab.case.journal import KINDS, Journal
from staffelstab.case.papers import minutes, papers
from staffelstab.case.records import records
from staffelstab.case.values import Case, Frozen, HandedOver, Skipped
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Entry
from staffelstab.plan.change import RecordedChange
from staffelstab.plan.model import Plan
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
        skipped=_skipped(journal),
        decisions=decisions(ledger, plan, journal.decided),
        frozen=tuple(_frozen(plan, item) for item in journal.frozen),
        handed_over=tuple(_handed(plan, item) for item in journal.handed_on),
        recorded_changes=_changes(ledger, plan, journal),
        seen=journal.last,
    )


def _skipped(journal: Journal) -> tuple[Skipped, ...]:
    """What was passed over and has not arrived since."""
    arrived = journal.holders()
    counts = Counter(item.reason for item in journal.passed_over if item.place not in arrived)
    return tuple(Skipped(reason, count) for reason, count in sorted(counts.items()))


def _frozen(plan: Plan, item: Froze) -> Frozen:
    return Frozen(item.session, item.at.astimezone(plan.zone), item.files, item.figures, item.seq)


def _handed(plan: Plan, item: HandedOn) -> HandedOver:
    return HandedOver(item.phase, item.at.astimezone(plan.zone), item.hash)


def _changes(ledger: Ledger, plan: Plan, journal: Journal) -> tuple[RecordedChange, ...]:
    reasons = ledger.contents(entry.object for entry in journal.changed if entry.object)
    return tuple(_change(plan, entry, reasons.get(entry.object or "", b"").decode()) for entry in journal.changed)


def _change(plan: Plan, entry: Entry, reason: str) -> RecordedChange:
    return replace(change_of(entry), at=entry.at.astimezone(plan.zone), reason=reason)
