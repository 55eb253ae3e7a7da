"""The JSON Schema (draft 2020-12) of the plan file, from the model: editors complete, explain and check TOML by it.

A schema knows strings where TOML has dates, and says nothing about what hangs together across items; `staffelstab check` does.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from staffelstab.timetable.plan.consistency import KINDS
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.when import PARTS, RULE, STATUSES

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ROWS = re.compile(r"\s*\(R\d+[^)]*\)|, its dates resolved")
"""Rows of our requirements, which say nothing to an author."""
EXAMPLES: dict[str, Any] = {
    "Plan.timezone": "Europe/Berlin",
    "Plan.country": "DE",
    "Plan.state": "SN",
    "Plan.source": "resolution.txt",
    "Session.time": "19:00:00",
    "Phase.overview": "JAN 18 bis MÄR 18",
    "Reports.every": "P4W",
    "Reminder.days_before": [7, 2],
}
_DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}
_TIME = {"type": "string", "pattern": r"^\d\d:\d\d:\d\d(\.\d+)?$"}


def schema_text() -> str:
    """The schema as a file, the same for the same model."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The schema of a whole plan file."""
    _, parts = msgspec.json.schema_components([Plan], ref_template="#/$defs/{name}")
    parts = {name: _part(name, part) for name, part in parts.items() if name != "When"}
    parts["When"] = _when()
    parts["Audience"] = {"anyOf": [{"type": "array", "items": {"type": "string"}}, parts["Audience"]]}
    whole: dict[str, Any] = {"$schema": DRAFT, "title": "Staffelstab: plan.toml"} | parts.pop("Plan")
    return whole | {"$defs": dict(sorted(parts.items()))}


@cache
def descriptions() -> dict[str, dict[str, str]]:
    """What each field means, by the class that holds it; "Value" is what every item may say."""
    said: dict[str, dict[str, str]] = tomllib.loads(Path(__file__).with_name("fields.toml").read_text(encoding="utf-8"))
    return said


def _part(name: str, part: dict[str, Any]) -> dict[str, Any]:
    """A section as the file has it: its own fields first, each explained; no nulls, days and times as TOML writes them."""
    own, every = descriptions().get(name, {}), descriptions()["Value"]
    given = part.get("properties", {})
    fields = {
        key: _field(name, key, given[key]) | {"description": said}
        for key, said in (own | every).items()
        if key in given
    }
    missing = set(given) - set(fields)
    if missing:
        raise KeyError(f"{name}: {', '.join(sorted(missing))} in fields.toml")
    if name == "Phase":
        fields["kind"]["enum"] = list(KINDS)
    about = _ROWS.sub("", part["description"].partition("\n")[0])
    return {"description": about, "type": "object", "properties": fields} | {
        key: part[key] for key in ("required", "additionalProperties") if part.get(key) not in ([], None)
    }


def _field(name: str, key: str, value: dict[str, Any]) -> dict[str, Any]:
    if "anyOf" in value:
        value = next(choice for choice in value["anyOf"] if choice != {"type": "null"})
    kept = {word: part for word, part in value.items() if word != "default"}
    if kept.get("format") == "date" or key == "time":
        kept = dict(_TIME if key == "time" else _DAY)
    if key == "standing":
        kept = {"enum": ["adopted", "derived", "assumed", "unknown"]}
    if f"{name}.{key}" in EXAMPLES:
        kept["examples"] = [EXAMPLES[f"{name}.{key}"]]
    return kept


def _when() -> dict[str, Any]:
    """A date in all its forms: a day, a rule, or a table with what is known of it."""
    said = descriptions()["When"]
    rule = {"type": "string", "pattern": RULE}
    forms: dict[str, dict[str, Any]] = {
        "date": _DAY,
        "rule": rule,
        "status": {"enum": list(STATUSES)},
        "candidates": {"type": "array", "items": _DAY},
        "note": {"type": "string"},
        "open": {"type": "boolean"},
        "added": {"enum": ["", *PARTS]},
    }
    table = {
        "type": "object",
        "description": "What is known of a date that is no plain fact.",
        "properties": {key: form | {"description": said[key]} for key, form in forms.items()},
        "additionalProperties": False,
    }
    return {
        "description": "A day (2018-01-19), a rule that gives one, or a table with what is known of it.",
        "anyOf": [
            _DAY | {"description": "A day as resolved, without quotation marks."},
            rule | {"description": 'A rule: "session - P2D", "3 working days before agm", or just another item\'s id.'},
            table,
        ],
        "examples": ["2018-01-19", "session - P7D", "one week before lpt", {"open": True}],
    }
