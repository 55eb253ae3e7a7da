"""Which items of a plan rest on which passage of the resolution."""

from __future__ import annotations

import re
from collections.abc import Iterator

from staffelstab.timetable.lint.finding import Subject
from staffelstab.timetable.plan.model import Certified, Concept, Plan, Value, Vote
from staffelstab.timetable.plan.slots import slots
from staffelstab.timetable.reading.places import Place

TABLES = (
    "recipients",
    "perspectives",
    "offices",
    "bodies",
    "groups",
    "roles",
    "hearings",
    "events",
    "sessions",
    "phases",
    "calls",
    "materials",
    "responsibilities",
    "sections",
)
SINGLE = ("concept", "horizon", "resubmission", "reports")
SHEET = ("vote", "certified", "responsible")
UNSAID = (None, Vote(), Certified(), Concept())
"""What stands for a table that the plan file does not have."""

INTRODUCING = frozenset({"resolution", "perspectives", "offices", "bodies", "groups", "roles", "events"})
"""Items that a sentence only introduces; on the others something depends."""
_QUOTED = re.compile(r"[„“\"»]([^„“”\"»«]{20,})[“”\"«]")
"""A sentence between quotation marks, inside a note."""


def items(plan: Plan) -> Iterator[tuple[str, str, Value]]:
    """(path, table or part, item) of everything a sentence may stand behind; the resolution's own fields are "resolution"."""
    yield "$.resolution", "resolution", plan.resolution
    for part in SHEET:
        if (value := getattr(plan.resolution, part)) not in UNSAID:
            yield f"$.resolution.{part}", "resolution", value
    for table in TABLES:
        yield from ((f"$.{table}[{i}]", table, item) for i, item in enumerate(getattr(plan, table)))
    for part in SINGLE:
        if (value := getattr(plan, part)) not in UNSAID:
            yield f"$.{part}", part, value


def passages(subject: Subject) -> tuple[tuple[int, int], ...]:
    """The stretches of text that the plan cites, from offset to offset, each once, in the order of the text."""
    if subject.source is None:
        return ()
    return tuple(sorted(subject.source.stretches(dict.fromkeys(_cited(subject.plan))).values()))


def _cited(plan: Plan) -> Iterator[str]:
    """Quotes, the sheet's own words, and notes: what a date was reckoned from, what else a phase is to do."""
    sheet = plan.resolution
    yield from (
        sheet.text,
        sheet.grounds,
        sheet.publicity,
        sheet.further_measures,
        sheet.finances,
        sheet.coordinated_with,
    )
    for _, _, item in items(plan):
        yield item.quote
        yield from _in_note(item.note)
    for note in (*(slot.when.note for slot in slots(plan).values()), *(call.audience.note for call in plan.calls)):
        yield from _in_note(note)


def _in_note(note: str) -> tuple[str, ...]:
    return (note, *_QUOTED.findall(note)) if note else ()


def resting_on(subject: Subject, place: Place) -> list[tuple[str, Value]]:
    """(path, item) of the items whose quotes touch a passage, in the order of the file, but those that are duties first."""
    if subject.source is None:
        return []
    found = []
    for path, table, item in items(subject.plan):
        at = subject.source.find(item.quote) if item.quote else None
        if at and at.start < place.end and place.start < at.end:
            found.append((table in INTRODUCING, path, item))
    return [(path, item) for _, path, item in sorted(found, key=lambda one: one[0])]
