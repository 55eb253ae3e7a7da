"""Heads kept outside of the ledger: a ledger that was exchanged, cut or rewritten is not written to, and a check says why."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from staffelstab.errors import LedgerError
from staffelstab.ledger.hashing import sealed
from staffelstab.ledger.heads import KEPT, Head, HeadsFile
from staffelstab.ledger.store import Ledger, Place
from staffelstab.ledger.values import BEFORE_ALL, Content, Line
from tests.ledger.conftest import NOON, SEEDED
from tests.ledger.test_places import change


@pytest.fixture
def heads(tmp_path: Path) -> HeadsFile:
    return HeadsFile(tmp_path / "aside" / ".heads")


@pytest.fixture
def kept(file: Path, heads: HeadsFile) -> Path:
    """A ledger with five entries beside which heads are kept."""
    with Ledger.open(file, entropy=SEEDED, heads=heads) as ledger:
        for n in range(4):
            ledger.append(
                "note", at=NOON, subject=f"s{n}", key=f"k{n}", content=Content("original", "text/plain", b"%d" % n)
            )
    return file


def refusal(file: Place, heads: HeadsFile) -> str:
    """Why a ledger is not opened for writing; reading it stays possible."""
    with pytest.raises(LedgerError) as refused:
        Ledger.open(file, heads=heads)
    assert refused.value.text("de") != refused.value.text("en")
    return refused.value.key


def findings(file: Path, heads: HeadsFile) -> list[str]:
    with Ledger.open(file, read_only=True) as ledger:
        found = ledger.verify(heads.read())
    assert all(item.text("de") and item.text("en") for item in found)
    return [item.key for item in found]


def recomputed(file: Path, edit: Callable[[Line], Line]) -> None:
    """Write the journal anew with a chain that is in order, as somebody would who knows how."""
    connection = sqlite3.connect(file)
    lines = [Line(*row) for row in connection.execute(f"SELECT {', '.join(Line._fields)} FROM entries ORDER BY seq")]
    connection.execute("DELETE FROM entries")
    prev = BEFORE_ALL
    for line in lines:
        sealed_line = sealed(edit(line)._replace(prev=prev))
        connection.execute(f"INSERT INTO entries VALUES ({', '.join('?' * len(sealed_line))})", sealed_line)
        prev = sealed_line.hash
    connection.commit()
    connection.close()


# -- the file ----------------------------------------------------------------------------------------------------------


def test_every_transaction_that_wrote_notes_its_last_entry(kept: Path, heads: HeadsFile) -> None:
    with Ledger.open(kept, heads=heads) as ledger:
        assert [head.seq for head in heads.read()] == [2, 3, 4, 5]
        assert heads.read()[-1] == ledger.newest()
        ledger.append("note", at=NOON, key="k0")  # known already: nothing is written
        assert len(heads.read()) == 4
    assert stat.S_IMODE(heads.path.stat().st_mode) == 0o600


def test_a_transaction_that_failed_notes_nothing(kept: Path, heads: HeadsFile) -> None:
    before = heads.read()
    with Ledger.open(kept, heads=heads) as ledger, pytest.raises(ZeroDivisionError):
        _fail(ledger)
    assert heads.read() == before


def _fail(ledger: Ledger) -> None:
    with ledger.writing() as transaction:
        transaction.append("note", at=NOON)
        raise ZeroDivisionError


def test_a_line_that_was_torn_or_damaged_says_nothing(heads: HeadsFile) -> None:
    heads.note(Head(1, "a" * 64))
    with heads.path.open("ab") as stream:
        stream.write(b"2 bbbb")  # the power failed
    assert (heads.read(), heads.damaged()) == ((Head(1, "a" * 64),), 0)
    heads.note(Head(3, "c" * 64))
    assert (heads.read(), heads.damaged()) == ((Head(1, "a" * 64), Head(3, "c" * 64)), 1)
    heads.path.write_bytes(heads.path.read_bytes().replace(b"3 c", b"3 d"))
    assert heads.read() == (Head(1, "a" * 64),)


def test_the_file_stays_small(heads: HeadsFile) -> None:
    for n in range(1, 1500):
        heads.note(Head(n, f"{n:064x}"))
    assert heads.path.stat().st_size < 80_000
    assert heads.read()[-1].seq == 1499
    assert len(heads.read()) >= KEPT


def test_what_is_kept_elsewhere_is_known_too(heads: HeadsFile, tmp_path: Path) -> None:
    both = HeadsFile(heads.path, tmp_path / "state" / "a.heads")
    for n in range(1, 1500):
        both.note(Head(n, f"{n:064x}"))
    elsewhere = HeadsFile(tmp_path / "state" / "a.heads")
    assert elsewhere.read() == heads.read()
    assert stat.S_IMODE(elsewhere.path.stat().st_mode) == 0o600
    heads.replace([Head(7, "a" * 64)])  # by somebody who put back the folder only
    assert max(both.read()).seq == 1499
    both.replace([Head(8, "b" * 64)])
    assert {*heads.read(), *elsewhere.read()} == {Head(8, "b" * 64)}


def test_where_nothing_can_be_kept_elsewhere_the_folder_has_to_do(heads: HeadsFile, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file in its place", encoding="utf-8")
    both = HeadsFile(heads.path, tmp_path / "state" / "a.heads")
    both.note(Head(1, "a" * 64))
    both.replace([Head(2, "b" * 64)])
    assert both.read() == heads.read() == (Head(2, "b" * 64),)


def test_a_link_is_not_followed(tmp_path: Path, file: Path) -> None:
    (tmp_path / "foreign").write_text("")
    (tmp_path / ".heads").symlink_to(tmp_path / "foreign")
    with (
        Ledger.open(file, heads=HeadsFile(tmp_path / ".heads")) as ledger,
        pytest.raises(LedgerError, match=r"ledger\.heads"),
    ):
        ledger.append("note", at=NOON)
    assert (tmp_path / "foreign").read_text() == ""


# -- the ledger --------------------------------------------------------------------------------------------------------


def test_a_whole_ledger_opens_and_goes_on(kept: Path, heads: HeadsFile) -> None:
    assert findings(kept, heads) == []
    with Ledger.open(kept, heads=heads) as ledger:
        ledger.append("note", at=NOON)


def test_a_ledger_beside_which_no_head_was_kept_opens(kept: Path, heads: HeadsFile) -> None:
    heads.path.unlink()
    with Ledger.open(kept, heads=heads) as ledger:
        assert ledger.append("note", at=NOON).seq == 6
    assert [head.seq for head in heads.read()] == [6]


@pytest.mark.attack("H3")
def test_an_older_ledger_put_back_is_noticed(kept: Path, heads: HeadsFile, tmp_path: Path) -> None:
    shutil.copy(kept, tmp_path / "backup")
    with Ledger.open(kept, heads=heads) as ledger:
        ledger.append("note", at=NOON)
    shutil.copy(tmp_path / "backup", kept)

    assert (refusal(kept, heads), findings(kept, heads)) == ("ledger.behind", ["ledger.damage.cut"])


@pytest.mark.attack("H3")
def test_a_fresh_ledger_of_the_same_plan_is_noticed(kept: Path, heads: HeadsFile) -> None:
    kept.unlink()
    Ledger.create(kept, plan="mitgliederarbeit-2018", now=NOON).close()
    assert (refusal(kept, heads), findings(kept, heads)) == ("ledger.behind", ["ledger.damage.cut"])
    with Ledger.open(kept) as ledger:
        for _ in range(9):
            ledger.append("note", at=NOON)
    assert (refusal(kept, heads), findings(kept, heads)) == ("ledger.rewritten", ["ledger.damage.cut"])


@pytest.mark.attack("H3")
@pytest.mark.parametrize("n", [1, 3])
def test_a_cut_end_is_noticed(kept: Path, heads: HeadsFile, n: int) -> None:
    change(kept, f"DELETE FROM objects WHERE id IN (SELECT object FROM entries WHERE seq > {5 - n})")
    change(kept, f"DELETE FROM entries WHERE seq > {5 - n}")

    assert (refusal(kept, heads), findings(kept, heads)) == ("ledger.behind", ["ledger.damage.cut"])


@pytest.mark.attack("H3")
def test_history_written_anew_with_a_chain_in_order_is_noticed(kept: Path, heads: HeadsFile) -> None:
    recomputed(kept, lambda line: line._replace(subject="another") if line.seq == 3 else line)

    assert (refusal(kept, heads), findings(kept, heads)) == ("ledger.rewritten", ["ledger.damage.cut"])


@pytest.mark.attack("H3")
def test_an_entry_taken_out_of_the_middle_is_noticed(kept: Path, heads: HeadsFile) -> None:
    change(kept, "DELETE FROM entries WHERE seq = 3")

    assert refusal(kept, heads) == "ledger.damaged"


@pytest.mark.attack("H3")
@pytest.mark.parametrize("statement", [
    "CREATE TRIGGER quiet BEFORE INSERT ON entries BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TRIGGER forger AFTER INSERT ON entries BEGIN UPDATE entries SET facts = '{}' WHERE seq = new.seq; END",
    "CREATE VIEW more AS SELECT 1",
    "CREATE TABLE more (a)",
    "DROP INDEX ix_entries_kind",
    "ALTER TABLE entries ADD COLUMN more TEXT",
    "ALTER TABLE people RENAME COLUMN seal TO sealed",
])  # fmt: skip
def test_other_tables_indexes_and_triggers_are_noticed(kept: Path, heads: HeadsFile, statement: str) -> None:
    change(kept, statement)

    assert refusal(kept, heads) == "ledger.schema"
    assert findings(kept, heads)[0] == "ledger.damage.schema"


@pytest.mark.attack("H3")
def test_a_constraint_that_swallows_what_is_written_is_noticed(kept: Path, heads: HeadsFile) -> None:
    [sql] = sqlite3.connect(kept).execute("SELECT sql FROM sqlite_schema WHERE name = 'entries'").fetchone()
    change(kept, "ALTER TABLE entries RENAME TO old")
    change(kept, sql.replace("UNIQUE (hash)", "UNIQUE (hash) ON CONFLICT IGNORE"))
    change(kept, "INSERT INTO entries SELECT * FROM old")
    change(kept, "DROP TABLE old")

    assert refusal(kept, heads) == "ledger.schema"


def test_a_vacuumed_ledger_has_the_schema_it_had(kept: Path, heads: HeadsFile) -> None:
    change(kept, "VACUUM")
    assert findings(kept, heads) == []


def test_a_trigger_is_noticed_on_a_server_too(postgres_place: str, heads: HeadsFile) -> None:
    import sqlalchemy as sa

    with Ledger.create(postgres_place, plan="p", now=NOON) as ledger:
        assert ledger.verify() == []
    engine = sa.create_engine(postgres_place)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE RULE quiet AS ON INSERT TO entries DO INSTEAD NOTHING")
    assert refusal(postgres_place, heads) == "ledger.schema"
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP RULE quiet ON entries")
        connection.exec_driver_sql("DROP INDEX ix_entries_kind")
    engine.dispose()
    assert refusal(postgres_place, heads) == "ledger.schema"


def test_reading_asks_for_no_head(kept: Path, heads: HeadsFile) -> None:
    """Whoever looks into an older ledger on purpose may: nothing is written."""
    heads.note(Head(99, "f" * 64))
    before = heads.path.stat().st_mtime_ns
    with Ledger.open(kept, read_only=True, heads=heads) as ledger:
        assert len(ledger.entries()) == 5
    assert heads.path.stat().st_mtime_ns == before
