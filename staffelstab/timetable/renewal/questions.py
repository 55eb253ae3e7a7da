"""What must be decided anew before a plan on new dates can be resolved: walls, holidays, offices, doubts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from staffelstab.language import Fact, Language
from staffelstab.timetable.agenda.appointments import Appointment, agenda
from staffelstab.timetable.plan.holidays import holiday
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.rule_text import rule_text
from staffelstab.timetable.plan.slots import slots
from staffelstab.timetable.renewal.distance import Distance

Subject = Literal["resolution", "outside", "dates", "offices", "surroundings", "before"]
SUBJECTS: tuple[Subject, ...] = ("resolution", "outside", "dates", "offices", "surroundings", "before")

_YEAR = re.compile(r"\b(19|20|21)\d\d\b")
NAMED = (
    "events",
    "sessions",
    "calls",
    "hearings",
    "offices",
    "bodies",
    "groups",
    "roles",
    "materials",
    "responsibilities",
)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide. `kind` names its sentence, `renewal.ask.<kind>`; `path` is its place in the new file."""

    subject: Subject
    kind: str
    path: str
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def text(self, words: Language) -> str:
        """The question in a sentence."""
        return words.say(f"renewal.ask.{self.kind}", **self.facts)


def questions(old: Plan, new: Plan, moved: Distance) -> tuple[Question, ...]:
    """Everything to decide, by subject. `old` and `new` are resolved and hold the same items in the same places."""
    words = new.words
    found = [
        *_resolution(old, new, words),
        *_outside(old, new, words),
        *_dates(old, new, moved, words),
        *_dated_names(new),
    ]
    found += [*_offices(new, words), *_surroundings(old, new, words), *_before(old, new, words)]
    return tuple(found)


def day_in_words(plan: Plan, day: dt.date, words: Language) -> str:
    """Weekday and date, and the name of the holiday if it is one."""
    name = holiday(plan, day)
    return words.say(f"renewal.{'day_off' if name else 'day'}", weekday=words.weekday(day), day=day, holiday=name or "")


def _resolution(old: Plan, new: Plan, words: Language) -> Iterator[Question]:
    day = day_in_words(new, new.resolution.date, words)
    yield Question("resolution", "resolution", "$.resolution.date", {"day": day})
    yield Question("resolution", "sheet", "$.resolution.text")
    if old.resolution.vote != type(old.resolution.vote)():
        yield Question("resolution", "vote", "$.resolution.vote")
    if old.source:
        yield Question("resolution", "source", "$", {"source": old.source})
    if old.codebook:
        yield Question("resolution", "codebook", "$.codebook", {"file": old.codebook})
    for i, call in enumerate(old.calls):
        if call.audience.adopted:
            yield Question("resolution", "audience", f"$.calls[{i}].audience", {"name": call.name})


def _outside(old: Plan, new: Plan, words: Language) -> Iterator[Question]:
    """Walls and events (not ours to move) and the occasion on which the concept comes back (R46, R103)."""
    for i, (before, event) in enumerate(zip(old.events, new.events, strict=True)):
        path, occasion = f"$.events[{i}].date", event is new.occasion
        days = (event.date.date,) if event.date.date else event.date.candidates
        facts: dict[str, Fact] = {
            "name": event.name,
            "days": words.listed(day_in_words(new, day, words) for day in days),
        }
        if occasion:
            yield Question("outside", "occasion", path, facts)
        elif not event.date.rule:
            former = words.listed(
                words.day(day) for day in ((before.date.date,) if before.date.date else before.date.candidates)
            )
            yield Question("outside", "wall" if event.wall else "event", path, facts | {"former": former})


def _dates(old: Plan, new: Plan, moved: Distance, words: Language) -> Iterator[Question]:
    """Days that fall on holidays, and distances in working days that holidays make longer or shorter."""
    facts: dict[str, Fact]
    for item in agenda(new):
        name = holiday(new, item.day)
        if name and item.occasion not in {"event", "resubmission", "resolution", "handover"}:
            facts = {"what": _what(item, words), "weekday": words.weekday(item.day), "day": item.day, "holiday": name}
            yield Question("dates", "holiday", _path(new, item), facts)
    for before, (name, after) in zip(slots(old).values(), slots(new).items(), strict=True):
        was, now = before.when.date, after.when.date
        if after.when.rule and was and now and moved.day(was) != now:
            rule = rule_text(new, after.when.rule, name.removesuffix(after.field.suffix), words)
            facts = {"what": name, "day": day_in_words(new, now, words), "plain": moved.day(was), "rule": rule}
            yield Question("dates", "working_days", after.path, facts)


def _dated_names(new: Plan) -> Iterator[Question]:
    """Names that speak of a year, or of a day."""
    tables = [(name, getattr(new, name)) for name in ("events", "sessions", "phases", "calls")]
    named = [("$.title", new.title)] + [
        (f"$.{name}[{i}].name", item.name) for name, items in tables for i, item in enumerate(items)
    ]
    for path, name in named:
        if _YEAR.search(name):
            yield Question("dates", "name", path, {"name": name})


def _what(item: Appointment, words: Language) -> str:
    return words.say(f"dossier.occasion.{item.occasion}", name=item.name)


def _path(plan: Plan, item: Appointment) -> str:
    """Where an appointment's date stands in the file."""
    wanted = {
        "phase_start": ".start",
        "phase_end": ".end",
        "call_opens": ".opens",
        "call_deadline": ".deadline",
        "papers_due": ".papers_due",
        "reminder": ".deadline",
    }.get(item.occasion, "")
    slot = slots(plan).get(item.item + wanted)
    return slot.path if slot else "$"


def _offices(new: Plan, words: Language) -> Iterator[Question]:
    """Terms that were moved along, and chairs that must be filled (R50, R53, R55)."""
    for i, office in enumerate(new.offices):
        for when, key, kind in (
            (office.since, "from", "since"),
            (office.until, "until", "until"),
            (office.filled, "filled", "filled"),
        ):
            if when and when.date:
                facts = {"name": office.name, "day": day_in_words(new, when.date, words)}
                yield Question("offices", kind, f"$.offices[{i}].{key}", facts)
        if office.filled and not office.appointed_by:
            yield Question("offices", "appointed_by", f"$.offices[{i}]", {"name": office.name})


def _surroundings(old: Plan, new: Plan, words: Language) -> Iterator[Question]:
    days = [item.day for item in agenda(new) if item.occasion != "resubmission"]
    if old.breaks:
        years = words.listed(str(year) for year in range(min(days).year, max(days).year + 1))
        names = words.listed(dict.fromkeys(item.name for item in old.breaks))
        yield Question("surroundings", "breaks", "$", {"years": years, "names": names})
    if old.horizon and new.horizon:
        facts = {"first": str(new.horizon.first), "last": str(new.horizon.at_most or new.horizon.last)}
        yield Question("surroundings", "horizon", "$.horizon", facts)


def _before(old: Plan, new: Plan, words: Language) -> Iterator[Question]:
    """What the old plan had assumed already, with what it noted about it."""
    for table in NAMED:
        pairs = zip(getattr(old, table), getattr(new, table), strict=True)
        for i, (before, after) in enumerate(pairs):
            notes = [before.note, *_notes(before)]
            if before.origin != "adopted" or any(notes):
                note = " ".join(note for note in notes if note)
                kind = "noted" if note else "assumed"
                yield Question("before", kind, f"$.{table}[{i}]", {"name": after.name, "note": note})


def _notes(item: Any) -> Iterator[str]:
    """What is noted of an item's dates and audience."""
    for part in msgspec.structs.fields(type(item)):
        yield getattr(getattr(item, part.name), "note", "")
