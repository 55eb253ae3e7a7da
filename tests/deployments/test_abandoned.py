"""When a worker is taken for gone."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import FlowRun
from prefect.states import Running

from deployments.abandoned import GONE, HERE, WORKER, Attendance
from tests.conftest import at

NOW = at("2026-11-27 12:00").astimezone(dt.UTC)
SECOND = dt.timedelta(seconds=1)
LONG_AGO = NOW - dt.timedelta(days=3)


def taken(name: str, ago: dt.timedelta) -> FlowRun:
    """A run that a worker has taken so long ago; it bears its name a moment later."""
    labels = {WORKER: name} if name else {}
    return FlowRun(flow_id=uuid4(), labels=labels, state=Running(timestamp=NOW - ago))  # type: ignore[arg-type]  # as Prefect


@pytest.mark.parametrize(
    ("name", "ago", "gone"),
    [
        ("well", dt.timedelta(hours=5), False),
        ("silent", dt.timedelta(hours=5), True),
        ("never heard", GONE + SECOND, True),
        ("never heard", GONE - SECOND, False),
        ("", GONE - SECOND, False),
        ("", GONE + SECOND, True),
        (f"{HERE}ours", GONE - SECOND, False),
        (f"{HERE}of the last time", SECOND, True),
    ],
)
def test_a_worker_is_gone_when_it_was_silent_for_so_long(name: str, ago: dt.timedelta, gone: bool) -> None:
    heard = {"well": NOW - GONE + SECOND, "silent": NOW - GONE - SECOND, f"{HERE}ours": NOW}
    assert Attendance(heard, LONG_AGO, (f"{HERE}ours",)).gone(taken(name, ago), NOW) is gone


def test_whoever_has_just_begun_to_listen_takes_nobody_for_gone() -> None:
    """The server was off, and nobody could say a word: workers elsewhere went on meanwhile."""
    run = taken("elsewhere", dt.timedelta(hours=2))
    heard = {"elsewhere": NOW - dt.timedelta(hours=1)}
    assert not Attendance(heard, NOW - GONE + SECOND).gone(run, NOW)
    assert Attendance(heard, NOW - GONE - SECOND).gone(run, NOW)
