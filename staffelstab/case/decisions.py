"""Decisions as values: each entry of a session after the first corrects the one before it, which stays in the journal."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from staffelstab.case.values import Decision
from staffelstab.ledger.values import Entry
from staffelstab.plan.model import Count, Plan


class Contents(Protocol):
    """A ledger, or one transaction of it."""

    def contents(self, object_ids: Iterable[str]) -> dict[str, bytes]:
        """The bytes of many objects, without the erased ones."""


def decisions(source: Contents, plan: Plan, entries: Sequence[Entry]) -> tuple[Decision, ...]:
    """What the entries "decided" say, in the order written; the points of the discussion come from `source`."""
    notes = source.contents(entry.object for entry in entries if entry.object)
    latest: dict[str, Decision] = {}
    found = []
    for entry in entries:
        latest[entry.subject] = _decision(plan, entry, notes, latest.get(entry.subject))
        found.append(latest[entry.subject])
    return tuple(found)


def _decision(plan: Plan, entry: Entry, notes: Mapping[str, bytes], former: Decision | None) -> Decision:
    facts = entry.facts
    return Decision(
        session=entry.subject,
        at=entry.at.astimezone(plan.zone),
        outcome=str(facts["outcome"]),
        vote=Count(yes=facts.get("yes"), no=facts.get("no"), abstentions=facts.get("abstentions")),
        notes=tuple(json.loads(notes.get(entry.object or "", b"[]"))),
        assumed=bool(facts.get("assumed")),
        met=_met(plan, entry),
        former=former,
    )


def _met(plan: Plan, entry: Entry) -> dt.date | None:
    """The day on which the body met: as entered; of an entry that does not say it, the session's day."""
    if day := entry.facts.get("met"):
        return dt.date.fromisoformat(str(day))
    return next((session.date.date for session in plan.sessions if session.id == entry.subject), None)
