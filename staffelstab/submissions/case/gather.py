"""From the ledger to a case: everything that was received, recorded and decided up to `now`, as values.

The state of a plan is derived here from journal and time, never stored (design: the ledger).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

import msgspec

from staffelstab.ledger.entries import Froze, HandedOn
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import CLOCK, Entry
from staffelstab.submissions.case.contents import Case, Frozen, HandedOver, Skipped
from staffelstab.submissions.case.decisions import decisions
from staffelstab.submissions.case.journal import KINDS, Journal
from staffelstab.submissions.case.newest_records import records
from staffelstab.submissions.case.submissions import minutes, papers, withdrawal
from staffelstab.submissions.records import typed_records
from staffelstab.timetable.plan.change import RecordedChange
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import change_of


def gather(ledger: Ledger, plan: Plan, now: dt.datetime, *, before: Entry | None = None) -> Case:
    """The case at `now`, which is shown in the plan's zone; `before`: only what was written before that entry.

    What others enter meanwhile, at a later moment, does not belong to it: it is news to whoever looks next.

    Raises LedgerError.
    """
    entries = ledger.entries(*KINDS, until=now)
    journal = Journal(entry for entry in entries if before is None or entry.seq < before.seq)
    readings = journal.readings(ledger)
    entered = records(plan, journal, readings)
    reasons = ledger.contents(item.reason for item in journal.withdrawn.values() if item.reason)
    sent, written = papers(plan, journal, readings, reasons), minutes(plan, journal, readings, reasons)
    return Case(
        plan=plan,
        now=now.astimezone(plan.zone),
        papers=tuple(item for item in sent if not item.automatic),
        minutes=written,
        interviews=entered.of(typed_records.Interview),
        figures=entered.of(typed_records.MemberFigures),
        needs=entered.of(typed_records.Need),
        findings=entered.of(typed_records.Finding),
        ideas=entered.of(typed_records.Idea),
        positions=entered.of(typed_records.Position),
        trials=entered.of(typed_records.Trial),
        assessments=entered.of(typed_records.Assessment),
        questions=entered.of(typed_records.Answer),
        interventions=entered.of(typed_records.Intervention),
        concept=entered.of(typed_records.Passage),
        applicability=entered.of(typed_records.Applicability),
        milestones=entered.of(typed_records.Milestone),
        changes=entered.of(typed_records.GroupChange),
        rejected=entered.rejected,
        withdrawn=tuple(withdrawal(plan, item, ref, reasons) for ref, item in entered.withdrawn),
        rows=entered.rows,
        sheets=entered.sheets,
        skipped=_skipped(journal),
        about_sheets=entered.cautions,
        decisions=decisions(ledger, plan, journal.decided),
        frozen=tuple(_frozen(plan, item) for item in journal.frozen),
        handed_over=tuple(_handed(plan, item) for item in journal.handed_on),
        recorded_changes=_changes(ledger, plan, journal),
        incomplete=now in journal.unreached,
        last_seq=min(journal.last, ledger.seen(now)),
        set_aside=tuple(item for item in sent if item.automatic),
    )


def outline(ledger: Ledger, plan: Plan, now: dt.datetime) -> Case:
    """The case at `now` without anything that came in: what was decided, frozen, handed over and changed. Raises LedgerError."""
    kinds = ("decided", "frozen", "handed_over", "confirmed", "amended", CLOCK)
    journal = Journal(ledger.entries(*kinds, until=now))
    return Case(
        plan=plan,
        now=now.astimezone(plan.zone),
        decisions=decisions(ledger, plan, journal.decided),
        frozen=tuple(_frozen(plan, item) for item in journal.frozen),
        handed_over=tuple(_handed(plan, item) for item in journal.handed_on),
        recorded_changes=_changes(ledger, plan, journal),
    )


def _skipped(journal: Journal) -> tuple[Skipped, ...]:
    """What lies there and was not taken."""
    counts = Counter((item.reason, item.source) for item in journal.passed_over.values())
    return tuple(Skipped(reason, count, source) for (reason, source), count in sorted(counts.items()))


def _frozen(plan: Plan, item: Froze) -> Frozen:
    return Frozen(item.session, item.at.astimezone(plan.zone), item.files, item.figures, item.seq)


def _handed(plan: Plan, item: HandedOn) -> HandedOver:
    return HandedOver(item.phase, item.at.astimezone(plan.zone), item.hash)


def _changes(ledger: Ledger, plan: Plan, journal: Journal) -> tuple[RecordedChange, ...]:
    reasons = ledger.contents(entry.object for entry in journal.changed if entry.object)
    return tuple(_change(plan, entry, reasons.get(entry.object or "", b"").decode()) for entry in journal.changed)


def _change(plan: Plan, entry: Entry, reason: str) -> RecordedChange:
    return msgspec.structs.replace(change_of(entry), at=entry.at.astimezone(plan.zone), reason=reason)
