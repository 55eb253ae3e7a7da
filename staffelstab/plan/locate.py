"""Where in a TOML file something stands: `tomllib` gives values without places, a coordinator wants the line."""

from __future__ import annotations

import re

_TABLE = re.compile(r"\s*\[\[?\s*([\w.\"-]+)\s*\]?\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_STEP = re.compile(r"\.?([\w-]+)|\[(\d+)\]")


def line_of(text: str, path: str) -> int | None:
    """The line (from 1) of a path such as `$.phases[2].kind`; the nearest table's line when the key itself is absent."""
    return nearest(index(text), path)


def nearest(places: dict[tuple[str, ...], int], path: str) -> int | None:
    """As `line_of`, where the places are already known (`index`)."""
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
    last: tuple[str, ...] = ()  # the key whose list of `{ … },` lines may follow
    entry = 0
    for number, line in enumerate(text.splitlines(), 1):
        if header := _TABLE.match(line):
            table = last = _table(header[1], line.lstrip().startswith("[["), counts)
            places.setdefault(table, number)
        elif key := _KEY.match(line):
            last, entry = (*table, key[1]), 0
            places.setdefault(last, number)
        elif line.lstrip().startswith("{"):
            places.setdefault((*last, str(entry)), number)
            entry += 1
    return places


def _table(name: str, repeated: bool, counts: dict[str, int]) -> tuple[str, ...]:
    steps = tuple(part.strip('"') for part in name.split("."))
    if not repeated:
        return steps
    counts[name] = counts.get(name, -1) + 1
    return (*steps, str(counts[name]))
