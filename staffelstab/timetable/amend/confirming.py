"""What can be confirmed: a day that nobody resolved, a proposed audience, an assumed reading; and how (R45, R58, R83)."""

from __future__ import annotations

import datetime as dt

from staffelstab.errors import RecordError
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.items import Item, item_label


def confirmable(basis: Basis, item: Item, date: dt.date | None) -> None:
    """Raise RecordError for what stands already, is open on purpose, or lacks its day."""
    what = item_label(basis.plan, item)
    if item.kind != "date":
        _agreeable(basis, item, date, what)
        return
    when = item.when
    if when is None or item.name == "resolution" or when.status in {"adopted", "amended"}:
        raise _stands(basis, item, date, what)
    if when.status == "open":
        facts = {"what": what, "item": item.name, "date": _iso(date)}
        raise RecordError("amend.error.open", **facts, file=basis.path.name, line=basis.line(item.path))
    if date is None:
        raise _which_day(basis, item, what)


def withdrawn(item: Item, date: dt.date | None) -> bool:
    """Whether another day was confirmed before."""
    return item.when is not None and item.when.status == "confirmed" and item.when.date != date


def _stands(basis: Basis, item: Item, date: dt.date | None, what: str) -> RecordError:
    words = basis.plan.words
    day = item.when.date if item.when else None
    shown, folder = _iso(date) or words.say("amend.hint.some_day"), basis.where.strip() or "."
    return RecordError("amend.error.stands", what=what, item=item.name, day=day, date=shown, folder=folder)


def _which_day(basis: Basis, item: Item, what: str) -> RecordError:
    words = basis.plan.words
    shown = words.listed(f"{words.day(day)} (--date {day.isoformat()})" for day in item.days)
    return RecordError("amend.error.which_day", what=what, days=shown or words.say("amend.hint.no_days"))


def _agreeable(basis: Basis, item: Item, date: dt.date | None, what: str) -> None:
    if date is not None:
        raise RecordError("amend.error.takes_no_day", what=what, item=item.name)
    agreed = any(recorded.item == item.name and recorded.change.date is None for recorded in basis.changes)
    if not item.open and not agreed:
        raise RecordError("amend.error.nothing_open", what=what)


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None
