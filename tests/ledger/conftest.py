"""Where the tests keep their ledgers: a fresh SQLite file, or a fresh database of a throw-away PostgreSQL."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from staffelstab.ledger.entropy import Entropy
from staffelstab.ledger.store import Ledger, Place

NOON = dt.datetime(2018, 1, 14, 12, tzinfo=dt.UTC)
SEEDED = Entropy.seeded("tests")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of our own on 127.0.0.1, as "postgresql+psycopg://user@host:port"; gone after the tests."""
    yield from postgres()


def postgres() -> Iterator[str]:
    """The same for whoever is no test."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not binaries:
        pytest.skip("no PostgreSQL server (Debian: postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="staffelstab-postgres-"))
    as_user = [] if os.getuid() else ["runuser", "-u", "postgres", "--"]
    if as_user:
        shutil.chown(folder, "postgres")
    tools, data, port = binaries[-1].parent, folder / "data", _free_port()

    def run(*command: str | Path) -> None:
        subprocess.run([*as_user, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run(tools / "initdb", "-D", data, "-A", "trust", "-U", "tests", "-E", "UTF8", "--no-sync")
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off"
    run(tools / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start")
    try:
        yield f"postgresql+psycopg://tests@127.0.0.1:{port}"
    finally:
        run(tools / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


_numbers = count()


@pytest.fixture
def postgres_place(postgres_url: str) -> str:
    """The URL of an empty database."""
    name = f"akte_{next(_numbers)}"
    engine = sa.create_engine(f"{postgres_url}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return f"{postgres_url}/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A place for a ledger, once of each kind."""
    if request.param == "sqlite":
        return tmp_path / "akte.db"
    url: str = request.getfixturevalue("postgres_place")
    return url


@pytest.fixture
def ledger(place: Place) -> Iterator[Ledger]:
    """A new ledger with seeded entropy, once of each kind."""
    with Ledger.create(place, plan="mitgliederarbeit-2018", entropy=SEEDED, now=NOON) as ledger:
        yield ledger


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a new SQLite ledger, closed again."""
    path = tmp_path / "akte.db"
    Ledger.create(path, plan="mitgliederarbeit-2018", entropy=SEEDED, now=NOON).close()
    return path
