"""What a plan file holds that no plan can: every unknown key, missing field and wrong value at once, each with its path."""

from __future__ import annotations

import datetime as dt
import difflib
import types
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from staffelstab.language import Language
from staffelstab.timetable.plan.bounds import Problem
from staffelstab.timetable.plan.model import Audience, Plan, Standing
from staffelstab.timetable.plan.when import FIELDS, PARTS, STATUSES, When, WhenError, read_when

LONGEST = 80
"""Characters of a wrong value that fit into a sentence."""

_NAMES: dict[type, str] = {
    bool: "bool",
    int: "int",
    float: "float",
    str: "str",
    dt.datetime: "datetime",
    dt.date: "date",
    dt.time: "time",
    list: "array",
    dict: "object",
}


def invalid_fields(raw: Mapping[str, object], words: Language) -> Iterator[Problem]:
    """(message key below `plan.problem`, path, facts) of everything in a parsed file that does not fit the model."""
    yield from _Shape(words, _known(raw)).of_struct(raw, Plan, "$")


def _known(raw: Mapping[str, object]) -> str:
    """An id of this very file on which a rule may hang: of its first event, else of its first session."""
    tables = (raw.get(name) for name in ("events", "sessions"))
    rows = (row for table in tables if isinstance(table, list) for row in table if isinstance(row, dict))
    ids = (row.get("id") for row in rows)
    return shown(next((name for name in ids if isinstance(name, str) and name), "resolution"))


def shown(value: object) -> str:
    """A wrong value, as far as it fits into a sentence."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 1 << 63:
        return "…"  # Python writes out no number of more than 4,300 digits
    text = str(value).lower() if isinstance(value, bool) else " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


class _Shape:
    """Compares what the file holds with what the model asks for; `words` says what was expected.

    `known` is an id of the file, for rules that are shown as examples.
    """

    def __init__(self, words: Language, known: str) -> None:
        self._words, self._known = words, known

    def of_struct(self, raw: Mapping[str, object], struct: type[msgspec.Struct], path: str) -> Iterator[Problem]:
        """What is wrong within a table."""
        fields = _fields(struct)
        meant = {key: _close(key, fields) for key in raw if key not in fields}
        for key, close in meant.items():
            hint = self._former(struct, key) or self._hint(close, fields)
            yield "unknown_field", f"{path}.{key}", {"field": shown(key), "hint": hint}
        for key, (expected, required) in fields.items():
            if key in raw:
                yield from self._of(raw[key], expected, f"{path}.{key}")
            elif required and key not in meant.values():
                yield "missing", path, {"field": key}

    def _of(self, raw: object, expected: object, path: str) -> Iterator[Problem]:
        if expected is When:
            yield from self._of_when(raw, path)
        elif expected is Audience and not isinstance(raw, dict):
            yield from self._of_list(raw, str, path)
        elif isinstance(expected, type) and issubclass(expected, msgspec.Struct):
            if isinstance(raw, dict):
                yield from self.of_struct(raw, expected, path)
            else:
                yield self._type("object", raw, path)
        elif get_origin(expected) is tuple:
            yield from self._of_list(raw, get_args(expected)[0], path)
        else:
            yield from self._of_leaf(raw, expected, path)

    def _of_list(self, raw: object, entry: object, path: str) -> Iterator[Problem]:
        if not isinstance(raw, list):
            single = isinstance(raw, dict) and isinstance(entry, type) and issubclass(entry, msgspec.Struct)
            yield ("single", path, {"path": _named(path)}) if single else self._type("array", raw, path)
            return
        for number, value in enumerate(raw):
            yield from self._of(value, entry, f"{path}[{number}]")

    def _of_when(self, raw: object, path: str) -> Iterator[Problem]:
        try:
            read_when(raw)
        except WhenError as error:
            facts = {"path": _named(path), "value": shown(error.value), "known": self._known}
            if error.kind == "unknown_field":
                facts = {"field": shown(error.key), "hint": self._hint(_close(error.key, FIELDS), FIELDS)}
            if error.kind == "choice":
                facts["hint"] = self._words.say("plan.hint.choices", choices=", ".join(PARTS))
            if error.kind == "status":
                facts["choices"] = ", ".join(STATUSES)
            yield error.kind, f"{path}.{error.key}" if error.key else path, facts

    def _of_leaf(self, raw: object, expected: object, path: str) -> Iterator[Problem]:
        if get_origin(expected) is Literal:
            yield from self._of_choice(raw, expected, path)
            return
        kind, limits = get_args(expected)[:2] if get_origin(expected) is Annotated else (expected, None)
        if type(raw) is not kind:
            yield self._type(_NAMES[kind], raw, path)
        elif limits is not None:
            yield from self._of_limits(raw, limits, path)

    def _of_choice(self, raw: object, expected: object, path: str) -> Iterator[Problem]:
        choices = [str(choice) for choice in get_args(expected) if expected != Standing or choice != "confirmed"]
        if expected == Standing and raw == "confirmed":
            yield "ledger_only", path, {"path": _named(path), "value": shown(raw)}
        elif raw not in choices:
            hint = self._words.say("plan.hint.choices", choices=", ".join(choices))
            yield "choice", path, {"path": _named(path), "value": shown(raw), "hint": hint}

    def _of_limits(self, raw: Any, limits: msgspec.Meta, path: str) -> Iterator[Problem]:
        if isinstance(raw, str):
            try:
                msgspec.convert(raw, Annotated[str, limits])
            except msgspec.ValidationError:
                yield "id", path, {"path": _named(path), "value": shown(raw)}
        elif not (limits.ge or 0) <= raw <= (limits.le or raw):
            facts = {"first": str(limits.ge), "last": str(limits.le)}
            yield "range", path, {"path": _named(path), "value": shown(raw)} | facts

    def _type(self, wanted: str, raw: object, path: str) -> Problem:
        got = _NAMES.get(type(raw), "str")
        facts = {"path": _named(path), "wanted": self._name(wanted), "got": self._name(got)}
        return "type", path, facts

    def _name(self, kind: str) -> str:
        return self._words.say(f"plan.type.{kind}")

    def _former(self, struct: type[msgspec.Struct], key: str) -> str:
        """What is written instead of a key that plan files once had; "" for any other."""
        name = f"plan.former.{struct.__name__.lower()}.{key}"
        return self._words.say(name) if self._words.knows(name) else ""

    def _hint(self, close: str, known: Iterable[str]) -> str:
        if close:
            return self._words.say("plan.hint.similar", field=close)
        return self._words.say("plan.hint.fields", fields=", ".join(known))


def _close(key: str, known: Iterable[str]) -> str:
    """The key that was probably meant; "" if none is like it."""
    return next(iter(difflib.get_close_matches(key[:LONGEST], list(known), 1)), "")


def _named(path: str) -> str:
    return path.removeprefix("$.")


@cache
def _fields(struct: type[msgspec.Struct]) -> dict[str, tuple[object, bool]]:
    """Key in the file → (what is expected, whether it must be there)."""
    return {field.encode_name: (_given(field.type), field.required) for field in msgspec.structs.fields(struct)}


def _given(expected: object) -> object:
    """`X` of `X | None`: a file has no null."""
    if get_origin(expected) in {Union, types.UnionType}:
        return next(kind for kind in get_args(expected) if kind is not type(None))
    return expected
