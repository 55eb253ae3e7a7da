"""A clock that was wrong and is corrected: what was written by it, as it holds from then on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffelstab.errors import LedgerError
from staffelstab.ledger.quick_read import quick_read
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import CLOCK, Content, Entry
from staffelstab.workspace import PASS_LASTS
from tests.ledger.conftest import NOON

DAY = dt.timedelta(days=1)
FAR = NOON + 7300 * DAY


def frozen(ledger: Ledger, at: dt.datetime) -> Entry:
    return ledger.append("frozen", at=at, subject="s1", key="frozen:s1", content=Content("dossier", "text/plain", b"x"))


def correct(ledger: Ledger, at: dt.datetime, *keeps: str) -> Entry:
    return ledger.append(CLOCK, at=at, facts={"corrects": True, "keeps": list(keeps)})


def test_what_was_done_on_a_day_to_come_does_not_hold(ledger: Ledger) -> None:
    wrong = frozen(ledger, FAR)
    correct(ledger, NOON + DAY)

    assert (ledger.find("frozen:s1"), ledger.entries("frozen")) == (None, [])

    right = frozen(ledger, NOON + 2 * DAY)
    assert right.seq == 4
    assert ledger.entries("frozen") == [ledger.find("frozen:s1")]
    assert [entry.key for entry in ledger.entries("frozen")] == ["frozen:s1"]
    assert ledger.content(str(wrong.object)) == b"x"  # history
    assert ledger.verify() == []


def test_what_is_written_anew_is_written_once(ledger: Ledger) -> None:
    frozen(ledger, FAR)
    correct(ledger, NOON + DAY)
    assert frozen(ledger, NOON + 2 * DAY).seq == frozen(ledger, NOON + 3 * DAY).seq == 4


def test_a_clock_that_was_wrong_twice_is_corrected_twice(ledger: Ledger) -> None:
    for n in range(2):
        frozen(ledger, FAR)
        correct(ledger, NOON + (n + 1) * DAY)
    assert ledger.find("frozen:s1") is None
    assert frozen(ledger, NOON + 3 * DAY).seq == 6
    found = ledger.find("frozen:s1")
    assert found is not None
    assert (found.seq, found.key, found.at) == (6, "frozen:s1", NOON + 3 * DAY)


def test_what_came_in_meanwhile_came_in_before_the_correction(ledger: Ledger) -> None:
    ledger.append("received", at=FAR, key="received:1")
    corrected = correct(ledger, NOON + DAY)

    assert ledger.entries("received", until=NOON + DAY - dt.timedelta(seconds=1)) == []
    [entry] = ledger.entries("received", until=NOON + DAY)
    assert (entry.at, ledger.find("received:1")) == (corrected.at, entry)
    assert ledger.latest_time() == NOON + DAY


def test_what_the_correction_keeps_holds(ledger: Ledger) -> None:
    frozen(ledger, FAR)
    ledger.append("letter", at=FAR, key="letter:a")
    ledger.append("letter", at=FAR, key="letter:b")
    correct(ledger, NOON + DAY, "s1", "letter:b")

    assert [entry.subject for entry in ledger.entries("frozen")] == ["s1"]
    assert [entry.key for entry in ledger.entries("letter")] == ["letter:b"]


def test_what_was_done_before_the_clock_went_wrong_stays(ledger: Ledger) -> None:
    frozen(ledger, NOON)
    ledger.append("pass", at=FAR)
    correct(ledger, NOON + DAY)
    assert [entry.at for entry in ledger.entries("frozen")] == [NOON]


def test_a_confirmed_clock_takes_nothing_back(ledger: Ledger) -> None:
    frozen(ledger, FAR)
    ledger.append(CLOCK, at=FAR, facts={"by": "koordination"})
    assert [entry.at for entry in ledger.entries("frozen")] == [FAR]


def test_the_quick_way_reads_the_same(file: Path) -> None:
    with Ledger.open(file) as ledger:
        frozen(ledger, FAR)
        ledger.append("pass", at=FAR)
        correct(ledger, NOON + DAY)
        frozen(ledger, NOON + 2 * DAY)
        for until in (NOON, NOON + DAY, NOON + 2 * DAY, FAR):
            assert quick_read(file, "frozen", "pass", until=until) == ledger.entries("frozen", "pass", until=until)


@pytest.mark.attack("M1")
def test_a_pass_writes_on_by_its_own_moment_whatever_others_enter(file: Path) -> None:
    with Ledger.open(file, lag=PASS_LASTS) as reading, Ledger.open(file) as person:
        reading.append("received", at=NOON)
        later = person.append("decided", at=NOON + dt.timedelta(seconds=330))
        assert reading.append("read", at=NOON).at == NOON
        with pytest.raises(LedgerError, match=r"ledger\.clock"):
            person.append("decided", at=NOON)
        with pytest.raises(LedgerError, match=r"ledger\.clock"):
            reading.append("read", at=NOON - DAY)
        assert (reading.seen(NOON), reading.seen(later.at)) == (later.seq - 1, later.seq + 1)
