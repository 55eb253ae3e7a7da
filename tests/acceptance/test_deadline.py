"""The last second of a deadline day is in time, the next is late: by the moments of the files, in weeks of any length."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deployments.server.process import Server
from flows.daily_pass import daily_pass
from staffelstab.submissions.case.gather import gather
from staffelstab.timetable.plan.load import load_plan
from staffelstab.workspace import create
from tests.acceptance.cli import CHOIR, PARTY
from tests.acceptance.eve import drop
from tests.conftest import BERLIN, within
from tests.year import markdown_drafts

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("kill")]

LONDON = ZoneInfo("Europe/London")


def moved(example: Path, folder: Path, old: str, new: str) -> Path:
    """The example with another deadline for its first call."""
    text = (example / "plan.toml").read_text(encoding="utf-8")
    assert text.count(f"deadline = {old}\n") == 1
    place = folder / "plan.toml"
    place.write_text(text.replace(f"deadline = {old}\n", f"deadline = {new}\n"), encoding="utf-8")
    return place


@pytest.mark.parametrize(
    ("example", "decided", "deadline", "zone", "hours"),
    [
        (PARTY, "2018-01-14", "2018-01-14", BERLIN, 24),
        (PARTY, "2018-01-14", "2018-03-25", BERLIN, 23),
        (CHOIR, "2025-11-30", "2025-10-26", LONDON, 25),
    ],
    ids=["14 January", "clocks go forward", "clocks go back"],
)
def test_one_second_decides(
    example: Path, decided: str, deadline: str, zone: ZoneInfo, hours: int, prefect: Server, tmp_path: Path
) -> None:
    place = moved(example, tmp_path, decided, deadline)
    plan = load_plan(place)
    day = dt.date.fromisoformat(deadline)
    begins, ends = plan.starts(day).astimezone(dt.UTC), plan.ends(day).astimezone(dt.UTC)
    assert ends - begins == dt.timedelta(hours=hours)

    workspace = create(place, tmp_path / "akte", now=begins)  # the machine stood still for no longer than a day
    second = dt.timedelta(seconds=1)
    folder = "beitraege" if plan.language == "de" else "papers"
    for name, moment in {"first": begins, "last": ends - second, "late": ends, "later": ends + second}.items():
        drop(workspace, f"{folder}/{name}.txt", f"The {name} paper.\n".encode(), moment)
    with markdown_drafts():
        within(workspace.root, daily_pass, dt.datetime.combine(day + dt.timedelta(days=1), dt.time(7), zone))

    with workspace.open(read_only=True) as ledger:
        case = gather(ledger, plan, ends + dt.timedelta(hours=12))
    assert [(paper.statements[0].text, f"{paper.arrived:%d %H:%M:%S}", paper.late) for paper in case.papers] == [
        ("The first paper.", f"{day:%d} 00:00:00", False),
        ("The last paper.", f"{day:%d} 23:59:59", False),
        ("The late paper.", f"{day + dt.timedelta(days=1):%d} 00:00:00", True),
        ("The later paper.", f"{day + dt.timedelta(days=1):%d} 00:00:01", True),
    ]
    assert [paper.doubtful for paper in case.papers] == [False] * 4
