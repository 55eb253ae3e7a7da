"""Each sabotage changes what it says, and nothing else."""

from __future__ import annotations

import csv
import io
from pathlib import PurePosixPath

import pytest

from staffelstab.plan.load import load_plan
from staffelstab.rehearsal.inputs import deliveries, verdicts
from staffelstab.rehearsal.sabotage import SABOTAGE, Play
from staffelstab.rehearsal.script import script
from tests.conftest import at
from tests.year import PARTY

PLAN = load_plan(PARTY)
ARRIVING = deliveries(PLAN, PARTY)
PIECE = Play(PLAN, ARRIVING, script(PLAN, ARRIVING, verdicts(PLAN, PARTY)))


def test_late_every_third_paper_comes_after_the_deadline() -> None:
    found = SABOTAGE["late"](PIECE)
    before = {item.path: item.at for item in PIECE.deliveries}
    moved = [item for item in found.deliveries if item.at != before[item.path]]

    assert {item.path for item in found.deliveries} == before.keys()
    assert len(moved) == 6
    assert {item.at for item in moved} == {at("2018-01-17")}
    assert all(item.path.startswith("beitraege/") and before[item.path] < at("2018-01-15") for item in moved)
    assert found.scenes == PIECE.scenes


def test_unreadable_one_paper_is_cut_in_half() -> None:
    found = SABOTAGE["unreadable"](PIECE)
    cut = [
        (old.path, len(new.content) - len(old.content) // 2)
        for old, new in zip(PIECE.deliveries, found.deliveries, strict=True)
        if old != new
    ]

    assert cut == [("beitraege/mail-vom-18-dezember.eml", 0)]


def test_silent_half_of_the_associations_never_answer() -> None:
    """No paper and no minutes of theirs, and where a talk was held with them, the sheet says that nobody answered."""
    found = SABOTAGE["silent"](PIECE)
    gone = {PurePosixPath(item.path).stem for item in PIECE.deliveries} - {
        PurePosixPath(item.path).stem for item in found.deliveries
    }
    sheet = next(item for item in found.deliveries if item.path == "gespraeche/gespraeche-maerz.csv")
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    needs = next(item for item in found.deliveries if item.path == "beduerfnisse/bedarf-januar.csv")

    assert {"bautzen-kgf", "dresden-kgf", "nordsachsen-vorsitz", "zwickau-anrufliste"} <= gone
    assert "leipzig-vorsitz" not in gone
    assert {row["Stand"] for row in rows if row["Verband"] == "Dresden"} == {"keine Antwort"}
    assert {row["Stand"] for row in rows if row["Verband"] == "Leipzig"} == {"geführt"}
    assert b"Dresden" not in needs.content
    assert b"Leipzig" in needs.content
    assert len(found.scenes) == len(PIECE.scenes)


def test_standstill_nothing_runs_for_nine_days_and_the_session_is_recorded_after() -> None:
    found = SABOTAGE["standstill"](PIECE)
    quiet = [scene for scene in found.scenes if at("2018-01-17") <= scene.at < at("2018-01-26")]
    evening = next(scene for scene in found.scenes if scene.verdict and scene.verdict.session.id == "lv-2018-01-19")

    assert quiet == []
    assert evening.at == at("2018-01-26 07:00")
    assert at("2018-01-26 08:00") in [scene.at for scene in found.scenes]
    assert [scene.at for scene in found.scenes] == sorted(scene.at for scene in found.scenes)


def test_killed_the_pass_that_freezes_the_first_paper() -> None:
    found = SABOTAGE["killed"](PIECE)

    assert [scene.at for scene in found.scenes if scene.kill] == [at("2018-01-17 07:00")]
    assert found.deliveries == PIECE.deliveries


@pytest.mark.parametrize("name", SABOTAGE)
def test_the_same_sabotage_twice_is_the_same(name: str) -> None:
    assert SABOTAGE[name](PIECE) == SABOTAGE[name](PIECE)
