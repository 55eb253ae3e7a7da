"""Reading a plan file: TOML in, frozen and checked values out, or an error that names file, line and what to write instead."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from staffelstab.errors import PlanError
from staffelstab.language import LANGUAGES, Language
from staffelstab.plan import model
from staffelstab.plan.change import Change, changed
from staffelstab.plan.check import problems
from staffelstab.plan.holidays import is_workday
from staffelstab.plan.locate import line_of
from staffelstab.plan.model import Plan
from staffelstab.plan.resolve import RuleError, resolve
from staffelstab.plan.slots import DATED
from staffelstab.plan.when import read_when

SIZE_LIMIT = 2_000_000
PLAN = "plan.toml"

_EXPECTED = re.compile(r"Expected `(?P<wanted>[^`]+)`, got `(?P<got>[^`]+)`(?: - at `(?P<path>[^`]+)`)?")
_MISSING = re.compile(r"Object missing required field `(?P<field>[^`]+)`(?: - at `(?P<path>[^`]+)`)?")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<field>[^`]+)`(?: - at `(?P<path>[^`]+)`)?")
_CHOICE = re.compile(r"Invalid enum value '?(?P<value>[^']+?)'?(?: - at `(?P<path>[^`]+)`)?$")
_DATE = re.compile(r"Invalid RFC3339 encoded date(?: - at `(?P<path>[^`]+)`)?$")
_SOMEWHERE = re.compile(r" - at `(?P<path>[^`]+)`$")
_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_LONG_NUMBER = re.compile(r"\d{1000}")


def find_plan(place: Path) -> Path:
    """The plan file itself, or the `plan.toml` in a folder. Raises PlanError when there is none."""
    path = place / PLAN if place.is_dir() else place
    if not path.is_file():
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
    return _Reading(text, file).plan(changes)


def plan_as_written(text: str, file: str = PLAN) -> Plan:
    """The plan written in `text` before its rules are followed: a date that is only a rule has no day yet. Raises PlanError."""
    return _Reading(text, file).written()


def plan_text(path: Path) -> str:
    """A plan file's text. Raises PlanError for one that is too large, in a wrong encoding or not to be read."""
    if path.stat().st_size > SIZE_LIMIT:
        raise PlanError("plan.too_large", file=path.name)
    try:
        return path.read_text(encoding="utf-8-sig")
    except PermissionError as error:
        raise PlanError("plan.no_permission", file=path.name) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise PlanError("plan.encoding", file=path.name, line=line) from error


class _Reading:
    """One attempt at a text; holds what an error needs to name the place."""

    def __init__(self, text: str, file: str) -> None:
        self._text, self._file = text, file
        said = re.search(r'^\s*language\s*=\s*"(\w+)"', text, re.MULTILINE)
        self._language = Language(said[1] if said and said[1] in LANGUAGES else "de")

    def plan(self, changes: Iterable[Change]) -> Plan:
        plan = self._resolved(changed(self.written(), changes))
        if found := problems(plan, resolved=True):
            raise self._several(found)
        return plan

    def written(self) -> Plan:
        raw = self._parse()
        self._dates(raw)
        _audiences(raw)
        try:
            plan = msgspec.convert(raw, Plan)
        except msgspec.ValidationError as error:
            raise self._invalid(str(error)) from error
        if found := problems(plan):
            raise self._several(found)
        return plan

    def _parse(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            line = _LINE.search(str(error))
            raise self._error(
                "toml", int(line[1]) if line else self._text.count("\n") + 1, detail=_toml(error)
            ) from error
        except RecursionError as error:
            raise self._error("nested", 1) from error
        except ValueError as error:  # Python turns no number of more than 4,300 digits into one
            digits = _LONG_NUMBER.search(self._text)
            raise self._error("number", self._text.count("\n", 0, digits.start() if digits else 0) + 1) from error

    def _dates(self, raw: dict[str, Any]) -> None:
        for table, fields in DATED.items():
            rows = raw.get(table, [])
            for i, row in enumerate(rows if isinstance(rows, list) else []):
                for key in (field.key for field in fields):
                    if isinstance(row, dict) and key in row:
                        row[key] = self._when(row[key], f"$.{table}[{i}].{key}")

    def _when(self, value: object, path: str) -> dict[str, Any]:
        try:
            return asdict(read_when(value))
        except (ValueError, TypeError) as error:
            raise self._at("date", path, value=_written(value, error)) from error

    def _resolved(self, plan: Plan) -> Plan:
        try:
            return resolve(plan, lambda day: is_workday(plan, day))
        except RuleError as error:
            raise self._at(error.kind, error.place, value=error.reference) from error

    def _invalid(self, message: str) -> PlanError:
        if found := _UNKNOWN.match(message):
            path = f"{found['path'] or '$'}.{found['field']}"
            return self._at("unknown_field", path, field=found["field"], hint=self._similar(found["field"]))
        if found := _MISSING.match(message):
            return self._at("missing", found["path"] or "$", field=found["field"])
        if found := _EXPECTED.match(message):
            return self._at(
                "type", found["path"] or "$", wanted=self._type(found["wanted"]), got=self._type(found["got"])
            )
        if found := _CHOICE.search(message):
            return self._at(
                "choice", found["path"] or "$", value=found["value"], hint=self._choices(found["path"] or "")
            )
        if found := _DATE.search(message):
            path = found["path"] or "$"
            return self._at("type", path, wanted=self._type("date"), got=self._type("str"))
        somewhere = _SOMEWHERE.search(message)
        return self._at("value", somewhere["path"] if somewhere else "$")

    def _similar(self, field: str) -> str:
        close = difflib.get_close_matches(field, sorted(_FIELDS), 1)
        return self._language.say("plan.hint.similar", field=close[0]) if close else ""

    def _choices(self, path: str) -> str:
        known = _CHOICES.get(path.rpartition(".")[2])
        return self._language.say("plan.hint.choices", choices=", ".join(known)) if known else ""

    def _type(self, name: str) -> str:
        words = [word.strip() for word in name.split("|") if word.strip() != "null"]
        return " / ".join(
            self._language.say(f"plan.type.{word}") if self._language.knows(f"plan.type.{word}") else word
            for word in words
        )

    def _at(self, problem: str, path: str, **facts: str) -> PlanError:
        return self._error(problem, line_of(self._text, path) or 1, path=path.removeprefix("$."), **facts)

    def _error(self, problem: str, line: int, **facts: str) -> PlanError:
        detail = self._language.say(f"plan.problem.{problem}", **facts).rstrip()
        return self._said(PlanError("plan.invalid", file=self._file, line=line, problem=detail))

    def _several(self, found: list[tuple[str, str, dict[str, str]]]) -> PlanError:
        lines = [
            self._language.say(
                "plan.line",
                line=line_of(self._text, path) or 1,
                problem=self._language.say(f"plan.problem.{kind}", path=path.removeprefix("$."), **facts),
            )
            for kind, path, facts in found[:20]
        ]
        return self._said(PlanError("plan.broken", file=self._file, n=len(found), problems="\n".join(lines)))

    def _said(self, error: PlanError) -> PlanError:
        error.language = self._language.code
        return error


def _audiences(raw: dict[str, Any]) -> None:
    """A bare list is an adopted audience; a table may say that it is only proposed (R83)."""
    calls = raw.get("calls", [])
    for call in calls if isinstance(calls, list) else []:
        if isinstance(call, dict) and isinstance(call.get("audience"), list):
            call["audience"] = {"adopted": call["audience"]}


def _written(value: object, error: Exception) -> str:
    """What was written for a date, as far as it fits into a sentence; of a table, the part that is wrong."""
    return str(error if isinstance(value, dict) else value)[:80]


def _toml(error: tomllib.TOMLDecodeError) -> str:
    return re.sub(r"\s*\(at .*\)$", "", str(error))


_FIELDS = {
    field.encode_name
    for struct in vars(model).values()
    if isinstance(struct, type) and issubclass(struct, msgspec.Struct)
    for field in msgspec.structs.fields(struct)
}
_CHOICES: dict[str, tuple[str, ...]] = {
    "strength": ("must", "should", "may", "information"),
    "item": ("presentation", "discussion", "review", "debate", "report", "adoption"),
    "gate": ("deadline", "presentation", "decision", "complete"),
    "language": LANGUAGES,
    "result": ("adopted", "rejected", "returned"),
}
