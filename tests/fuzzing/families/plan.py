"""Plan files: every value another type or an extreme; what is still a plan goes through check, calendar and picture."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import io
import random
from pathlib import Path

import icalendar

from commands import check
from staffelstab.errors import PlanError
from staffelstab.language import LANGUAGES, Language
from staffelstab.publishing.calendar import calendar_files, timetable_drawing
from staffelstab.timetable.agenda.appointments import agenda
from staffelstab.timetable.plan.load import load_plan
from tests.conftest import ROOT
from tests.fuzzing.case import Bench, promise
from tests.fuzzing.changes import bytes_changed
from tests.fuzzing.organisation import CODEBOOK, PLAN, RESOLUTION
from tests.fuzzing.toml_changes import toml_changed

_EXAMPLES = ("choir-statute", "mitgliederarbeit-2018")
LONGEST = 20_000
"""Characters of a refusal; more nobody reads."""


def trial(chance: random.Random, bench: Bench) -> str:
    """A changed plan is refused in a sentence that names a line, or can be used for everything a plan is used for."""
    text, source = _base(chance)
    data = toml_changed(chance, text).encode("utf-8", "surrogatepass")
    if chance.random() < 0.1:
        data = bytes_changed(chance, data, 3)
    (bench.place / "plan.toml").write_bytes(data)
    (bench.place / "resolution.txt").write_text(source, encoding="utf-8")
    (bench.place / "codebook.toml").write_text(CODEBOOK, encoding="utf-8")
    return used(bench.place)


def _base(chance: random.Random) -> tuple[str, str]:
    if chance.random() < 0.6:
        return PLAN, RESOLUTION
    place = ROOT / "examples" / chance.choice(_EXAMPLES)
    return (place / "plan.toml").read_text(encoding="utf-8"), (place / "resolution.txt").read_text(encoding="utf-8")


def used(place: Path) -> str:
    """What the plan in a folder comes to."""
    try:
        plan = load_plan(place)
    except PlanError as error:
        refused_well(error)
        return f"refused: {error.key}"
    promise(_checked(place) in (0, 1), "check ends with an unknown code")
    agenda(plan)
    timetable = calendar_files.timetable(plan)
    icalendar.Calendar.from_ical(timetable or b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    timetable_drawing.timetable(plan, dt.date(2027, 3, 15))
    return "a plan still"


def refused_well(error: PlanError) -> None:
    """A refusal says file and line, and is short enough to be read."""
    for language in LANGUAGES:
        said = error.text(language)
        promise(0 < len(said) < LONGEST, "a refusal is empty or endless")
        promise("plan.toml" in said, "a refusal does not name the file")
        named = bool(error.mistakes) or "line" in error.facts
        promise(named or error.key in ("plan.too_large", "plan.not_found"), f"{error.key} names no line")


def _checked(place: Path) -> int:
    words = Language("de")
    codes = []
    for as_json in (False, True):
        options = argparse.Namespace(plan=place, strict=False, now=None, json=as_json, language=None)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            codes.append(check.run(options, words))
    promise(codes[0] == codes[1], "check for people and for programs differ")
    return codes[0]
