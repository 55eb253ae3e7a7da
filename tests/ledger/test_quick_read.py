"""A glance sees what the ledger sees, refuses what it refuses, and starts without SQLAlchemy."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from staffelstab.errors import LedgerError
from staffelstab.ledger.quick_read import quick_read
from staffelstab.ledger.sqlite_file import meaning
from staffelstab.ledger.store import Ledger, Place
from tests.ledger.conftest import NOON

HOUR = dt.timedelta(hours=1)


def test_a_glance_is_what_the_ledger_itself_answers(ledger: Ledger, place: Place) -> None:
    with ledger:
        for n, kind in enumerate(("pass", "received", "letter", "pass")):
            ledger.append(kind, at=NOON + n * HOUR, office="vorsitz", subject=f"s{n}", facts={"n": n})
        asked = ledger.entries("pass", "received", until=NOON + HOUR)
        assert [entry.kind for entry in asked] == ["pass", "received"]
        assert quick_read(place, "pass", "received", until=NOON + HOUR) == asked
    assert quick_read(place, "pass", "received", until=NOON + HOUR) == asked


def test_a_glance_leaves_nothing_beside_the_file(file: Path) -> None:
    quick_read(file, "pass", until=NOON)
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    ("damage", "key"),
    [
        ("UPDATE ledger SET value = '2' WHERE name = 'version'", "ledger.newer"),
        ("UPDATE ledger SET value = 'x' WHERE name = 'version'", "ledger.damaged"),
        ("DROP TABLE ledger", "ledger.foreign"),
        ("UPDATE entries SET facts = '{'", "ledger.entry"),
    ],
)
def test_what_the_ledger_refuses_a_glance_refuses(file: Path, damage: str, key: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(damage)
    with pytest.raises(LedgerError) as refused:
        quick_read(file, "genesis", until=NOON)
    assert refused.value.key == key
    assert key == "ledger.entry" or refused.value.facts == {"file": "akte.db"}


def test_what_is_missing_or_no_database_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database, whatever its name says" * 10)
    for name, key in (("none.db", "ledger.missing"), ("text.db", "ledger.foreign")):
        with pytest.raises(LedgerError) as refused:
            quick_read(tmp_path / name, "pass", until=NOON)
        assert (refused.value.key, refused.value.facts) == (key, {"file": name})


def test_a_page_that_holds_no_entries_any_more_is_damage(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'entries'").fetchone()[0]
    data = bytearray(file.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    file.write_bytes(data)

    with pytest.raises(LedgerError) as refused:
        quick_read(file, "genesis", until=NOON)
    assert (refused.value.key, refused.value.facts) == ("ledger.damaged", {"file": "akte.db"})


def test_an_error_of_which_sqlite_gives_no_number_is_taken_for_damage() -> None:
    assert (
        meaning(sqlite3.ProgrammingError("Cannot operate on a closed database."), Path("akte.db")) == "ledger.damaged"
    )


def test_the_status_command_loads_neither_sqlalchemy_nor_prefect() -> None:
    program = (
        "import sys, commands.main, commands.status; print({'sqlalchemy', 'prefect', 'pandas'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
