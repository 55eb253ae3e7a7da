"""What a draft can write is what a plan can hold, in an order that its values know and no finder."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache

import msgspec
import pytest

from staffelstab.timetable.draft import plan_entries
from staffelstab.timetable.draft.compose import draft_of
from staffelstab.timetable.draft.plan_entries import KEY, Draft, Event, Item, Office, Resolution
from staffelstab.timetable.draft.write import toml_of
from staffelstab.timetable.plan import model
from staffelstab.timetable.plan.when import When

TEXT = """Neue Satzung

Beschluss des Vorstands vom 9. September 2026

Der Vorstand beschließt einen Zeitplan.

Schritt 1: Gespräche (11. Januar bis 26. März 2027)
Der Vorstand berät in der Sitzung am 20. März 2027.

Schritt 2: Konzept (1. April bis 31. August 2027)
Schreiben.
"""
TABLES: Mapping[str, type[msgspec.Struct]] = {
    "resolution.vote": model.Vote,
    "resolution.certified": model.Certified,
    "resolution.responsible": model.Responsible,
    "resolution": model.Resolution,
    "recipients": model.Recipient,
    "perspectives": model.Perspective,
    "offices": model.Office,
    "bodies": model.Body,
    "groups": model.Group,
    "roles": model.Role,
    "hearings": model.Hearing,
    "events": model.Event,
    "sessions": model.Session,
    "phases": model.Phase,
    "calls": model.Call,
    "materials": model.Material,
    "responsibilities": model.Responsibility,
    "resubmission": model.Resubmission,
    "reports": model.Reports,
    "breaks": model.Break,
    "": model.Plan,
}
KINDS = [
    kind
    for kind in vars(plan_entries).values()
    if isinstance(kind, type) and issubclass(kind, Item) and kind is not Item
]


@cache
def draft() -> Draft:
    made, _ = draft_of(TEXT, "de")
    assert made is not None
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_that_a_draft_writes_is_one_of_the_plans(kind: type[Item]) -> None:
    general = {each.name for each in fields(Item)}
    keys = {each.metadata.get(KEY, each.name) for each in fields(kind) if each.name not in general}
    assert keys - {each.encode_name for each in msgspec.structs.fields(TABLES[kind.table])} == set()


def test_every_table_of_a_draft_is_known_here() -> None:
    assert {kind.table for kind in KINDS} == set(TABLES)


def test_the_order_of_keys_is_the_values_own_whatever_was_found_first() -> None:
    found_late = Office(
        quote="Satz.", note="Anmerkung.", successor="b", perspective="p", id="a", name="A", strength="must"
    )
    filled = When(status="unknown", note="Kein Tag.")
    whole = replace(found_late, until=When(dt.date(2027, 8, 31)), deputy="c", filled=filled)
    assert _written(replace(draft(), offices=(whole,)), "[[offices]]") == [
        'id = "a"',
        'name = "A"',
        'filled = { status = "unknown", note = "Kein Tag." }',
        'deputy = "c"',
        'strength = "must"',
        "until = 2027-08-31",
        'successor = "b"',
        'perspective = "p"',
        'quote = "Satz."',
        'note = "Anmerkung."',
    ]


def test_what_was_not_found_is_not_written_and_what_is_empty_in_the_text_is() -> None:
    resolution = Resolution(body="vorstand", date=dt.date(2026, 9, 9), grounds="", finances=None)
    assert _written(replace(draft(), resolution=resolution), "[resolution]") == [
        'body = "vorstand"',
        "date = 2026-09-09",
        'grounds = ""',
    ]


@pytest.mark.parametrize(
    ("when", "line"),
    [
        (When(dt.date(2027, 3, 1)), "date = 2027-03-01"),
        (When(dt.date(2027, 3, 1), added="year"), 'date = { date = 2027-03-01, added = "year" }'),
        (When(dt.date(2027, 3, 1), "assumed", note="Warum."), 'date = { date = 2027-03-01, status = "assumed", note = "Warum." }'),
        (When(rule="one week before lpt"), 'date = "one week before lpt"'),
        (When(rule="lpt + P2D", note="Warum."), 'date = { rule = "lpt + P2D", note = "Warum." }'),
        (When(status="open"), "date = { open = true }"),
        (
            When(dt.date(2027, 3, 1), "derived", "lpt - P1W", (dt.date(2027, 3, 1), dt.date(2027, 3, 2)), "Warum."),
            'date = { date = 2027-03-01, status = "derived", rule = "lpt - P1W", candidates = [2027-03-01, 2027-03-02], '
            'note = "Warum." }',
        ),
    ],
)  # fmt: skip
def test_a_date_is_written_as_briefly_as_a_plan_allows(when: When, line: str) -> None:
    assert _written(replace(draft(), events=(Event(id="e", name="E", date=when),)), "[[events]]")[2] == line


def test_a_draft_without_sessions_says_so_because_a_plan_must() -> None:
    assert "sessions" not in toml_of(draft(), "de").split("[", 1)[0]
    assert tomllib.loads(toml_of(replace(draft(), sessions=()), "de"))["sessions"] == []


def _written(changed: Draft, table: str) -> list[str]:
    """The lines of the first item of a table."""
    lines = toml_of(changed, "de").splitlines()
    rest = lines[lines.index(table) + 1 :]
    return rest[: next(place for place, line in enumerate(rest) if not line or line.startswith(("#", "[")))]
