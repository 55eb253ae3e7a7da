"""The ledger as its users know it, in SQLite and in PostgreSQL."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffelstab.errors import LedgerError
from staffelstab.ledger.entropy import Entropy
from staffelstab.ledger.heads import Head
from staffelstab.ledger.store import Ledger, Place
from staffelstab.ledger.values import BEFORE_ALL, Content, Draft, Entry
from tests.conftest import BERLIN, at
from tests.ledger.conftest import NOON, SEEDED

LETTER = Content("original", "text/plain", "Liebe Genoss*innen,\0 hier unser Beitrag.\xff".encode())


def test_a_ledger_begins_with_its_plan(ledger: Ledger) -> None:
    [genesis] = ledger.entries()
    assert (genesis.seq, genesis.kind, genesis.subject, genesis.at, genesis.prev) == (
        1,
        "genesis",
        "mitgliederarbeit-2018",
        NOON,
        BEFORE_ALL,
    )
    assert ledger.plan == "mitgliederarbeit-2018"
    assert ledger.head() == genesis.hash
    assert ledger.verify() == []


def test_what_was_written_is_read_back_whole_after_reopening(place: Place) -> None:
    with Ledger.create(place, plan="p", entropy=SEEDED, now=NOON) as ledger:
        genesis = ledger.entries()[0]
        written = ledger.append(
            "received",
            at=at("2018-01-14 23:59:59"),
            office="koordination",
            subject="b07",
            phase="call-1",
            key="received:1",
            facts={"size": 40, "late": False, "units": ["Leipzig", "Görlitz"]},
            content=LETTER,
        )
    assert written.object is not None
    assert written == Entry(
        seq=2,
        at=dt.datetime(2018, 1, 14, 22, 59, 59, tzinfo=dt.UTC),
        kind="received",
        office="koordination",
        subject="b07",
        phase="call-1",
        key="received:1",
        facts={"size": 40, "late": False, "units": ["Leipzig", "Görlitz"]},
        object=written.object,
        commitment=written.commitment,
        prev=genesis.hash,
        hash=written.hash,
    )
    with Ledger.open(place) as again:
        assert again.entries() == [genesis, written]
        assert again.content(written.object) == LETTER.data
        assert again.verify(known=[Head(1, genesis.hash), Head(2, written.hash)]) == []


def test_a_key_is_written_once_whatever_comes_with_it(ledger: Ledger) -> None:
    first = ledger.append("received", at=NOON, key="k", content=LETTER)
    head = ledger.head()
    assert ledger.append("other", at=NOON, key="k", facts={"n": 2}, content=Content("x", "y", b"z")) == first
    assert (ledger.head(), ledger.find("k"), ledger.find("unknown")) == (head, first, None)


def test_one_page_is_committed_together(ledger: Ledger) -> None:
    with ledger.writing() as transaction:
        one = transaction.append("received", at=NOON, key="a")
        assert transaction.append("received", at=NOON, key="a") == one
        two = transaction.append("note", at=NOON, subject="a")
        assert transaction.entries("received", "note") == [one, two]
        assert ledger.entries("received", "note") == []
    assert ledger.entries("received", "note") == [one, two]


def test_many_entries_at_once_are_the_same_as_one_after_the_other(ledger: Ledger) -> None:
    drafts = [
        Draft("received", NOON, key="a", content=LETTER),
        Draft("note", NOON, subject="a"),
        Draft("received", NOON, key="a", facts={"n": 2}),
        Draft("received", NOON, key="b", content=LETTER),
    ]
    with ledger.writing() as transaction:
        transaction.append("received", at=NOON, key="b")
        written = transaction.append_all(drafts)
    assert written[2] == written[0]
    assert [(entry.seq, entry.kind, entry.key) for entry in written] == [
        (3, "received", "a"),
        (4, "note", None),
        (3, "received", "a"),
        (2, "received", "b"),
    ]
    assert ledger.entries("received", "note") == [written[3], written[0], written[1]]
    assert ledger.content(str(written[0].object)) == LETTER.data
    assert ledger.verify() == []


def test_an_entry_that_is_refused_leaves_the_page_as_it_was(ledger: Ledger) -> None:
    with ledger.writing() as transaction:
        one = transaction.append("received", at=NOON, key="a")
        with pytest.raises(LedgerError):
            transaction.append_all([Draft("received", NOON, key="b"), Draft("note", NOON, facts={"text": "x" * 201})])
        two = transaction.append("note", at=NOON)
    assert ledger.entries("received", "note") == [one, two]
    assert ledger.verify() == []


def test_after_an_exception_nothing_is_written(ledger: Ledger) -> None:
    head = ledger.head()
    with pytest.raises(ZeroDivisionError), ledger.writing() as transaction:  # noqa: PT012 -- the whole page is the case
        written = transaction.append("received", at=NOON, key="a", content=LETTER)
        1 / 0  # noqa: B018 -- something goes wrong
    assert (ledger.head(), ledger.find("a")) == (head, None)
    assert ledger.content(str(written.object)) is None
    assert ledger.verify() == []


def test_entries_are_found_by_kind_phase_subject_and_time(ledger: Ledger) -> None:
    later = NOON + dt.timedelta(microseconds=1)
    a = ledger.append("received", at=NOON, subject="s1", phase="p1")
    b = ledger.append("read", at=NOON, subject="s1", phase="p1")
    c = ledger.append("received", at=later, subject="s2", phase="p2")
    assert ledger.entries("received") == [a, c]
    assert ledger.entries("received", "read") == [a, b, c]
    assert ledger.entries(phase="p1") == [a, b]
    assert ledger.entries("received", subject="s2") == [c]
    assert ledger.entries("received", "read", until=NOON.astimezone(BERLIN)) == [a, b]


def test_many_contents_at_once_in_any_order(ledger: Ledger) -> None:
    with ledger.writing() as transaction:
        objects = [
            str(transaction.append("received", at=NOON, content=Content("original", "text/plain", b"%d" % n)).object)
            for n in range(450)
        ]
    assert ledger.contents(reversed([*objects, "unknown", objects[0]])) == {
        object_id: b"%d" % n for n, object_id in enumerate(objects)
    }


def test_a_clock_that_runs_behind_is_refused(ledger: Ledger) -> None:
    ledger.append("pass", at=NOON)
    ledger.append("pass", at=NOON - dt.timedelta(minutes=5))
    with pytest.raises(LedgerError) as refused:
        ledger.append("pass", at=NOON - dt.timedelta(minutes=5, microseconds=1))
    assert refused.value.key == "ledger.clock"
    assert refused.value.facts == {"now": NOON - dt.timedelta(minutes=5, microseconds=1), "last": NOON}
    assert "14. Januar 2018, 12:00 Uhr" in refused.value.text("de")
    assert len(ledger.entries("pass")) == 2


def test_a_clock_that_once_ran_ahead_can_be_set_right(ledger: Ledger) -> None:
    ledger.append("pass", at=NOON + dt.timedelta(days=3650))
    with pytest.raises(LedgerError, match=r"ledger\.clock"):
        ledger.append("pass", at=NOON)
    ledger.append("clock", at=NOON, office="koordination")
    ledger.append("pass", at=NOON)
    assert ledger.verify() == []


def test_the_latest_time_is_that_of_the_journal_until_the_clock_is_confirmed(ledger: Ledger) -> None:
    ledger.append("pass", at=at("2018-02-01 08:00"))
    ledger.append("pass", at=at("2018-02-01 07:58"))
    assert ledger.latest_time() == at("2018-02-01 08:00")

    ledger.append("clock", at=at("2018-01-20 08:00"))
    assert ledger.latest_time() == at("2018-01-20 08:00")


def test_a_rehearsal_gives_out_the_same_ids_by_their_labels(ledger: Ledger) -> None:
    assert ledger.token("a") == SEEDED.token("a") != ledger.token("b")


def test_texts_are_kept_out_of_the_journal(ledger: Ledger) -> None:
    with pytest.raises(LedgerError) as refused:
        ledger.append("note", at=NOON, facts={"remark": "Lange Rede. " * 50})
    assert "Lange Rede" not in f"{refused.value}{refused.value.facts}"
    with pytest.raises(LedgerError):
        ledger.append("note", at=NOON, subject="zwei\nZeilen")
    assert ledger.entries("note") == []


SPEECH = "Lange Rede. " * 50


@pytest.mark.parametrize(
    ("name", "draft"),
    [
        ("kind", Draft(SPEECH, NOON)),
        ("office", Draft("note", NOON, office=SPEECH)),
        ("subject", Draft("note", NOON, subject=SPEECH)),
        ("phase", Draft("note", NOON, phase=SPEECH)),
        ("key", Draft("note", NOON, key=SPEECH)),
    ],
)
def test_no_name_in_an_entry_can_be_a_text_and_the_refusal_says_which_it_was(
    file: Path, name: str, draft: Draft
) -> None:
    with Ledger.open(file) as ledger, ledger.writing() as transaction:
        with pytest.raises(LedgerError) as refused:
            transaction.append_all([draft])
        [written] = transaction.append_all([Draft("note", NOON)])
    assert (refused.value.key, refused.value.facts) == ("ledger.fact", {"field": name})
    assert written.seq == 2


@pytest.mark.parametrize(
    ("content", "field"),
    [(Content("zwei\nZeilen", "text/plain", b""), "kind"), (Content("original", "text\nplain", b""), "media")],
)
def test_what_a_content_is_called_is_no_text_either(file: Path, content: Content, field: str) -> None:
    with Ledger.open(file) as ledger:
        with pytest.raises(LedgerError) as refused:
            ledger.append("received", at=NOON, content=content)
        assert ledger.verify() == []
    assert (refused.value.key, refused.value.facts) == ("ledger.fact", {"field": field})


def test_a_plan_of_many_words_is_no_name_of_a_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerError) as refused:
        Ledger.create(tmp_path / "akte.db", plan=SPEECH, now=NOON)
    assert (refused.value.key, refused.value.facts) == ("ledger.fact", {"field": "plan"})
    assert list(tmp_path.iterdir()) == []


def test_a_fingerprint_is_the_same_in_one_ledger_and_nowhere_else(
    place: Place, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "akte.db"
    with (
        Ledger.create(place, plan="p", entropy=Entropy.live(), now=NOON) as one,
        Ledger.create(elsewhere, plan="p", entropy=Entropy.live(), now=NOON) as other,
        Ledger.open(place) as again,
    ):
        assert one.fingerprint(b"Beitrag") == again.fingerprint(b"Beitrag") != one.fingerprint(b"beitrag")
        assert one.fingerprint(b"Beitrag") != other.fingerprint(b"Beitrag")


def test_a_repeated_rehearsal_writes_the_same_journal(tmp_path: Path) -> None:
    heads = []
    for name in ("first", "second"):
        with Ledger.create(tmp_path / name, plan="p", entropy=Entropy.seeded("p"), now=NOON) as ledger:
            ledger.append("received", at=NOON, key="k", content=LETTER)
            ledger.append("received", at=NOON, subject=ledger.person("kreis@example.org"), content=LETTER)
            heads.append(ledger.head())
    assert heads[0] == heads[1]


def test_a_second_ledger_is_not_put_over_the_first(ledger: Ledger, place: Place) -> None:
    head = ledger.head()
    with pytest.raises(LedgerError) as refused:
        Ledger.create(place, plan="other", now=NOON)
    assert refused.value.key == "ledger.exists"
    assert refused.value.facts == {"file": str(place).rpartition("/")[2]}
    assert (ledger.head(), ledger.verify()) == (head, [])


def test_a_reader_cannot_write(ledger: Ledger, place: Place) -> None:
    entry = ledger.append("received", at=NOON, key="k")
    with Ledger.open(place, read_only=True) as reader:
        assert reader.find("k") == entry
        assert reader.verify() == []
        with pytest.raises(LedgerError) as refused:
            reader.append("note", at=NOON)
    assert refused.value.key == "ledger.readonly"
    assert refused.value.facts == {"file": str(place).rpartition("/")[2]}


def test_who_waits_too_long_is_told_so(ledger: Ledger, place: Place) -> None:
    with Ledger.open(place, patience=0.1) as impatient, ledger.writing() as transaction:
        transaction.append("pass", at=NOON)
        with pytest.raises(LedgerError) as refused:
            impatient.append("pass", at=NOON)
        assert len(impatient.entries("pass")) == 0
    assert refused.value.key == "ledger.busy"
    assert refused.value.facts == {"file": str(place).rpartition("/")[2]}
    assert len(ledger.entries("pass")) == 1


def test_one_snapshot_does_not_move_while_others_write(file: Path) -> None:
    with Ledger.open(file) as ledger, Ledger.open(file) as other, ledger.reading() as reader:
        before = reader.last()
        other.append("pass", at=NOON)
        assert reader.last() == before
        assert reader.entries("pass") == []
