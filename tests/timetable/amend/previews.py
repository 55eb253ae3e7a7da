"""Previews of the two examples, as text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from commands.previews import text
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.past import Past
from staffelstab.timetable.amend.preview import Preview, preview
from staffelstab.timetable.amend.requests import Wish, requested
from tests.conftest import ROOT

PARTY = ROOT / "examples" / "mitgliederarbeit-2018"
CLUB = ROOT / "tests" / "timetable" / "amend" / "club"
CHOIR = ROOT / "examples" / "choir-statute"

Day = dt.date


def rippled(place: Path, item: str, day: str, *others: str, past: Past | None = None) -> Preview:
    """What moving an item of a plan would do."""
    basis = Basis(place)
    return preview(basis, requested(basis, Wish(item, Day.fromisoformat(day), others)), past=past)


def section(seen: Preview, head: str) -> list[str]:
    """The lines below a heading of the preview."""
    blocks = text(seen).strip("\n").split("\n\n")
    found = [block.split("\n") for block in blocks]
    return next((lines[1:] for lines in found if lines[0] == head), [])


def said(seen: Preview, head: str) -> list[str]:
    """The sentences below a heading, each in one line."""
    return [" ".join(item.split()) for item in "\n".join(section(seen, head)).split("  - ") if item.strip()]
