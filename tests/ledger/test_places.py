"""Opening what is not there, not ours, not readable — and leaving no trace where one only looked."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from pathlib import Path

import pytest

from staffelstab.errors import LedgerError
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content
from tests.ledger import ledger_processes
from tests.ledger.conftest import NOON, SEEDED


def refusal(path: Path | str) -> str:
    """The key of the error with which opening is refused."""
    with pytest.raises(LedgerError) as refused:
        Ledger.open(path)
    assert refused.value.text("de") != refused.value.text("en")
    assert refused.value.facts == {"file": str(path).rpartition("/")[2]}, "the name alone"
    return refused.value.key


def contents_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_only_the_owner_can_read_a_ledger(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        with Ledger.create(tmp_path / "akte.db", plan="p", now=NOON) as ledger:
            ledger.append("pass", at=NOON)
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    finally:
        os.umask(umask)
    assert modes == {"akte.db": 0o600, "akte.db-wal": 0o600, "akte.db-shm": 0o600}
    assert [path.name for path in tmp_path.iterdir()] == ["akte.db"]


def test_the_disk_is_never_spared(file: Path) -> None:
    with Ledger.open(file) as ledger, ledger.reading() as reader:
        pragmas = ("journal_mode", "synchronous", "secure_delete", "trusted_schema")
        settings = {name: reader.connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas}
    assert settings == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "trusted_schema": 0}


def test_a_missing_ledger_is_not_created_by_looking(tmp_path: Path) -> None:
    assert refusal(tmp_path / "akte.db") == "ledger.missing"
    assert refusal(tmp_path) == "ledger.missing"
    assert list(tmp_path.iterdir()) == []


def test_looking_leaves_everything_as_it_was(file: Path) -> None:
    before = contents_of(file.parent)
    with Ledger.open(file, read_only=True) as ledger:
        assert len(ledger.entries()) == 1
    assert contents_of(file.parent) == before


def test_a_ledger_that_only_others_may_write_is_still_read(file: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(file, folder / "akte.db")
        (folder / "akte.db").chmod(0o444)
        folder.chmod(0o555)
        answer = ledger_processes.run(ledger_processes.look_as_nobody, str(folder / "akte.db"))
        folder.chmod(0o700)
    assert answer == ["genesis", "ledger.readonly"]


@pytest.mark.parametrize(
    "data", [b"", b"Liebe Genoss*innen", b"SQLite format 3\0" + bytes(200), b"PK\3\4" + bytes(5000)]
)
def test_another_file_is_not_taken_for_a_ledger(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "akte.db"
    path.write_bytes(data)
    assert refusal(path) in {"ledger.foreign", "ledger.damaged"}
    assert path.read_bytes() == data


def test_another_database_is_not_taken_for_a_ledger(tmp_path: Path) -> None:
    path = tmp_path / "akte.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE entries (id)")
    other.close()
    assert refusal(path) == "ledger.foreign"


def test_a_newer_ledger_is_left_to_a_newer_version(file: Path) -> None:
    change(file, "UPDATE ledger SET value = '2' WHERE name = 'version'")
    assert refusal(file) == "ledger.newer"


@pytest.mark.parametrize("value", ["", "eins", "-1"])
def test_an_impossible_version_is_damage(file: Path, value: str) -> None:
    change(file, f"UPDATE ledger SET value = '{value}' WHERE name = 'version'")
    assert refusal(file) == "ledger.damaged"


def test_a_ledger_without_its_secret_is_damaged(file: Path) -> None:
    change(file, "DELETE FROM ledger WHERE name = 'secret'")
    assert refusal(file) == "ledger.damaged"


def test_where_no_file_can_be_made_the_error_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LedgerError) as refused:
        Ledger.create(tmp_path / "file" / "akte.db", plan="p", now=NOON)
    assert refused.value.key == "ledger.place"
    assert refused.value.facts == {"file": "akte.db", "reason": "File exists"}


def test_an_existing_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "akte.db"
    path.write_bytes(b"etwas anderes")
    with pytest.raises(LedgerError) as refused:
        Ledger.create(path, plan="p", now=NOON)
    assert (refused.value.key, refused.value.facts) == ("ledger.exists", {"file": "akte.db"})
    assert [(found.name, found.read_bytes()) for found in tmp_path.iterdir()] == [("akte.db", b"etwas anderes")]


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(LedgerError) as refused:
        Ledger.open("postgresql+psycopg://amt:geheim@127.0.0.1:1/akte", patience=1)
    assert refused.value.key == "ledger.unreachable"
    assert "geheim" not in f"{refused.value}{refused.value.facts}"
    assert "127.0.0.1" not in str(refused.value)


def test_an_empty_server_database_holds_no_ledger(postgres_place: str) -> None:
    assert refusal(postgres_place) == "ledger.foreign"


def test_a_full_disk_is_said_and_loses_nothing(file: Path) -> None:
    with Ledger.open(file) as ledger:
        kept = ledger.append("received", at=NOON, content=Content("original", "text/plain", b"da"))
        with pytest.raises(LedgerError) as refused, ledger.writing() as transaction:  # noqa: PT012 -- the disk fills in between
            pages = transaction.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            transaction.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
            transaction.append("received", at=NOON, content=Content("original", "text/plain", b"Canary-Satz " * 5000))
        assert (refused.value.key, refused.value.facts) == ("ledger.full", {"file": "akte.db"})
        assert "Canary" not in f"{refused.value!r}{refused.value}{refused.value.__cause__}"
        assert ledger.content(str(kept.object)) == b"da"
        assert ledger.verify() == []


def test_after_a_disk_error_nothing_more_is_tried_and_nothing_is_lost(file: Path) -> None:
    with Ledger.open(file) as ledger:
        kept = ledger.append("received", at=NOON, key="k", content=Content("original", "text/plain", b"da"))
    assert ledger_processes.run(ledger_processes.outgrow_the_disk, str(file)) == ["ledger.disk", "ledger.disk"]
    with Ledger.open(file) as ledger:
        assert (ledger.entries("received"), ledger.verify()) == ([kept], [])
        ledger.append("received", at=NOON, key="again")


def test_a_copy_elsewhere_is_the_same_ledger(file: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    with Ledger.open(file, entropy=SEEDED) as ledger:
        entry = ledger.append("received", at=NOON, key="k", content=Content("original", "text/plain", b"da"))
    copy = tmp_path_factory.mktemp("other machine") / "Kopie der Akte #1 100%.db"
    copy.write_bytes(file.read_bytes())
    with Ledger.open(copy) as ledger:
        assert (ledger.find("k"), ledger.verify()) == (entry, [])


def change(file: Path, *statements: str) -> None:
    """Tamper with a ledger behind our back."""
    connection = sqlite3.connect(file)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
