"""The schema says what the reader accepts: both examples hold, and what a schema can see in a broken file it sees."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from commands.main import main
from staffelstab.timetable.plan import model
from staffelstab.timetable.plan.json_schema import descriptions, schema, schema_text
from staffelstab.timetable.renewal.renew import renew
from tests.conftest import ROOT
from tests.timetable.plan.conftest import CHOIR_FOLDER, PARTY_FOLDER, SMALL, changed
from tests.timetable.plan.test_broken import APPENDED, MORE, ONE

COMMITTED = ROOT / "docs" / "plan.schema.json"
UNSEEN = {
    # what hangs together across items, and what TOML itself tells apart but JSON does not
    "a fraction for a number",  # 1.0
    "a quoted date",
    "a quoted date of the resolution",
    "a cycle of relative dates",
    "a date that hangs on itself",
    "a reference to nothing",
    "a date that hangs on an open end",
    "a date out of the calendar",
    "bad zone",
    "zone that is a path",
    "unknown office",
    "unknown phase",
    "unknown body",
    "end before start",
    "session before its phase",
    "papers after their session",
    "a call that closes first",
    "a call without a deadline",
    "an unknown interval of reports",
    "a session without a date",
    "a gate that waits for no session",
    "a phase treated twice",
    "two of one id",
    "a rule to itself",
    "the year 10000",
    "the year 9999",
    "a slip in the year",
    "no such country",
    "no such state",
    "no source of a material",
    "no event of return",
    "nobody responsible",
    "no such call",
    "years backwards",
    "a break backwards",
    "candidates as texts",
}


def as_json(value: Any) -> Any:
    """A TOML value as JSON has it: days and times as text."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else value


def wrong(text: str) -> list[str]:
    """Where a file does not fit the schema."""
    found = Draft202012Validator(schema()).iter_errors(as_json(tomllib.loads(text)))
    return [error.json_path for error in found]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


def test_the_committed_schema_is_the_models() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), "staffelstab plan schema --out docs/plan.schema.json"


@pytest.mark.parametrize("folder", [PARTY_FOLDER, CHOIR_FOLDER])
def test_the_examples_hold_and_so_do_they_anew(folder: Path) -> None:
    assert wrong((folder / "plan.toml").read_text(encoding="utf-8")) == []
    assert wrong(renew(folder, dt.date(2030, 1, 1)).text) == []


def test_every_plan_written_down_in_the_tests_holds() -> None:
    plans = [path for path in sorted(ROOT.glob("tests/**/*.toml")) if "[[phases]]" in path.read_text(encoding="utf-8")]
    assert {path.name: found for path in plans if (found := wrong(path.read_text(encoding="utf-8")))} == {}
    assert wrong(SMALL) == []


CASES = [case for case in (*ONE, *MORE) if "huge" not in case[0] and "digits" not in case[0]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case[0]))
def test_a_broken_file_is_seen_where_a_schema_can_see_it(case: tuple[str, tuple[str, ...], int, str]) -> None:
    name, replaced = case[:2]
    text = changed(*zip(replaced[::2], replaced[1::2], strict=True))
    assert (wrong(text) == []) == (name in UNSEEN)


@pytest.mark.parametrize("case", APPENDED, ids=lambda case: str(case[0]))
def test_a_broken_section_is_seen_where_a_schema_can_see_it(case: tuple[str, str, int, str]) -> None:
    assert (wrong(f"{SMALL}\n{case[1]}\n") == []) == (case[0] in UNSEEN)


def test_every_field_is_explained_and_nothing_else() -> None:
    structs = {
        name: {field.encode_name for field in msgspec.structs.fields(struct)}
        for name, struct in vars(model).items()
        if isinstance(struct, type) and issubclass(struct, msgspec.Struct) and struct.__module__ == model.__name__
    }
    every = structs.pop("Value")
    structs["Vote"] |= structs.pop("Count")
    said = {name: set(fields) for name, fields in descriptions().items() if name not in {"Value", "When"}}
    assert said == {name: fields - every if every <= fields else fields for name, fields in structs.items()}
    assert set(descriptions()["Value"]) == every


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schema()
    assert main(["plan", "schema", "--out", str(tmp_path / "plan.schema.json")]) == 0
    assert (tmp_path / "plan.schema.json").read_text(encoding="utf-8") == schema_text()
