"""The two example plans, and small plans to change one thing in."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Plan
from tests.conftest import ROOT

PARTY_FOLDER = ROOT / "examples" / "mitgliederarbeit-2018"
CHOIR_FOLDER = ROOT / "examples" / "choir-statute"

SMALL = """\
id = "klein"
title = "Kleiner Plan"
organisation = "Verein"
language = "de"
timezone = "Europe/Berlin"
country = "DE"
state = "SN"
coordinator = "koordination"

[resolution]
body = "vorstand"
date = 2018-01-02

[[offices]]
id = "koordination"
name = "Koordination"

[[bodies]]
id = "vorstand"
name = "Vorstand"
seats = [
  { id = "vorsitz", name = "Vorsitz" },
  { id = "kasse", name = "Kasse" },
]

[[events]]
id = "tagung"
date = 2018-05-12
name = "Tagung"

[[sessions]]
id = "sitzung"
name = "Sitzung"
body = "vorstand"
date = 2018-04-06
papers_due = "session - P7D"
phase = 1
item = "discussion"

[[phases]]
number = 1
name = "Sammeln"
kind = "call"
start = 2018-02-01
end = 2018-03-31
gate = "presentation"

[[calls]]
id = "aufruf"
name = "Aufruf"
phase = 1
opens = 2018-02-01
deadline = 2018-03-25
audience = ["vorstand"]
address = "koordination"
"""


def changed(*replacements: tuple[str, str]) -> str:
    """The small plan with these passages replaced, each of which must be there."""
    text = SMALL
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


@pytest.fixture(scope="session")
def party() -> Plan:
    return load_plan(PARTY_FOLDER)


@pytest.fixture(scope="session")
def choir() -> Plan:
    return load_plan(CHOIR_FOLDER / "plan.toml")


@pytest.fixture(scope="session")
def resolution() -> str:
    """The resolution of the party's example, as it was published."""
    return (PARTY_FOLDER / "resolution.txt").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the small plan in it."""
    (tmp_path / "plan.toml").write_text(SMALL, encoding="utf-8")
    return tmp_path
