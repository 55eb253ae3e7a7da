"""What the facts of entries mean: written by the steps, read back as values; what older ledgers lack has its plain meaning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from staffelstab.ledger.entries import (
    Arrived,
    Assigned,
    Decided,
    Drafted,
    Froze,
    HandedOn,
    PassedOver,
    Received,
    Sealed,
    Surveyed,
    is_unreadable,
    missed_before,
    occasion_of,
    recipients_of,
    waiting_after,
)
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content, Entry, Known
from tests.ledger.conftest import NOON

NOTES = Content("notes", "text/plain", b"Mehr Zeit.")


@pytest.fixture
def ledger(file: Path) -> Iterator[Ledger]:
    with Ledger.open(file) as ledger:
        yield ledger


def entered(
    ledger: Ledger, kind: str, *, subject: str = "", phase: str = "", content: Content | None = None, **facts: Known
) -> Entry:
    """The entry as it is read back from the ledger."""
    written = ledger.append(kind, at=NOON, subject=subject, phase=phase, facts=facts, content=content)
    [found] = ledger.entries(kind)[-1:]
    assert found == written
    return found


def test_a_letter_names_its_occasion_and_its_recipients(ledger: Ledger) -> None:
    letter = entered(ledger, "letter", occasion="papers", to=["landesvorstand", "lv-beisitz-01"])

    assert (occasion_of(letter), recipients_of(letter)) == ("papers", ("landesvorstand", "lv-beisitz-01"))


def test_a_letter_of_an_older_ledger_names_nobody(ledger: Ledger) -> None:
    assert recipients_of(entered(ledger, "letter", occasion="call")) == ()
    assert recipients_of(entered(ledger, "letter", occasion="call", to="landesvorstand")) == ()


def test_a_paper_is_unreadable_only_where_nothing_could_be_read(ledger: Ledger) -> None:
    found = [is_unreadable(entered(ledger, "read", status=status)) for status in ("read", "partly", "unreadable")]
    assert found == [False, False, True]


def test_a_pass_says_what_it_missed_and_what_is_still_arriving(ledger: Ledger) -> None:
    passed = entered(ledger, "pass", missed=["2018-01-14 call_deadline", "2018-01-19 session"], waiting=3)
    assert (missed_before(passed), waiting_after(passed)) == (2, 3)

    quiet = entered(ledger, "pass", missed=[])
    assert (missed_before(quiet), waiting_after(quiet)) == (0, 0)


def test_a_decision_is_read_with_the_votes_that_were_counted_and_the_day_the_body_met(ledger: Ledger) -> None:
    whole = entered(
        ledger,
        "decided",
        subject="lv-2018-01-19",
        outcome="adopted",
        yes=9,
        no=0,
        abstentions=3,
        assumed=True,
        met="2018-01-19",
        corrects=3,
        content=NOTES,
    )
    assert whole.object is not None
    assert Decided.of(whole) == Decided(
        "lv-2018-01-19", NOON, "adopted", 9, 0, 3, True, dt.date(2018, 1, 19), True, whole.object
    )

    bare = entered(ledger, "decided", subject="lv-2018-01-19", outcome="noted")
    assert Decided.of(bare) == Decided("lv-2018-01-19", NOON, "noted", None, None, None, False, None, False, None)


def test_a_survey_tells_how_far_it_looked_and_which_draft_it_left(ledger: Ledger) -> None:
    draft = Drafted("c0", "f0", NOON - dt.timedelta(days=1))
    as_of = "2018-01-13T12:00:00+00:00"
    assert draft.facts == {"draft": "c0", "files": "f0", "as_of": as_of}
    with_draft = entered(
        ledger,
        "surveyed",
        phase="phase-1",
        seen=17,
        plan="e1",
        blocks=1,
        warnings=2,
        questions=3,
        draft="c0",
        files="f0",
        as_of=as_of,
    )
    assert Surveyed.of(with_draft) == Surveyed("phase-1", NOON, 17, "e1", 1, 3, draft)

    old = entered(ledger, "surveyed", phase="phase-1", blocks=0, questions=0)
    assert Surveyed.of(old) == Surveyed("phase-1", NOON, old.seq, "", 0, 0, None)


def test_a_frozen_dossier_is_its_files_and_figures_by_name(ledger: Ledger) -> None:
    frozen = entered(
        ledger,
        "frozen",
        subject="lv-2018-01-19",
        formats=["md", "pdf"],
        objects=["o1", "o2"],
        counted=["papers"],
        counts=[4],
        late=True,
    )
    assert Froze.of(frozen) == Froze("lv-2018-01-19", NOON, {"md": "o1", "pdf": "o2"}, {"papers": 4}, True, frozen.seq)


def test_a_frozen_dossier_of_which_a_file_has_no_object_is_not_read_in_part(ledger: Ledger) -> None:
    whole: dict[str, Known] = {"formats": ["md"], "objects": ["o1"], "counted": ["papers"], "counts": [4]}
    lists: list[dict[str, Known]] = [{"formats": ["md", "pdf"]}, {"counted": ["papers", "talks"]}]
    for longer in lists:
        with pytest.raises(ValueError, match="shorter"):
            Froze.of(entered(ledger, "frozen", **(whole | longer)))  # type: ignore[arg-type]  # facts, and no keywords


def test_a_hand_over_says_how_many_gaps_travel_along(ledger: Ledger) -> None:
    assert HandedOn.of(entered(ledger, "handed_over", number=2, hash="abc")) == HandedOn(2, NOON, "abc", 0)
    assert HandedOn.of(entered(ledger, "handed_over", number=2, hash="abc", debts=5)).debts == 5
    assert Sealed.of(entered(ledger, "sealed", debts=5)) == Sealed(NOON, 5)


def test_a_paper_is_received_with_its_folder_its_size_and_its_original(ledger: Ledger) -> None:
    entry = entered(ledger, "received", subject="b07", source="papers", size=14, content=NOTES)

    assert entry.object is not None
    assert Received.of(entry) == Received("b07", "papers", 14, entry.object, entry.seq)


@pytest.mark.parametrize("earliest", [False, True])
def test_an_arrival_has_the_moment_that_counts_and_the_one_at_which_it_was_written_down(
    ledger: Ledger, earliest: bool
) -> None:
    facts = {"at": "2018-01-14T10:00:00+01:00", "place": "beitraege/x.txt", "seen": "m"}
    entry = entered(ledger, "arrived", subject="b07", earliest=earliest, content=NOTES, **facts)

    assert Arrived.of(entry) == Arrived(
        paper="b07",
        at=dt.datetime(2018, 1, 14, 9, tzinfo=dt.UTC),
        earliest=earliest,
        place="beitraege/x.txt",
        mark="m",
        name=entry.object,
        entered=NOON,
        seq=entry.seq,
    )


def test_what_is_passed_over_has_a_reason_and_a_place_if_it_is_known(ledger: Ledger) -> None:
    found = [entered(ledger, "skipped", reason="link"), entered(ledger, "skipped", reason="link", place="beitraege/x")]
    assert [PassedOver.of(entry) for entry in found] == [PassedOver("link", ""), PassedOver("link", "beitraege/x")]


def test_somebody_has_entered_whose_a_paper_is(ledger: Ledger) -> None:
    assert Assigned.of(entered(ledger, "assigned", subject="b07", actor="lv-vorsitz")) == Assigned("b07", "lv-vorsitz")
