"""What has happened already and cannot move: held sessions, phases handed over, frozen papers, letters that are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from staffelstab.errors import RecordError
from staffelstab.language import Language
from staffelstab.ledger.entries import HandedOn
from staffelstab.ledger.values import Entry
from staffelstab.timetable.amend.consequences import Consequence
from staffelstab.timetable.amend.items import label, owner, phase_of
from staffelstab.timetable.plan.change import Change
from staffelstab.timetable.plan.model import Call, Phase, Plan, Session
from staffelstab.timetable.plan.slots import Slot, slots

KINDS = ("frozen", "decided", "handed_over", "letter")
OCCASIONS = ("papers", "call", "reminder", "results", "distribution")


@dataclass(frozen=True, slots=True)
class Past:
    """What the journal knows at `now` (aware, in the plan's zone): entries of KINDS, in their order."""

    now: dt.datetime
    entries: Sequence[Entry] = ()

    @property
    def today(self) -> dt.date:
        """The day it is."""
        return self.now.date()

    @property
    def letters(self) -> tuple[Entry, ...]:
        """The letters that are written."""
        return tuple(entry for entry in self.entries if entry.kind == "letter")

    def of(self, kind: str, subject: str) -> Entry | None:
        """The first entry of a kind about a subject."""
        return next((entry for entry in self.entries if entry.kind == kind and entry.subject == subject), None)

    def handed(self, phase: Phase) -> Entry | None:
        """The hand-over of a phase."""
        found = (entry for entry in self.entries if entry.kind == "handed_over")
        return next((entry for entry in found if HandedOn.of(entry).phase == phase.number), None)


def subject_of(letter: Entry) -> tuple[str, str]:
    """Of which occasion a letter is, and the id of what it is about."""
    occasion, _, rest = str(letter.key).removeprefix("letter:").partition(":")
    return occasion, rest.partition(":")[0]


def refuse_the_past(plan: Plan, moves: Sequence[Change], past: Past) -> None:
    """Raise RecordError for a day that has passed, and for what has begun, been held or handed over."""
    for move in moves:
        if move.date and move.date < past.today:
            raise RecordError("amend.error.past", day=move.date, today=past.today)
        refuse_what_is_done(plan, [move], past)


def refuse_what_is_done(plan: Plan, moves: Sequence[Change], past: Past) -> None:
    """Raise RecordError for what has begun, been held or handed over."""
    known, words = slots(plan), plan.words
    for move in moves:
        slot = known[move.item]
        for kind, day in _done(plan, slot, past):
            what = label(plan, slot, words)
            raise RecordError(f"amend.error.{kind}", what=what, item=move.item, day=day)


def _done(plan: Plan, slot: Slot, past: Past) -> Iterator[tuple[str, dt.date]]:
    thing, phase, day = owner(plan, slot), phase_of(plan, slot), slot.when.date
    if isinstance(thing, Session) and past.of("decided", thing.id):
        yield "held", thing.date.day
    elif isinstance(thing, Session) and slot.field.attribute == "date" and day and day < past.today:
        yield "held", day
    if phase and (handed := past.handed(phase)):
        yield "handed_over", handed.at.astimezone(plan.zone).date()
    if slot.field.attribute in {"start", "opens", "since"} and day and day <= past.today:
        yield "begun", day


def already(plan: Plan, rows: Sequence[Consequence], past: Past) -> tuple[str, ...]:
    """In sentences, what was done by the old days and stays done."""
    return tuple(dict.fromkeys(_already(plan, rows, past)))


def _already(plan: Plan, rows: Sequence[Consequence], past: Past) -> Iterator[str]:
    known, words = slots(plan), plan.words
    for row in rows:
        if row.item not in known or row.before is None:
            continue
        thing = owner(plan, known[row.item])
        if isinstance(thing, Session) and (frozen := past.of("frozen", thing.id)):
            at = frozen.at.astimezone(plan.zone)
            yield words.say("amend.already.frozen", session=thing.name, old=thing.date.day, at=at)
        if isinstance(thing, Session | Call):
            yield from _letters(plan, thing, past, words)
        day = known[row.item].when.date
        if day and day < past.today:
            yield words.say("amend.already.passed", what=row.label, day=day)
    if rows:
        yield from _distribution(plan, past, words)


def _letters(plan: Plan, thing: Session | Call, past: Past, words: Language) -> Iterator[str]:
    for entry in past.letters:
        occasion, about = subject_of(entry)
        if occasion in OCCASIONS and about == thing.id:
            at = entry.at.astimezone(plan.zone).date()
            yield words.say(f"amend.already.{occasion}", name=thing.name, day=at)


def _distribution(plan: Plan, past: Past, words: Language) -> Iterator[str]:
    for entry in past.letters:
        if str(entry.key).startswith("letter:distribution:"):
            at = entry.at.astimezone(plan.zone).date()
            yield words.say("amend.already.distribution", n=len(plan.recipients), day=at)
