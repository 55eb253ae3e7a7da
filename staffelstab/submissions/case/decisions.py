"""Decisions as values: each entry of a session after the first corrects the one before it, which stays in the journal."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from staffelstab.ledger.entries import Decided
from staffelstab.submissions.case.contents import Decision
from staffelstab.timetable.plan.model import Count, Plan


class Contents(Protocol):
    """A ledger, or one transaction of it."""

    def contents(self, object_ids: Iterable[str]) -> dict[str, bytes]:
        """The bytes of many objects, without the erased ones."""


def decisions(source: Contents, plan: Plan, entries: Sequence[Decided]) -> tuple[Decision, ...]:
    """What the entries "decided" say, in the order written; the points of the discussion come from `source`."""
    notes = source.contents(item.notes for item in entries if item.notes)
    latest: dict[str, Decision] = {}
    found = []
    for item in entries:
        latest[item.session] = _decision(plan, item, notes, latest.get(item.session))
        found.append(latest[item.session])
    return tuple(found)


def _decision(plan: Plan, item: Decided, notes: Mapping[str, bytes], former: Decision | None) -> Decision:
    return Decision(
        session=item.session,
        at=item.at.astimezone(plan.zone),
        outcome=item.outcome,
        vote=Count(yes=item.yes, no=item.no, abstentions=item.abstentions),
        notes=tuple(json.loads(notes.get(item.notes or "", b"[]"))),
        assumed=item.assumed,
        met=item.met or _day_of(plan, item.session),
        former=former,
    )


def _day_of(plan: Plan, session: str) -> dt.date | None:
    """The session's day, for an entry that does not say on which day the body met."""
    return next((item.date.date for item in plan.sessions if item.id == session), None)
