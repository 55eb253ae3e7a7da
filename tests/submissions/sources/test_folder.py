"""When a file in the drop folder has arrived, and how sure that is: what the system knows of it is held against what it claims."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from staffelstab.submissions.sources.arrival import Arrival, Source
from staffelstab.submissions.sources.folder import folder

HOUR = dt.timedelta(hours=1)


def arrival(
    place: Path, claimed: dt.timedelta, since: dt.timedelta, *, played: bool = False
) -> tuple[Arrival, dt.datetime]:
    """A file put down just now that claims to be so much older, as a pass finds it a minute later; and when it was put down."""
    file = place / "Beitrag.txt"
    file.write_text("Mehr Räume.", encoding="utf-8")
    present = dt.datetime.fromtimestamp(file.stat().st_mtime_ns // 1000 / 1_000_000, dt.UTC)
    if claimed:
        os.utime(file, (0, (present - claimed).timestamp()))
    source = Source("folder", str(place), played=played)
    with folder(source, present - since, present + dt.timedelta(minutes=2)) as [found]:
        assert isinstance(found, Arrival)
        return found, present


@pytest.mark.attack("M7")
def test_a_file_that_claims_to_have_come_before_it_was_put_there_is_doubtful(tmp_path: Path) -> None:
    """Between two passes: nobody can say that it was not there then, but the system knows that it was put there only now."""
    found, present = arrival(tmp_path, claimed=20 * HOUR, since=24 * HOUR)

    assert not found.certain
    assert abs(found.at - (present - 20 * HOUR)) < dt.timedelta(seconds=1)


@pytest.mark.attack("M7")
def test_a_file_that_claims_to_have_come_before_the_last_pass_is_doubtful(tmp_path: Path) -> None:
    found, present = arrival(tmp_path, claimed=48 * HOUR, since=24 * HOUR)

    assert (found.certain, found.at) == (False, present - 24 * HOUR)


def test_a_file_that_was_just_put_down_is_certain(tmp_path: Path) -> None:
    found, present = arrival(tmp_path, claimed=dt.timedelta(0), since=24 * HOUR)

    assert (found.certain, found.at) == (True, present)


def test_where_time_is_played_the_system_is_not_asked(tmp_path: Path) -> None:
    found, _ = arrival(tmp_path, claimed=20 * HOUR, since=24 * HOUR, played=True)

    assert found.certain
