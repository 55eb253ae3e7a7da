"""The dated fields of a plan: which they are, how rules call them, and where they stand in the file."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.when import When


class Dated(msgspec.Struct, frozen=True):
    """A dated field: its attribute, its key in the file, and what rules append to the item's id ("" for the item's own date)."""

    attribute: str
    key: str
    suffix: str


DATED: dict[str, tuple[Dated, ...]] = {
    "events": (Dated("date", "date", ""),),
    "sessions": (Dated("date", "date", ""), Dated("papers_due", "papers_due", ".papers_due")),
    "phases": (Dated("start", "start", ".start"), Dated("end", "end", ".end")),
    "calls": (Dated("opens", "opens", ".opens"), Dated("deadline", "deadline", ".deadline")),
    "offices": (
        Dated("since", "from", ".from"),
        Dated("until", "until", ".until"),
        Dated("filled", "filled", ".filled"),
    ),
}
"""By table of the file."""

SHORT = ("", ".deadline", ".end", ".until")
"""What an id alone may stand for, first come first: the item's own date, a call's deadline, the end of a phase or a term."""


class Slot(msgspec.Struct, frozen=True):
    """A dated field of an item: its name in rules, its path in the file, and what its rule's short names mean there."""

    name: str
    table: str
    place: int
    field: Dated
    when: When
    local: dict[str, str]

    @property
    def path(self) -> str:
        """As `$.sessions[2].date`."""
        return "$.resolution.date" if self.table == "resolution" else f"$.{self.table}[{self.place}].{self.field.key}"


def slots(plan: Plan) -> dict[str, Slot]:
    """Every date of the plan by name, in the order of the file's tables; the resolution's own is called "resolution"."""
    root = Slot("resolution", "resolution", 0, Dated("date", "date", ""), When(plan.resolution.date), {})
    return {root.name: root} | {slot.name: slot for table in DATED for slot in _of(plan, table)}


def _of(plan: Plan, table: str) -> Iterator[Slot]:
    for place, item in enumerate(getattr(plan, table)):
        local = {"session": item.id} if table == "sessions" else {"opens": f"{item.id}.opens"}
        for field in DATED[table]:
            when = getattr(item, field.attribute)
            if when is not None:
                yield Slot(f"{item.id}{field.suffix}", table, place, field, when, local)


def find_slot(known: dict[str, Slot], name: str) -> Slot | None:
    """The slot that a rule or a person means by `name`."""
    return next((known[name + suffix] for suffix in SHORT if name + suffix in known), None)


def with_dates(plan: Plan, dates: dict[str, When]) -> Plan:
    """The plan with these slots changed."""
    changed: dict[str, tuple[msgspec.Struct, ...]] = {}
    for table, fields in DATED.items():
        items = getattr(plan, table)
        changed[table] = tuple(
            msgspec.structs.replace(
                item,
                **{
                    field.attribute: dates[f"{item.id}{field.suffix}"]
                    for field in fields
                    if f"{item.id}{field.suffix}" in dates
                },
            )
            for item in items
        )
    return msgspec.structs.replace(plan, **changed)
