"""Where in a TOML file something stands: `tomllib` gives values without places, a coordinator wants the line."""

from __future__ import annotations

import re

_TABLE = re.compile(r"\s*\[\[?\s*([\w.\"-]+)\s*\]?\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_STEP = re.compile(r"\.?([\w-]+)|\[(\d+)\]")


def line_of(text: str, path: str) -> int | None:
    """The line (from 1) of a path such as `$.phases[2].kind`; the nearest table's line when the key itself is absent."""
    places = index(text)
    steps = _steps(path)
    while steps:
        if (line := places.get(tuple(steps))) is not None:
            return line
        steps.pop()
    return None


def _steps(path: str) -> list[str]:
    return [name or number for name, number in _STEP.findall(path.removeprefix("$"))]


def index(text: str) -> dict[tuple[str, ...], int]:
    """The line of every table, table entry and key, by its steps."""
    places: dict[tuple[str, ...], int] = {}
    counts: dict[str, int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _TABLE.match(line):
            table = _table(header[1], line.lstrip().startswith("[["), counts)
            places.setdefault(table, number)
        elif key := _KEY.match(line):
            places.setdefault((*table, key[1]), number)
        elif line.lstrip().startswith("{"):
            _inline(places, table, number)
    return places


def _table(name: str, repeated: bool, counts: dict[str, int]) -> tuple[str, ...]:
    steps = tuple(part.strip('"') for part in name.split("."))
    if not repeated:
        return steps
    counts[name] = counts.get(name, -1) + 1
    return (*steps, str(counts[name]))


def _inline(places: dict[tuple[str, ...], int], table: tuple[str, ...], number: int) -> None:
    """One `{ … },` line of a list of inline tables: an entry of the key that stands last in this table."""
    last = next(reversed([steps for steps in places if steps[:-1] == table and not steps[-1].isdigit()]), None)
    if last is not None:
        entry = sum(1 for steps in places if len(steps) == len(last) + 1 and steps[:-1] == last)
        places[(*last, str(entry))] = number
