"""How large a plan may be: one that somebody sent is a stranger's file, and nobody's timetable has ten thousand sessions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Problem = tuple[str, str, dict[str, str]]
"""A message key below `plan.problem`, the path in the file, facts."""

MOST = 20
"""So many excesses are looked for."""

YEARS = range(1900, 3000)
DEPTH = 200
ENTRIES = 2_000
"""Entries of one list, save those of TABLES."""

TABLES = {"phases": 1_000, "sessions": 1_000, "calls": 1_000, "offices": 5_000, "hearings": 10_000, "materials": 10_000}
"""Entries of these tables."""

VALUES = 200_000
"""Values in all."""

LINE, PROSE = 1_000, 100_000
"""Characters of a text, which has one line, and of one that may be the resolution's own."""

PROSES = frozenset(
    {"quote", "note", "text", "grounds", "publicity", "further_measures", "finances", "coordinated_with"}
)


def excesses(raw: dict[str, Any]) -> Iterator[Problem]:
    """What is too much in the values of a file; only the first where there are too many values in all."""
    waiting: list[tuple[str, str, Any, int]] = [("$", "", raw, 0)]
    for seen, (path, key, value, depth) in enumerate(waiting):  # which grows
        if seen > VALUES:
            yield "too_many", path, {"limit": str(VALUES)}
            return
        if depth > DEPTH:
            yield "too_deep", path, {"limit": str(DEPTH)}
        elif isinstance(value, str):
            yield from _unfit(path, key, value)
        elif isinstance(value, dict):
            waiting += [(f"{path}.{name}", name, inner, depth + 1) for name, inner in value.items()]
        elif isinstance(value, list):
            limit = TABLES.get(key, ENTRIES)
            if len(value) > limit:
                yield "too_many", f"{path}[{limit}]", {"limit": str(limit)}
            waiting += [(f"{path}[{number}]", key, inner, depth + 1) for number, inner in enumerate(value[:limit])]


def _unfit(path: str, key: str, text: str) -> Iterator[Problem]:
    limit = PROSE if key in PROSES else LINE
    if key not in PROSES and len(text.splitlines()) > 1:
        yield "one_line", path, {}
    if len(text) > limit:
        yield "too_long", path, {"limit": str(limit)}
