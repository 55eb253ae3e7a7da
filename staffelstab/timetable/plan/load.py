"""Reading a plan file: TOML in, frozen and checked values out, or an error that names file, line and what to write instead.

An error speaks the plan's language: the one on the first line that begins with `language =`, which is looked for even where the
file is no TOML or no UTF-8. A text without such a line is a plan in the original language; a file of which nothing can be read
has none, and whoever tells the error says it in the reader's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec

from staffelstab.errors import PlanError
from staffelstab.language import LANGUAGES, ORIGINAL, Language
from staffelstab.timetable.plan.bounds import MOST, Problem, excesses
from staffelstab.timetable.plan.change import Change, changed
from staffelstab.timetable.plan.consistency import problems
from staffelstab.timetable.plan.holidays import is_workday, known_place
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.resolve import RuleError, resolve, rule_errors
from staffelstab.timetable.plan.slots import DATED, Dated
from staffelstab.timetable.plan.toml_file import parsed
from staffelstab.timetable.plan.when import WhenError, read_when

if TYPE_CHECKING:
    from staffelstab.timetable.plan.refusal import Refusal

_LANGUAGE = re.compile(r"""^\ufeff?[ \t]*language[ \t]*=[ \t]*["'„“”]?([a-z]+)""", re.MULTILINE)

SIZE_LIMIT = 5_000_000
"""Bytes; a plan of 1,000 phases and 10,000 items has less than half of them."""
PLAN = "plan.toml"


_CONVERTING = Lock()
"""msgspec learns what a struct is made of when it first makes one; two threads that do that at once end the process."""
_KEPT = 64
"""So many plans are kept as they were read: those of one server, as a rule."""


def find_plan(place: Path) -> Path:
    """The plan file itself, or the `plan.toml` in a folder. Raises PlanError when there is none."""
    try:
        path = place / PLAN if place.is_dir() else place
        found = path.is_file()
    except PermissionError as error:
        raise PlanError("plan.no_permission", file=place.name) from error
    except OSError:  # a name that is too long
        found = False
    if not found:
        raise PlanError("plan.not_found", file=str(place))
    return path


def load_plan(place: Path, changes: Iterable[Change] = ()) -> Plan:
    """The plan in `place` (a plan file or the folder that holds `plan.toml`), as it holds after `changes`.

    Raises PlanError with file and line, and KeyError for a change of something the plan has not.
    """
    path = find_plan(place)
    return plan_from(plan_text(path), path.name, changes)


def plan_from(text: str, file: str = PLAN, changes: Iterable[Change] = ()) -> Plan:
    """The plan written in `text`; `file` is what errors call it. Raises PlanError, and KeyError as `load_plan`."""
    return _plan(text, file, tuple(changes))


@lru_cache(maxsize=_KEPT)
def _plan(text: str, file: str, changes: tuple[Change, ...]) -> Plan:
    """Plans are frozen, so whoever asks for the same one again gets the same one."""
    return _Reading(text, file).plan(changes)


@lru_cache(maxsize=_KEPT)
def _values(text: str, file: str) -> Plan:
    """What the file says, neither checked nor resolved: the same whatever was changed since."""
    return _Reading(text, file).values()


def plan_as_written(text: str, file: str = PLAN) -> Plan:
    """The plan written in `text` before its rules are followed: a date that is only a rule has no day yet. Raises PlanError."""
    return _Reading(text, file).written()


def plan_text(path: Path) -> str:
    """A plan file's text. Raises PlanError for one that is too large, in a wrong encoding or not to be read."""
    try:
        with path.open("rb") as stream:
            data = stream.read(SIZE_LIMIT + 1)
    except PermissionError as error:
        raise PlanError("plan.no_permission", file=path.name) from error
    try:
        return _decoded(data, path.name).replace("\r\n", "\n").replace("\r", "\n")
    except PlanError as error:
        error.language = _language_of(data.replace(b"\0", b"").decode(errors="replace"))
        raise


def _decoded(data: bytes, file: str) -> str:
    if len(data) > SIZE_LIMIT:
        raise PlanError("plan.too_large", file=file, limit=SIZE_LIMIT // 1_000_000)
    if b"\0" in data[:4]:  # UTF-16 or UTF-32, with or without a mark
        raise PlanError("plan.encoding", file=file, line=1)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlanError("plan.encoding", file=file, line=data[: error.start].count(b"\n") + 1) from error


def _language_of(text: str) -> str | None:
    """The language that a plan's text says it has, if that is one of ours; the text need not be TOML."""
    said = _LANGUAGE.search(text)
    return said[1] if said and said[1] in LANGUAGES else None


class _Reading:
    """One attempt at a text; holds what an error needs to name the place."""

    def __init__(self, text: str, file: str) -> None:
        self._text, self._file = text, file
        self._words = Language(_language_of(text) or ORIGINAL)

    def values(self) -> Plan:
        raw = self._parsed()
        self._refuse(list(islice(excesses(raw), MOST)))
        try:
            with _CONVERTING:
                return msgspec.convert(_spelled_out(raw), Plan, builtin_types=(dt.date, dt.time))
        except (msgspec.ValidationError, WhenError) as error:
            raise self._refusal().of_fields(raw, error) from error

    def plan(self, changes: Iterable[Change]) -> Plan:
        plan = _values(self._text, self._file)
        found = problems(plan)
        plan = self._resolved(changed(plan, changes), found)
        self._refuse(found or problems(plan, resolved=True))
        return plan

    def written(self) -> Plan:
        plan = _values(self._text, self._file)
        self._refuse(problems(plan))
        return plan

    def _resolved(self, plan: Plan, found: list[Problem]) -> Plan:
        known = known_place(plan.country, plan.state)  # that it is not was found before

        def workday(day: dt.date) -> bool:
            return is_workday(plan, day) if known else day.weekday() < 5

        try:
            return resolve(plan, workday)
        except RuleError:
            errors = rule_errors(plan, workday)
            self._refuse(found + [(error.kind, error.place, {"value": error.reference}) for error in errors])
            raise

    def _parsed(self) -> dict[str, Any]:
        try:
            return parsed(self._text)
        except (ValueError, RecursionError) as error:
            raise self._refusal().of_toml(error) from error

    def _refuse(self, found: list[Problem]) -> None:
        """Raise what is wrong, if anything is."""
        if found:
            raise self._refusal().of(found)

    def _refusal(self) -> Refusal:
        from staffelstab.timetable.plan.refusal import Refusal  # only a broken plan needs it

        return Refusal(self._text, self._file, self._words)


def _spelled_out(raw: dict[str, Any]) -> dict[str, Any]:
    """The file's values with its short forms written out: dates as values, a bare audience as an adopted one (R83)."""
    return raw | {
        table: [_item(row, DATED.get(table, ())) for row in raw[table]]
        for table in (*DATED, "calls")
        if isinstance(raw.get(table), list)
    }


def _item(row: Any, dated: tuple[Dated, ...]) -> Any:
    if not isinstance(row, dict):
        return row
    written = row | {field.key: read_when(row[field.key]) for field in dated if field.key in row}
    if isinstance(row.get("audience"), list):
        written["audience"] = {"adopted": row["audience"]}
    return written
