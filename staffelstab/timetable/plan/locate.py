"""Where in a TOML file something stands: `tomllib` gives values without places, a coordinator wants the line."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

Steps = tuple[str, ...]

DEEP = 12
"""Steps deeper than this are not told apart; no plan has so many."""

_STEP = re.compile(r"\.?([\w-]+)|\[(\d+)\]")
_GAP = re.compile(r"(?:\s|#[^\n]*)*+")
_INNER_GAP = re.compile(r"(?:[\s,]|#[^\n]*)*+")
_PART = r"""(?:[\w-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_KEY = re.compile(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*+")
_PARTS = re.compile(_PART)
_SIMPLE = re.compile(r"""([\w-]++)[ \t]*+=[ \t]*+(?:"[^"\\\n]*+"|[\w.:+-]++)[ \t]*+(?=\n)""")
"""What most lines of a plan are; everything else is read with more care."""
_ENTRY = re.compile(r"\[\[([\w-]++)\]\][ \t]*+(?=\n)")
_SCALAR = re.compile(
    r'"{3}(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'{3}(?:[^']++|'{1,2}(?!'))*+'{3,5}"
    r'|"{3}.*+'  # never closed
    r"|'{3}.*+"
    r'|"(?:[^"\\\n]++|\\.)*+"'
    r"|'[^'\n]*+'"
    r"|[^,\]}#\n]*+",
    re.DOTALL,
)


def line_of(text: str, path: str) -> int | None:
    """The line (from 1) of a path such as `$.phases[2].kind`; the nearest table's line when the key itself is absent."""
    return nearest(index(text), path)


def nearest(places: dict[Steps, int], path: str) -> int | None:
    """As `line_of`, where the places are already known (`index`)."""
    steps = _steps(path)
    while steps:
        if (line := places.get(tuple(steps))) is not None:
            return line
        steps.pop()
    return None


def _steps(path: str) -> list[str]:
    return [name or number for name, number in _STEP.findall(path.removeprefix("$"))]


@lru_cache(maxsize=2)
def index(text: str) -> dict[Steps, int]:
    """The line of every table, entry and key, by its steps: `("phases", "2", "kind")`."""
    ends = [match.start() for match in re.finditer("\n", text)]
    return {steps: bisect_left(ends, at) + 1 for steps, at in _Scan(text).places().items()}


def statement_before(text: str, line: int, column: int) -> int:
    """The line of the statement within which a place lies: where a list or text that is never closed was opened."""
    ends = [match.start() for match in re.finditer("\n", text)]
    at = (ends[line - 2] + 1 if line > 1 else 0) + column - 1
    scan = _Scan(text[:at])
    scan.places()
    found = bisect_right(scan.statements, at)
    return bisect_left(ends, scan.statements[found - 1]) + 1 if found else line


@dataclass(slots=True)
class _Open:
    """A list or inline table that is not closed yet; `count` is the entry it is at."""

    path: Steps
    is_list: bool
    count: int = -1


class _Scan:
    """One walk through a text, without recursion; of a text that is no TOML it makes what it can."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._places: dict[Steps, int] = {}
        self._counts: dict[Steps, int] = {}
        self.statements: list[int] = []

    def places(self) -> dict[Steps, int]:
        """Where each path begins, as an offset."""
        table: Steps = ()
        while self._next(_GAP):
            self.statements.append(self._at)
            if simple := _SIMPLE.match(self._text, self._at):
                self._places.setdefault((*table, simple[1]), self._at)
                self._at = simple.end()
            elif entry := _ENTRY.match(self._text, self._at):
                table = self._entry((entry[1],), self._at)
                self._at = entry.end()
            elif self._text[self._at] == "[":
                table = self._header()
            else:
                begun = self._at
                self._value(self._assigned(table), begun, len(table))
        return self._places

    def _next(self, gap: re.Pattern[str]) -> str:
        """The next character after the gap; "" at the end."""
        match = gap.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._text[self._at : self._at + 1]

    def _note(self, path: Steps, at: int, known: int) -> None:
        """Note a path; its first `known` steps are noted already."""
        for depth in range(known + 1, min(len(path), DEEP) + 1):
            self._places.setdefault(path[:depth], at)

    def _header(self) -> Steps:
        begun = self._at
        repeated = self._text.startswith("[[", begun)
        self._at += 2 if repeated else 1
        *parents, name = self._key() or ("",)
        path: Steps = ()
        for parent in parents:
            path = self._latest((*path, parent))
        path = (*path, name)
        if repeated:
            path = self._entry(path, begun)
        self._note(path, begun, 0)
        self._skip_line()
        return path

    def _entry(self, path: Steps, begun: int) -> Steps:
        """One more entry of a table that is repeated."""
        self._note(path, begun, 0)
        self._counts[path] = self._counts.get(path, -1) + 1
        path = self._latest(path)
        self._places.setdefault(path, begun)
        return path

    def _latest(self, path: Steps) -> Steps:
        """The entry of a table that is repeated to which more belongs; the path itself if it is not repeated."""
        return (*path, str(self._counts[path])) if path in self._counts else path

    def _key(self) -> Steps:
        self._next(_GAP)
        found = _KEY.match(self._text, self._at)
        if not found:
            return ()
        self._at = found.end()
        return tuple(_bare(part) for part in _PARTS.findall(found[0])[:DEEP])

    def _assigned(self, table: Steps) -> Steps:
        """The path of a key, read with its `=`; on what is no key, the line is skipped."""
        key = self._key()
        if key and self._next(_GAP) == "=":
            self._at += 1
        else:
            self._skip_line()
        return (*table, *key)

    def _skip_line(self) -> None:
        end = self._text.find("\n", self._at)
        self._at = end if end >= 0 else len(self._text)

    def _value(self, path: Steps, begun: int, known: int) -> None:
        """Note a value, and whatever lists and inline tables hold within it."""
        holders: list[_Open] = []
        following: tuple[Steps, int] | None = (path, begun)
        while following:
            path, begun = following
            self._note(path, begun, len(holders[-1].path) if holders else known)
            opened = self._next(_GAP)
            if opened in {"[", "{"}:
                holders.append(_Open(path[:DEEP], opened == "["))
                self._at += 1
            elif found := _SCALAR.match(self._text, self._at):
                self._at = found.end()
            following = self._following(holders)

    def _following(self, holders: list[_Open]) -> tuple[Steps, int] | None:
        """The path and beginning of the next value in what is still open; None when nothing is."""
        while holders:
            char = self._next(_INNER_GAP)
            if not char:
                return None
            if char in "]}":
                self._at += 1
                holders.pop()
                continue
            inner, begun = holders[-1], self._at
            if not inner.is_list:
                return self._assigned(inner.path), begun
            inner.count += 1
            return (*inner.path, str(inner.count)), begun
        return None


def _bare(part: str) -> str:
    if part[0] not in "\"'":
        return part
    try:
        return next(iter(tomllib.loads(f"{part} = 0")))
    except tomllib.TOMLDecodeError:  # an escape that is none
        return part[1:-1]
