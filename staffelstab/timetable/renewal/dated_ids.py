"""Ids that contain a date are called after the new one, wherever they are spoken of."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Mapping

from staffelstab.timetable.plan.when import parse_rule
from staffelstab.timetable.renewal.distance import Distance

_DATE = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")


def renamed(ids: Iterable[str], moved: Distance) -> dict[str, str]:
    """Old → new name of every id that contains a date; no two become the same, and none becomes one that stays."""
    known = list(dict.fromkeys(ids))
    staying = {name for name in known if _dated(name, moved) == name}
    names: dict[str, str] = {}
    for name in known:
        if name not in staying:
            names[name] = free(_dated(name, moved), staying | set(names.values()))
    return names


def plan_renamed(name: str, year: int, moved: Distance) -> str:
    """The plan's own id: its year moved or, if it names none or stays in it, the year of the new beginning at its end."""
    new = _YEAR.sub(lambda found: str(moved.year(int(found[0]))), name)
    return new if new != name else f"{name}-{year}" if not name.endswith(f"-{year}") else f"{name}-2"


def rule_renamed(rule: str, names: Mapping[str, str]) -> str:
    """A rule that hangs on the new names."""
    reference = parse_rule(rule).reference
    item, dot, part = reference.rpartition(".")
    for whole, rest in ((reference, ""), (item, dot + part)):
        if whole in names:
            return rule.replace(reference, names[whole] + rest, 1)
    return rule


def _dated(name: str, moved: Distance) -> str:
    return _DATE.sub(lambda found: _day(found, moved), name)


def _day(found: re.Match[str], moved: Distance) -> str:
    try:
        return moved.day(dt.date(int(found[1]), int(found[2]), int(found[3]))).isoformat()
    except (ValueError, OverflowError):  # digits that are no date
        return found[0]


def free(name: str, taken: set[str]) -> str:
    """The name, with a number after it if it is taken."""
    names = itertools.chain([name], (f"{name}-{number}" for number in itertools.count(2)))
    return next(candidate for candidate in names if candidate not in taken)
