"""Every changed byte is found: through SQL, and in the file itself."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from staffelstab.errors import LedgerError
from staffelstab.ledger.hashing import sealed
from staffelstab.ledger.sql_tables import TABLES
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content, Damage, Line
from tests.ledger.conftest import NOON, SEEDED
from tests.ledger.test_places import change


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with forty papers, small and large, one of them erased, and three people."""
    path = tmp_path_factory.mktemp("whole") / "akte.db"
    with Ledger.create(path, plan="mitgliederarbeit-2018", entropy=SEEDED, now=NOON) as ledger:
        entries = [
            ledger.append(
                "received",
                at=NOON,
                subject=f"s{n}",
                key=f"k{n}",
                facts={"n": n, "unit": "Görlitz"},
                content=Content("original", "text/plain", random.Random(n).randbytes(n * n * 10 + 20)),
            )
            for n in range(40)
        ]
        for n in range(3):
            ledger.person(f"kreis{n}@example.org")
        ledger.erase(str(entries[5].object), at=NOON, office="koordination", reason="Wunsch")
    return path


@pytest.fixture
def full(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    copy = tmp_path / "akte.db"
    shutil.copy(whole, copy)
    return copy


def damage(file: Path) -> list[str]:
    """What the check says about a file; opening may be refused already."""
    try:
        with Ledger.open(file) as ledger:
            found = ledger.verify()
            assert all(item.text("de") and item.text("en") for item in found)
            return [item.key for item in found]
    except LedgerError as error:
        return [error.key]


def everything(file: Path) -> list[list[tuple[object, ...]]]:
    """All rows of all tables, as far as they are ours to keep."""
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)
    connection.text_factory = bytes
    tables = [
        connection.execute(f'SELECT * FROM "{name}" NOT INDEXED ORDER BY rowid') for name in sorted(TABLES.tables)
    ]
    rows = [table.fetchall() for table in tables]
    connection.close()
    return rows


def test_a_whole_ledger_has_no_damage(full: Path) -> None:
    assert damage(full) == []


PERSON = Damage("ledger.damage.person", object="<person>")
COLUMNS = [
    (table.name, column.name, str(table.primary_key.columns[0].name))
    for table in TABLES.sorted_tables
    for column in table.columns
]


@pytest.mark.parametrize(("table", "column", "key"), COLUMNS)
def test_a_changed_value_is_found_in_every_column(full: Path, table: str, column: str, key: str) -> None:
    chosen = "commitment" if column == "object" else column
    row = f'"{key}" = (SELECT "{key}" FROM "{table}" WHERE "{chosen}" IS NOT NULL ORDER BY 1 DESC LIMIT 1)'
    changed = '"seq" + 1000' if column == "seq" else f"CAST('x' || \"{column}\" AS TEXT)"
    change(full, f'UPDATE "{table}" SET "{column}" = {changed} WHERE {row}')
    assert damage(full) != []


ERASED_ONE = "(SELECT subject FROM entries WHERE kind = 'erased')"


@pytest.mark.parametrize(("statement", "expected"), [
    (
        "DELETE FROM entries WHERE seq = 20",
        [Damage("ledger.damage.gap", seq=21, facts={"expected": 20}), Damage("ledger.damage.orphan", object="<20>")],
    ),
    (
        "DELETE FROM objects WHERE id = (SELECT object FROM entries WHERE seq = 20)",
        [Damage("ledger.damage.missing", seq=20, object="<20>")],
    ),
    (
        "UPDATE objects SET data = NULL, salt = NULL WHERE id = (SELECT object FROM entries WHERE seq = 20)",
        [Damage("ledger.damage.object", seq=20, object="<20>")],
    ),
    (
        f"UPDATE objects SET data = x'00' WHERE id = {ERASED_ONE}",
        [Damage("ledger.damage.remains", seq=7, object="<7>")],
    ),
    (
        f"UPDATE objects SET salt = x'00' WHERE id = {ERASED_ONE}",
        [Damage("ledger.damage.remains", seq=7, object="<7>")],
    ),
    (
        "INSERT INTO objects VALUES ('fremd', 'original', 'text/plain', x'00', x'00')",
        [Damage("ledger.damage.orphan", object="fremd")],
    ),
    (
        "INSERT INTO objects VALUES ('für-' || hex(zeroblob(30)), 'original', 'text/plain', x'00', x'00')",
        [Damage("ledger.damage.orphan", object=f"f?r-{'0' * 36}")],
    ),
    (
        "UPDATE entries SET facts = '{\"n\": 19, \"unit\": \"Görlitz\"}' WHERE seq = 20",
        [Damage("ledger.damage.entry", seq=20)],
    ),
    ("UPDATE entries SET facts = '{' WHERE seq = 20", [Damage("ledger.damage.entry", seq=20)]),
    ("UPDATE people SET address = 'fremd@example.org' WHERE id = '<person>'", [PERSON]),
    ("UPDATE people SET address = CAST(x'ff' AS TEXT) WHERE id = '<person>'", [PERSON]),
    ("UPDATE people SET address = NULL WHERE id = '<person>'", [PERSON]),
    ("UPDATE ledger SET value = 'another' WHERE name = 'plan'", [Damage("ledger.damage.genesis")]),
    (
        "DROP TABLE people",
        [Damage("ledger.damage.schema", facts={"name": "people"}), Damage("ledger.damage.unreadable")],
    ),
])  # fmt: skip
def test_damage_is_called_by_its_name_and_its_place(full: Path, statement: str, expected: list[Damage]) -> None:
    with Ledger.open(full) as ledger:
        names = {f"<{entry.seq}>": str(entry.object) for entry in ledger.entries()}
        names["<person>"] = ledger.person("kreis1@example.org")

    change(full, statement.replace("<person>", names["<person>"]))

    with Ledger.open(full) as ledger:
        assert ledger.verify() == [replace(item, object=names.get(item.object or "", item.object)) for item in expected]
    assert len(damage(full)) == len(expected)


def test_an_entry_rewritten_with_care_no_longer_fits_the_next(full: Path) -> None:
    """Whoever computes the hash anew breaks the link: only a rewritten rest of the journal would fit again."""
    with closing(sqlite3.connect(full)) as connection:
        forged = Line(*connection.execute("SELECT * FROM entries WHERE seq = 20").fetchone())._replace(facts='{"n":99}')
        with connection:
            connection.execute(
                "UPDATE entries SET facts = ?, hash = ? WHERE seq = 20", (forged.facts, sealed(forged).hash)
            )

    with Ledger.open(full) as ledger:
        assert ledger.verify() == [Damage("ledger.damage.chain", seq=21)]


def test_a_ledger_without_its_journal_has_no_beginning(full: Path) -> None:
    change(full, "DELETE FROM entries", "DELETE FROM objects", "DELETE FROM people")

    with Ledger.open(full) as ledger:
        assert ledger.verify() == [Damage("ledger.damage.genesis")] * 2


def test_a_broken_index_is_damage_of_the_file_and_the_rest_is_checked_all_the_same(full: Path) -> None:
    """The rows are read past the index; how many complaints the database has is told."""
    with closing(sqlite3.connect(full)) as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'ix_entries_kind'"
        place = (connection.execute(query).fetchone()[0] - 1) * 4096
    data = bytearray(full.read_bytes())
    data[place + 3 : place + 5] = (1).to_bytes(2)  # one cell where there were forty
    full.write_bytes(data)
    with closing(sqlite3.connect(full)) as connection:
        complaints = len(connection.execute("PRAGMA integrity_check").fetchall())

    with Ledger.open(full) as ledger:
        assert ledger.verify() == [Damage("ledger.damage.file", facts={"n": complaints})]
    assert complaints > 1


def test_a_journal_cut_at_its_end_is_found_by_who_saw_more(full: Path) -> None:
    with Ledger.open(full) as ledger:
        seen = ledger.newest()
    change(full, "DELETE FROM entries WHERE kind = 'erased'")
    with Ledger.open(full) as ledger:
        cut, remains = ledger.verify(known=[seen])
    assert cut == Damage("ledger.damage.cut", seq=seen.seq, facts={"hash": seen.hash[:12], "last": seen.seq})
    assert (remains.key, remains.seq) == ("ledger.damage.object", 7)


def test_a_rewritten_history_is_found_by_who_saw_the_first(tmp_path: Path) -> None:
    heads = []
    for facts in ({"yes": 12}, {"yes": 13}):
        with Ledger.create(tmp_path / f"{facts['yes']}.db", plan="p", entropy=SEEDED, now=NOON) as ledger:
            ledger.append("decision", at=NOON, facts=facts)
            heads.append(ledger.newest())
            assert (ledger.verify(), len(ledger.verify(known=heads[:1]))) == ([], facts["yes"] - 12)


def test_changed_bytes_are_not_handed_out(full: Path) -> None:
    change(
        full,
        "UPDATE objects SET data = CAST('andere Worte' AS BLOB) WHERE id = (SELECT object FROM entries WHERE seq = 20)",
    )
    with Ledger.open(full) as ledger:
        objects = {entry.seq: str(entry.object) for entry in ledger.entries("received")}
        with pytest.raises(LedgerError) as refused:
            ledger.content(objects[20])
        assert (refused.value.key, refused.value.facts) == ("ledger.object", {"object": objects[20]})
        assert ledger.content(objects[21]) is not None


def test_an_entry_that_cannot_be_read_is_named(full: Path) -> None:
    change(full, "UPDATE entries SET facts = '{' WHERE seq = 20")
    with Ledger.open(full) as ledger, pytest.raises(LedgerError) as refused:
        ledger.entries()
    assert (refused.value.key, refused.value.facts) == ("ledger.entry", {"seq": 20})


def places_of(text: bytes, data: bytes) -> Iterator[int]:
    """Where the bytes of `text` stand in the file, as far as a long one is not broken at the end of a page."""
    for start in range(0, len(text), 16):
        piece = text[start : start + 16]
        if len(piece) == 16 and (at := data.find(piece)) >= 0:
            yield from range(at, at + 16)


def flips(data: bytes, places: list[int], n: int) -> Iterator[bytes]:
    """`n` copies of `data`, one bit changed in each."""
    chance = random.Random("flips")
    for _ in range(n):
        copy = bytearray(data)
        copy[chance.choice(places)] ^= 1 << chance.randrange(8)
        yield bytes(copy)


def test_200_of_200_flipped_bits_in_contents_and_entries_are_found(full: Path) -> None:
    data = full.read_bytes()
    rows = everything(full)
    texts = [value for row in (*rows[0], *rows[2]) for value in row if isinstance(value, bytes) and len(value) >= 16]
    places = [place for text in texts for place in places_of(text, data)]
    assert len(places) > 200_000
    missed = 0
    for flipped in flips(data, places, 200):
        full.write_bytes(flipped)
        missed += damage(full) == []
    assert missed == 0


def test_a_flipped_bit_anywhere_in_the_file_is_found_or_harmless(full: Path) -> None:
    data, rows = full.read_bytes(), everything(full)
    found = 0
    for flipped in flips(data, list(range(len(data))), 200):
        full.write_bytes(flipped)
        if damage(full):
            found += 1
        else:
            assert everything(full) == rows
    assert found > 100


def test_a_file_cut_short_is_found(full: Path) -> None:
    data = full.read_bytes()
    for pages in range(len(data) // 4096):
        full.write_bytes(data[: pages * 4096 + 100])
        assert damage(full) != []


@pytest.mark.attack("H3")
@pytest.mark.parametrize("value", ["", "00", "x" * 64, "a" * 65, "A" * 64])
def test_a_ledger_whose_secret_was_damaged_says_so(full: Path, value: str) -> None:
    change(full, f"UPDATE ledger SET value = '{value}' WHERE name = 'secret'")
    assert damage(full) in (["ledger.damaged"], ["ledger.damage.genesis"])
