"""Erasure: the bytes are gone from every file, the chain still holds, and who was erased can come anew."""

from __future__ import annotations

import hmac
import random
from pathlib import Path

import pytest
import sqlalchemy as sa

from staffelstab.errors import LedgerError
from staffelstab.ledger.erasure import mark, seal
from staffelstab.ledger.store import Ledger, Place
from staffelstab.ledger.values import Content
from tests.ledger.conftest import NOON

CANARY = b"Zaunkoenig-7413"


def letter(n: int, size: int) -> Content:
    """A paper that carries the canary once every forty bytes."""
    return Content("original", "text/plain", (CANARY + b" %08d" % n + b"." * 16) * size)


def raw_hits(folder: Path) -> dict[str, int]:
    """How often the canary stands in each file."""
    return {path.name: path.read_bytes().count(CANARY) for path in sorted(folder.iterdir())}


def test_an_erased_paper_is_gone_and_the_chain_holds(ledger: Ledger) -> None:
    erased = ledger.append("received", at=NOON, key="k", content=letter(1, 5))
    kept = ledger.append("received", at=NOON, content=letter(2, 5))
    tombstone = ledger.erase(str(erased.object), at=NOON, office="koordination", reason="Wunsch der Absenderin")
    assert (tombstone.kind, tombstone.subject, tombstone.office, tombstone.facts) == (
        "erased",
        erased.object,
        "koordination",
        {"reason": "Wunsch der Absenderin"},
    )
    assert ledger.content(str(erased.object)) is None
    assert ledger.contents([str(erased.object), str(kept.object)]) == {kept.object: letter(2, 5).data}
    assert ledger.entries("received") == [erased, kept]
    assert ledger.append("received", at=NOON, key="k", content=letter(1, 5)) == erased
    assert ledger.verify() == []


def test_erasing_twice_leaves_one_tombstone(ledger: Ledger) -> None:
    entry = ledger.append("received", at=NOON, content=letter(1, 5))
    first = ledger.erase(str(entry.object), at=NOON, office="koordination", reason="Wunsch")
    assert ledger.erase(str(entry.object), at=NOON, office="vorstand", reason="noch einmal") == first


def test_what_is_not_there_cannot_be_erased(ledger: Ledger) -> None:
    head = ledger.head()
    with pytest.raises(LedgerError) as refused:
        ledger.erase("unknown", at=NOON, office="koordination", reason="Wunsch")
    assert (refused.value.key, refused.value.facts) == ("ledger.unknown", {"object": "unknown"})
    assert ledger.head() == head


def test_people_are_known_by_one_id_however_they_write_their_address(ledger: Ledger) -> None:
    karla = ledger.person("Karla.Müller@Example.org")
    assert ledger.person("  karla.mu\u0308ller@example.org ") == karla
    assert ledger.person("karl@example.org") != karla
    assert ledger.address(karla) == "Karla.Müller@Example.org"
    assert "karla" not in karla.casefold()


def test_an_address_is_found_again_by_a_fingerprint_that_can_be_computed_without_us() -> None:
    """Or a ledger written by an earlier version would know nobody any more."""
    expected = hmac.new(b"secret", "person\0karla.müller@example.org".encode(), "sha256").hexdigest()
    assert mark(b"secret", "  Karla.Müller@Example.org ") == expected
    bound = hmac.new(b"secret", b"seal\0p1\0Karla@Example.org", "sha256").hexdigest()
    assert seal(b"secret", "p1", "Karla@Example.org") == bound


def test_an_erased_person_is_nobody_and_may_come_again_as_someone_else(ledger: Ledger) -> None:
    before = ledger.person("karla@example.org")
    ledger.erase(before, at=NOON, office="koordination", reason="Austritt")
    assert ledger.address(before) is None
    after = ledger.person("karla@example.org")
    assert (after != before, ledger.address(after)) == (True, "karla@example.org")
    assert ledger.verify() == []


@pytest.mark.parametrize("seed", range(5))
def test_erasure_leaves_no_byte_in_any_file(file: Path, seed: int) -> None:
    """Small and large papers mixed, so that some lie in one page with their neighbours and pages were split before."""
    chance = random.Random(seed)
    with Ledger.open(file) as ledger:
        objects = []
        for n in range(60):
            entry = ledger.append("received", at=NOON, content=letter(n, chance.choice([1, 2, 20, 90, 400])))
            ledger.append(
                "received", at=NOON, content=Content("original", "text/plain", chance.randbytes(chance.randrange(3000)))
            )
            objects.append(str(entry.object))
        person = ledger.person(f"{CANARY.decode()}@example.org")
        assert sum(raw_hits(file.parent).values()) > 60
        for subject in chance.sample([*objects, person], k=61):
            ledger.erase(subject, at=NOON, office="koordination", reason="Wunsch")
        assert raw_hits(file.parent) == {"akte.db": 0, "akte.db-shm": 0, "akte.db-wal": 0}
        assert ledger.verify() == []
    assert raw_hits(file.parent) == {"akte.db": 0}


def test_a_reader_in_between_does_not_keep_traces_in_silence(file: Path) -> None:
    with Ledger.open(file, patience=0.2) as ledger, Ledger.open(file) as other:
        entry = ledger.append("received", at=NOON, content=letter(1, 50))
        with other.reading() as reader:
            assert len(reader.entries()) == 2
            with pytest.raises(LedgerError) as refused:
                ledger.erase(str(entry.object), at=NOON, office="koordination", reason="Wunsch")
            assert (refused.value.key, refused.value.facts) == ("ledger.traces", {"file": "akte.db"})
        assert "akte.db" in refused.value.text("de")
        ledger.erase(str(entry.object), at=NOON, office="koordination", reason="Wunsch")
        assert sum(raw_hits(file.parent).values()) == 0
        assert len(ledger.entries("erased")) == 1


def test_the_server_forgets_too(postgres_place: str) -> None:
    with Ledger.create(postgres_place, plan="p", now=NOON) as ledger:
        entry = ledger.append("received", at=NOON, content=letter(1, 5))
        ledger.erase(str(entry.object), at=NOON, office="koordination", reason="Wunsch")
    engine = sa.create_engine(postgres_place)
    with engine.connect() as connection:
        file = connection.exec_driver_sql(
            "SELECT pg_relation_size('objects'), count(data), count(salt) FROM objects"
        ).one()
        connection.exec_driver_sql("CHECKPOINT")
        data = connection.exec_driver_sql("SELECT pg_read_binary_file(pg_relation_filepath('objects'))").scalar_one()
    engine.dispose()
    assert (file[1:], CANARY in bytes(data)) == ((0, 0), False)


def test_creating_is_whole_or_not_at_all(place: Place) -> None:
    with pytest.raises(LedgerError):
        Ledger.create(place, plan="ein\nText", now=NOON)
    with Ledger.create(place, plan="p", now=NOON) as ledger:
        assert ledger.verify() == []
