"""A plan far larger than any resolution: so many phases, so many items, every sentence of it in a source text beside it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

FIRST = dt.date(2001, 1, 1)
STEP = dt.timedelta(days=7)
KINDS = ("call", "analysis", "synthesis", "ideas", "trials", "finalisation", "publication")
UNITS = 100

HEAD = """\
id = "large"
title = "A very long road"
organisation = "Society for Long Roads"
language = "en"
timezone = "Europe/London"
country = "GB"
state = "ENG"
source = "resolution.txt"
coordinator = "office-1"

[resolution]
body = "committee"
date = 2001-01-01
text = "The Committee adopts the timetable below."

[[bodies]]
id = "committee"
name = "Committee"
seats = [
  { id = "chair", name = "Chair" },
  { id = "secretary", name = "Secretary" },
]

[[roles]]
id = "speaker"
name = "Speaker"
"""


def large_plan(phases: int = 1_000, items: int = 10_000) -> str:
    """The plan file: `phases` phases, and `items` sessions, calls, events, offices, recipients, groups, sections and so on."""
    return HEAD + "".join(_table(name, facts) for name, facts in [*_phases(phases), *_items(phases, items)])


def source_of(plan: str) -> str:
    """A resolution that holds every quote of the plan, a paragraph each."""
    lines = (line.removeprefix("quote = ") for line in plan.splitlines() if line.startswith("quote = "))
    return "\n\n".join(dict.fromkeys(json.loads(line) for line in lines)) + "\n"


def write_plan(folder: Path, phases: int = 1_000, items: int = 10_000) -> Path:
    """The plan and its resolution in a folder, which is returned."""
    text = large_plan(phases, items)
    (folder / "plan.toml").write_text(text, encoding="utf-8")
    (folder / "resolution.txt").write_text(source_of(text), encoding="utf-8")
    return folder


def _table(name: str, facts: dict[str, str]) -> str:
    return f"\n[[{name}]]\n" + "".join(f"{key} = {value}\n" for key, value in facts.items())


def _phases(count: int) -> Iterator[tuple[str, dict[str, str]]]:
    for number in range(count):
        begin, end = FIRST + number * STEP, FIRST + (number + 1) * STEP - dt.timedelta(days=1)
        yield (
            "phases",
            {
                "number": str(number),
                "name": f'"Stage {number}"',
                "kind": f'"{KINDS[number % len(KINDS)]}"',
                "start": str(begin),
                "end": str(end),
                "gate": '"deadline"',
                "quote": json.dumps(f"Stage {number}: {_day(begin)} to {_day(end)}"),
            },
        )


def _items(phases: int, count: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Turn by turn one of each, so that every table grows alike; one session and one call at most for each phase."""
    made = 0
    for turn in range(count):
        for table, facts in _turn(turn, turn < phases):
            if made == count:
                return
            yield table, facts
            made += 1


def _turn(n: int, timed: bool) -> Iterator[tuple[str, dict[str, str]]]:
    begin = FIRST + n * STEP
    if timed:
        yield "sessions", _session(n, begin)
        yield "calls", _call(n, begin)
        yield "events", _event(n, begin)
        yield "reminders", {"call": f'"call-{n}"', "days_before": "[3, 1]"}
        yield "hearings", _hearing(n)
    yield (
        "offices",
        {
            "id": f'"office-{n + 1}"',
            "name": f'"Office {n + 1}"',
            "quote": json.dumps(f"Office {n + 1} is held by a member, as before."),
        },
    )
    yield "recipients", {"name": f'"Office {n + 1}"', "office": f'"office-{n // 2 + 1}"'}
    yield "groups", _group(n)
    yield "sections", _section(n)
    yield "materials", {"id": f'"paper-{n}"', "name": f'"Paper {n}"', "phase": "0", "source": '"office-1"'}


def _event(n: int, begin: dt.date) -> dict[str, str]:
    day = begin + dt.timedelta(days=6)
    return {"id": f'"event-{n}"', "name": f'"Event {n}"', "date": str(day), "quote": _quote(f"Event {n} is held", day)}


def _session(n: int, begin: dt.date) -> dict[str, str]:
    day = begin + dt.timedelta(days=4)
    return {
        "id": f'"session-{n}"',
        "name": f'"Meeting {n}"',
        "body": '"committee"',
        "date": str(day),
        "papers_due": '"two working days before session"' if n % 2 else '"session - P2D"',
        "phase": str(n),
        "item": '"discussion"',
        "quote": _quote(f"The results of stage {n} shall be discussed in the Committee", day),
    }


def _call(n: int, begin: dt.date) -> dict[str, str]:
    last = begin + dt.timedelta(days=1)
    return {
        "id": f'"call-{n}"',
        "name": f'"Call {n}"',
        "phase": str(n),
        "opens": str(begin),
        "deadline": str(last),
        "audience": '["committee"]',
        "address": '"office-1"',
        "quote": _quote(f"For stage {n} papers shall reach office 1 from {_day(begin)} on, and at the latest", last),
    }


def _hearing(n: int) -> dict[str, str]:
    return {
        "id": f'"talks-{n}"',
        "name": f'"Talks {n}"',
        "phase": str(n),
        "group": '"group-0"',
        "roles": '["speaker"]',
        "by": '"office-1"',
        "quote": json.dumps(f"In stage {n} talks are held in every branch of district 0."),
    }


def _group(n: int) -> dict[str, str]:
    unit = f'{{ id = "unit-{n}", name = "Branch {n}" }}'
    return {"id": f'"group-{n}"', "name": f'"District {n}"', "units": f"[{unit}]"}


def _section(n: int) -> dict[str, str]:
    return {
        "id": f'"section-{n}"',
        "name": f'"Chapter {n}"',
        "responsible": f'"group-{n}"',
        "strength": '"should"',
        "quote": json.dumps(f"Chapter {n} should say what district {n} has learned."),
    }


def _quote(sentence: str, day: dt.date) -> str:
    return json.dumps(f"{sentence} on {_day(day)}, as was settled before.")


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
