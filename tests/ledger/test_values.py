"""What goes into the journal, and what is kept out."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.errors import LedgerError
from staffelstab.ledger.facts import checked_facts
from staffelstab.ledger.hashing import commit, sealed
from staffelstab.ledger.values import BEFORE_ALL, Content, Damage, Known, Line, stamp

LINE = Line(
    7, "2018-01-14T22:59:59.000000+00:00", "received", "", "b07", "p1", None, '{"n":1}', None, None, BEFORE_ALL, ""
)


def test_a_hash_can_be_computed_without_us() -> None:
    fields = LINE._asdict()
    del fields["hash"]
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert sealed(LINE).hash == hashlib.sha256(text.encode()).hexdigest()


@given(st.sampled_from([name for name in Line._fields if name not in ("seq", "hash")]), st.text("äöü01", min_size=1))
def test_every_field_counts_for_the_hash(name: str, value: str) -> None:
    changed = Line(**{**LINE._asdict(), name: value})
    assert changed == LINE or sealed(changed).hash != sealed(LINE).hash


def test_a_commitment_can_be_computed_without_us() -> None:
    salt = bytes(range(32))
    expected = hashlib.sha256(salt + b"original\0text/plain\0Liebe Alle").hexdigest()
    assert commit(salt, Content("original", "text/plain", b"Liebe Alle")) == expected


def test_a_commitment_cannot_be_shifted_between_its_parts() -> None:
    assert commit(b"", Content("ab", "c", b"d")) != commit(b"", Content("a", "bc", b"d"))


def test_times_are_written_in_utc_and_sort_as_text() -> None:
    berlin = dt.timezone(dt.timedelta(hours=1))
    midnight = dt.datetime(2018, 1, 15, tzinfo=berlin)
    assert stamp(midnight) == "2018-01-14T23:00:00.000000+00:00"
    assert stamp(midnight) < stamp(midnight + dt.timedelta(microseconds=1))


def test_a_time_without_zone_is_a_programming_mistake() -> None:
    with pytest.raises(ValueError, match="zone"):
        stamp(dt.datetime(2018, 1, 14))  # noqa: DTZ001 -- the mistake itself


@pytest.mark.parametrize(
    "fact",
    [
        "x" * 201,
        "erste Zeile\nzweite Zeile",
        "\ud800",
        ["x"] * 101,
        ["x" * 201],
        [["verschachtelt"]],
        {"ein": "Wörterbuch"},
        b"bytes",
        float("nan"),
        float("inf"),
        dt.date(2018, 1, 14),
    ],
)
def test_texts_and_structures_do_not_slip_into_the_journal(fact: Known) -> None:
    with pytest.raises(LedgerError) as refused:
        checked_facts({"note": fact})
    assert (refused.value.key, refused.value.facts) == ("ledger.fact", {"field": "note"})


def test_short_facts_are_written_canonically() -> None:
    facts: dict[str, Known] = {
        "wann": "14. Januar",
        "n": 32,
        "anteil": 0.5,
        "spät": False,
        "leer": None,
        "refs": ["B07", 3],
    }
    expected = '{"anteil":0.5,"leer":null,"n":32,"refs":["B07",3],"spät":false,"wann":"14. Januar"}'
    assert checked_facts(facts) == expected
    assert checked_facts(dict(reversed(facts.items()))) == expected


@pytest.mark.parametrize("language", ["de", "en"])
def test_damage_says_where_it_is(language: str) -> None:
    assert "7" in Damage("ledger.damage.gap", seq=7, facts={"expected": 6}).text(language)
    assert "b7xq" in Damage("ledger.damage.object", seq=3, object="b7xq").text(language)
