"""What a draft is made of before it is written: entries of the plan file, each with its questions to the author."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from staffelstab.reading.dates import Mention

Fields = dict[str, Any]
"""A table of the plan file: strings, whole numbers, truth values, days, lists and tables of these."""


@dataclass(slots=True)
class Entry:
    """One table of the plan file; `fields` in the order in which they are written, `questions` stand as comments above it."""

    table: str
    fields: Fields
    questions: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id of the item, if it has one."""
        return str(self.fields.get("id", ""))


@dataclass(slots=True)
class Draft:
    """A whole draft: the plan's own fields, its entries in the order found, and which questions it asks at the head."""

    head: Fields
    entries: list[Entry]
    questions: list[str]

    def of(self, table: str) -> list[Entry]:
        """The entries of one table."""
        return [entry for entry in self.entries if entry.table == table]


def day(mention: Mention) -> dt.date | Fields:
    """A day as the plan file holds it: marked where the text does not say its year (R43)."""
    return {"date": mention.first, "added": mention.added} if mention.added else mention.first


def assumed(date: dt.date, note: str) -> Fields:
    """A day nobody has resolved, with the reason why it stands here."""
    return {"date": date, "status": "assumed", "note": note}
