"""One live server for the tests of this folder, which starts once; and a club whose folder is served on a clock of its own."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from deployments.server.process import Server, home_of, live_server
from tests.conftest import at
from tests.deployments.club import Club
from tests.deployments.garden import garden
from tests.deployments.wall_clock import WallClock
from tests.ledger.conftest import postgres_url
from tests.prepared_server import prepared

__all__ = ["postgres_url"]


@pytest.fixture(scope="package")
def live(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """A hardened server with interface, on a free port."""
    with live_server(prepared(tmp_path_factory.mktemp("live")), 0) as server:
        yield server


@pytest.fixture
def club(tmp_path: Path) -> Club:
    """A working folder, made in the morning of the first day."""
    club = Club(tmp_path / "akte", WallClock(tmp_path))
    club.clock.turn_to(at("2027-03-13 06:30"))
    prepared(home_of(club.root))
    club.tell("UTC", "init", str(garden(tmp_path / "plan")), str(club.root))
    return club
