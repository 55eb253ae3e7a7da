"""`staffelstab serve`, called from a folder somebody prepared: neither server nor runs read anything there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.conftest import at, require
from tests.deployments.club import Club, serving
from tests.hostile_folder import hostile_folder

pytestmark = [pytest.mark.slow, pytest.mark.server, require("cc"), pytest.mark.xdist_group("live")]


@pytest.mark.attack("H5")
@pytest.mark.timeout(600)
def test_neither_server_nor_runs_read_or_import_what_lies_where_one_stands(club: Club, tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    where = hostile_folder(tmp_path / "here", marks)
    club.clock.turn_to(at("2027-03-14 20:00"))

    with serving(club, "UTC", where=where):
        club.morning_of(dt.date(2027, 3, 15))  # by a process of its own

    assert list(marks.iterdir()) == []
