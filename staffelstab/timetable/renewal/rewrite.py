"""The plan file written anew: dates moved and assumed, rules and comments kept, the old resolution's sentences taken out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

import tomlkit

from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.slots import DATED
from staffelstab.timetable.renewal.dated_ids import plan_renamed, renamed, rule_renamed
from staffelstab.timetable.renewal.distance import Distance
from staffelstab.timetable.renewal.overview_months import Term, overview_anew

TEXTS = frozenset(
    {
        "asks",
        "codebook",
        "coordinated_with",
        "country",
        "finances",
        "further_measures",
        "grounds",
        "kind",
        "language",
        "levels",
        "name",
        "organisation",
        "overview",
        "place",
        "publicity",
        "questions",
        "reader_walls",
        "region",
        "short",
        "state",
        "targets",
        "text",
        "timezone",
        "title",
        "types",
    }
)
"""Fields that people read: an id in them is only a word."""
RULES = frozenset(field.key for fields in DATED.values() for field in fields)
"""Fields whose ids stand in rules."""
SAID = ("quote", "note")
"""What the old resolution said, or left open."""


def rewritten(text: str, plan: Plan, moved: Distance) -> tuple[str, dict[str, str]]:
    """The new file's text, and its renamed ids. `plan` is the one that `text` holds, resolved."""
    document = tomlkit.parse(text)
    names = renamed(_ids(document.unwrap()), moved)
    _dates(document, moved, names)
    _refer(document, names)
    _overviews(document, plan, moved)
    _resolution(document, moved)
    _silence(document)
    document["id"] = plan_renamed(plan.id, moved.day(min(phase.start.day for phase in plan.phases)).year, moved)
    for key in ("source", "breaks"):
        document.pop(key, None)
    for key in ("first", "last", "at_most"):
        if key in (horizon := document.get("horizon", {})):
            horizon[key] = moved.year(int(horizon[key]))
    return tomlkit.dumps(document), names


def _ids(value: Any) -> Iterator[str]:
    """Every id of the file, but not the plan's own."""
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if isinstance(inner, dict) and isinstance(inner.get("id"), str):
            yield inner["id"]
        yield from _ids(inner)


def _dates(document: MutableMapping[str, Any], moved: Distance, names: Mapping[str, str]) -> None:
    for call in document.get("calls", ()):
        call["audience"] = _inline({"proposed": _audience(call["audience"])})
    for table, fields in DATED.items():
        for item in document.get(table, ()):
            for field in fields:
                if field.key in item:
                    item[field.key] = _anew(item[field.key], moved, names, ours=table != "events")


def _anew(when: Any, moved: Distance, names: Mapping[str, str], *, ours: bool) -> Any:
    """One date: a rule stays a rule, a day becomes an assumed one; of what is not ours to move, the day becomes a question."""
    if isinstance(when, str):
        return rule_renamed(when, names)
    if isinstance(when, dt.date):
        day = moved.day(when)
        return _inline({"date": day, "status": "assumed"} | ({} if ours else {"candidates": [day]}))
    facts = {key: value for key, value in when.unwrap().items() if key not in {"note", "added"}}
    if "rule" in facts:
        facts["rule"] = rule_renamed(facts["rule"], names)
    if "candidates" in facts:
        facts["candidates"] = [moved.day(day) for day in facts["candidates"]]
    if "date" in facts:
        facts |= {"date": moved.day(facts["date"]), "status": "assumed"}
        if not ours:
            facts.setdefault("candidates", [facts["date"]])
    elif facts.get("status") == "adopted":
        facts["status"] = "assumed"
    return _inline(facts)


def _audience(audience: Any) -> list[str]:
    """Whom a call was to reach; until the new resolution says so, a proposal (R83)."""
    plain = audience.unwrap()
    return list(plain if isinstance(plain, list) else plain.get("adopted") or plain.get("proposed", []))


def _inline(facts: Mapping[str, Any]) -> Any:
    """An inline table with air around it; of a rule alone, the rule."""
    if set(facts) == {"rule"}:
        return facts["rule"]
    entries = ", ".join(f"{key} = {tomlkit.item(value).as_string()}" for key, value in facts.items())
    return tomlkit.value(f"{{ {entries} }}")


def _overviews(document: MutableMapping[str, Any], plan: Plan, moved: Distance) -> None:
    for item, phase in zip(document["phases"], plan.phases, strict=True):
        if phase.overview:
            old = Term(phase.start.day, phase.end.date)
            new = Term(moved.day(phase.start.day), moved.day(phase.end.date) if phase.end.date else None)
            item["overview"] = overview_anew(phase.overview, old, new, moved, plan.language)


def _resolution(document: MutableMapping[str, Any], moved: Distance) -> None:
    """A resolution yet to be taken: its day assumed, its vote and certification open (R13–R15)."""
    resolution = document["resolution"]
    resolution["date"] = moved.day(resolution["date"])
    resolution["standing"] = "assumed"
    if "vote" in resolution:
        vote = resolution["vote"]
        for key in list(vote):
            del vote[key]
        vote["standing"] = "unknown"
    if "certified" in resolution:
        resolution["certified"].pop("date", None)


def _refer(value: Any, names: Mapping[str, str]) -> None:
    """Wherever an id is spoken of, its new name."""
    for key, inner in list(value.items() if isinstance(value, Mapping) else enumerate(value)):
        if key in TEXTS or key in SAID or key in RULES:
            continue
        if isinstance(inner, str) and inner in names:
            value[key] = names[inner]
        elif isinstance(inner, (Mapping, list)):
            _refer(inner, names)


def _silence(value: Any) -> None:
    """Take out the old sentences, and with them every claim to rest on one."""
    for inner in list(value.values() if isinstance(value, Mapping) else value):
        if isinstance(inner, (Mapping, list)):
            _silence(inner)
    if isinstance(value, MutableMapping):
        for key in SAID:
            value.pop(key, None)
        if value.get("standing") in {"adopted", "derived"}:
            del value["standing"]
