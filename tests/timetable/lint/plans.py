"""Plans with their sources to ask, and what is found about them in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from staffelstab.language import Language
from staffelstab.timetable.lint import doubts, overview_rows
from staffelstab.timetable.lint import quoted_dates as said_rules
from staffelstab.timetable.lint.finding import Finding, Subject
from staffelstab.timetable.lint.rules import lint
from staffelstab.timetable.plan.load import load_plan, plan_from
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.slots import slots, with_dates
from staffelstab.timetable.plan.when import When
from staffelstab.timetable.reading.source import Source, source_beside
from tests.conftest import ROOT

PARTY = ROOT / "examples" / "mitgliederarbeit-2018"
CHOIR = ROOT / "examples" / "choir-statute"
CLEAN = {
    "de": ROOT / "tests" / "timetable" / "lint" / "clean_de",
    "en": ROOT / "tests" / "timetable" / "lint" / "clean_en",
}

Key = tuple[str, str]
"""Code and path: which finding it is, whatever it says."""

FOLDER = "akte"
"""The working folder that proposed commands name."""


@cache
def planned(folder: Path) -> Plan:
    """The plan in a folder."""
    return load_plan(folder)


@cache
def source(folder: Path) -> Source | None:
    """The text of its resolution."""
    return source_beside(folder / "plan.toml", planned(folder).source)


@cache
def found(folder: Path) -> tuple[Finding, ...]:
    """What is found about the plan in a folder."""
    return lint(planned(folder), source(folder))


def found_after(folder: Path, *replacements: tuple[str, str]) -> tuple[Finding, ...]:
    """What is found after these passages of the plan file are replaced, each of which must be there."""
    text = (folder / "plan.toml").read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    plan = plan_from(text)
    return lint(plan, source(folder) if plan.source else None)


def by_dates(plan: Plan, text: Source | None) -> set[Key]:
    """What the rules alone find that look at single dates."""
    rules = (*overview_rows.RULES, *said_rules.RULES, *doubts.RULES)
    return keys(item for rule in rules for item in rule(Subject(plan, text)))


def keys(findings: Iterable[Finding]) -> set[Key]:
    """Which findings they are."""
    return {(item.code, item.path) for item in findings}


def said(findings: tuple[Finding, ...], code: str, language: str = "de", part: str = "text") -> list[str]:
    """The sentences of all findings of this code."""
    words = Language(language)
    return [words.say(f"lint.{code}.{part}", folder=FOLDER, **item.facts) for item in findings if item.code == code]


def moved(plan: Plan, name: str, when: When) -> Plan:
    """The plan with one of its dates changed, whatever else would follow from it."""
    if name == "resolution":
        return msgspec.structs.replace(plan, resolution=msgspec.structs.replace(plan.resolution, date=when.day))
    if name == "certified":
        certified = msgspec.structs.replace(plan.resolution.certified, date=when.day)
        return msgspec.structs.replace(plan, resolution=msgspec.structs.replace(plan.resolution, certified=certified))
    return with_dates(plan, {name: when})


def candidate_moved(plan: Plan, name: str, at: int, day: dt.date) -> Plan:
    """The plan with one candidate of a date replaced by another day."""
    when = slots(plan)[name].when
    candidates = tuple(day if place == at else known for place, known in enumerate(when.candidates))
    return with_dates(plan, {name: msgspec.structs.replace(when, candidates=candidates)})
