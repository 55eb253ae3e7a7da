"""What arrives is kept: once, whole, with the moment that counts, whatever it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from staffelstab.submissions.case.contents import Skipped
from staffelstab.submissions.case.left_lying import read_left_lying
from staffelstab.submissions.case.receive import Intake
from tests.conftest import at
from tests.submissions.case.office import Office, texts


def test_the_same_paper_under_two_names_is_one_paper_with_two_arrivals(office: Office) -> None:
    office.drop("beitraege/a.txt", "Von: Beisitz 3\n\nWir brauchen Räume.", "2018-01-05 10:00")
    office.drop("beitraege/nochmal.txt", "Von: Beisitz 3\n\nWir brauchen Räume.", "2018-01-06 10:00")
    assert office.look("2018-01-07 06:00") == Intake(new=2, read=1)
    paper = office.only_paper()
    assert (paper.ref, paper.arrivals, paper.arrived) == ("B01", 2, at("2018-01-05 10:00"))
    assert texts(paper) == ["Wir brauchen Räume."]
    assert office.kinds() == {"arrived": 2, "genesis": 1, "pass": 1, "read": 1, "received": 1}


def test_looking_again_finds_nothing_new(office: Office) -> None:
    office.drop("beitraege/a.txt", "Wir brauchen Räume.", "2018-01-05 10:00")
    office.drop("zahlen/b.csv", "Verband;Jahr;Mitglieder\nBautzen;2017;300\n", "2018-01-05 11:00")
    assert office.look("2018-01-06 06:00") == Intake(new=2, read=2)
    case, kinds = office.case("2018-01-06 06:00"), office.kinds()
    assert office.look("2018-01-06 06:00") == Intake(again=2)
    assert office.look("2018-01-07 06:00") == Intake(again=2)
    assert office.kinds() == kinds | {"pass": 3}
    assert office.case("2018-01-07 06:00").papers == case.papers


def test_a_file_known_by_path_size_and_time_is_not_read_again(office: Office) -> None:
    """The price of a quick look: only what keeps all three, to the microsecond, would escape it."""
    office.drop("beitraege/a.txt", "Wir brauchen Raum.", "2018-01-05 10:00")
    office.look("2018-01-06 06:00")
    office.drop("beitraege/a.txt", "Wir brauchen Zeit.", "2018-01-05 10:00")
    assert office.look("2018-01-07 06:00") == Intake(again=1)
    office.drop("beitraege/a.txt", "Wir brauchen Zeit.", "2018-01-05 10:00:01")
    assert office.look("2018-01-08 06:00") == Intake(new=1, read=1)
    office.drop("beitraege/a.txt", "Wir brauchen Zeit!!", "2018-01-05 10:00:01")
    assert office.look("2018-01-09 06:00") == Intake(new=1, read=1)


@pytest.mark.parametrize(
    ("moment", "late"),
    [("2018-01-14 23:59:59", False), ("2018-01-15 00:00:00", True), ("2018-01-23 19:05:00", True)],
)
def test_late_is_marked_and_never_refused(office: Office, moment: str, late: bool) -> None:
    """R47, R62."""
    office.look("2018-01-13 06:00")
    office.drop("beitraege/a.txt", "Von: Beisitz 3\n\nWir brauchen Räume.", moment)
    office.look("2018-01-24 06:00")
    paper = office.only_paper()
    assert (paper.late, paper.call, paper.arrived, paper.doubtful) == (late, "call-1", at(moment), False)
    assert texts(paper) == ["Wir brauchen Räume."]


def test_papers_are_numbered_as_they_arrived_and_keep_their_numbers(office: Office) -> None:
    office.drop("beitraege/z.txt", "erster", "2018-01-05 10:00")
    office.drop("beitraege/a.txt", "zweiter", "2018-01-05 10:00:01")
    office.look("2018-01-06 06:00")
    office.drop("beitraege/0.txt", "dritter, aber mit einer Zeit davor", "2018-01-04 10:00")
    office.look("2018-01-07 06:00")
    assert [(paper.ref, texts(paper)[0][:8]) for paper in office.case().papers] == [
        ("B01", "erster"),
        ("B02", "zweiter"),
        ("B03", "dritter,"),
    ]


def test_what_cannot_be_read_counts_as_received(office: Office) -> None:
    office.drop("beitraege/kaputt.pdf", b"%PDF-1.7\n" + b"\x01\x02" * 5000, "2018-01-05 10:00")
    office.drop("beitraege/leer.txt", b" \n", "2018-01-05 11:00")
    assert office.look("2018-01-06 06:00") == Intake(new=2, read=2, unreadable=1)
    assert [(p.ref, p.status, p.reason, p.late, p.readable) for p in office.case().papers] == [
        ("B01", "unreadable", "damaged", False, False),
        ("B02", "empty", "empty", False, False),
    ]


def test_a_file_in_no_known_folder_is_a_paper(office: Office) -> None:
    office.drop("a.txt", "eins", "2018-01-05 10:00")
    office.drop("sonstiges/b.txt", "zwei", "2018-01-05 11:00")
    office.look("2018-01-06 06:00")
    assert [(paper.ref, paper.source) for paper in office.case().papers] == [("B01", "papers"), ("B02", "papers")]


def test_no_name_and_no_text_stands_in_the_journal(office: Office) -> None:
    office.drop("beitraege/Kanarienvogel.txt", "Von: Beisitz 3\n\nEin Kanarienvogel singt.", "2018-01-05 10:00")
    office.look("2018-01-06 06:00")
    with office.workspace.open(read_only=True) as ledger:
        entries = ledger.entries()
    assert [entry for entry in entries if "anarienvogel" in repr(entry)] == []


# -- versions ----------------------------------------------------------------------------------------------------------


def test_a_new_version_in_the_same_place_takes_the_place(office: Office) -> None:
    office.drop("beitraege/a.txt", "alt", "2018-01-05 10:00")
    office.look("2018-01-06 06:00")
    office.drop("beitraege/a.txt", "neu", "2018-01-06 10:00")
    assert office.look("2018-01-07 06:00") == Intake(new=1, read=1)
    case = office.case()
    assert [(paper.ref, paper.newer) for paper in case.papers] == [("B01", "B02"), ("B02", "")]
    assert [paper.ref for paper in case.of_call(office.plan.call("call-1"))] == ["B02"]
    assert [paper.newer for paper in office.case("2018-01-06 06:00").papers] == [""]


def test_a_paper_that_still_lies_elsewhere_is_not_replaced(office: Office) -> None:
    office.drop("beitraege/a.txt", "gemeinsam", "2018-01-05 10:00")
    office.drop("beitraege/b.txt", "gemeinsam", "2018-01-05 11:00")
    office.look("2018-01-06 06:00")
    office.drop("beitraege/b.txt", "überarbeitet", "2018-01-06 10:00")
    office.look("2018-01-07 06:00")
    assert [paper.newer for paper in office.case().papers] == ["", ""]


def test_an_earlier_paper_copied_over_a_later_one_is_the_newer_version(office: Office) -> None:
    office.drop("beitraege/a.txt", "erster", "2018-01-05 10:00")
    office.drop("beitraege/b.txt", "zweiter", "2018-01-05 11:00")
    office.look("2018-01-06 06:00")
    office.drop("beitraege/b.txt", "erster", "2018-01-06 10:00")
    office.look("2018-01-07 06:00")
    assert [(paper.ref, paper.newer, paper.arrivals) for paper in office.case().papers] == [
        ("B01", "", 2),
        ("B02", "B01", 1),
    ]


@pytest.mark.parametrize(
    "changed", ["2018-01-07 10:00", "2018-01-05 10:00"], ids=["saved again", "copied with its time"]
)
def test_an_earlier_version_put_back_is_the_newer_one_again(office: Office, changed: str) -> None:
    office.drop("beitraege/a.txt", "alt", "2018-01-05 10:00")
    office.look("2018-01-06 06:00")
    office.drop("beitraege/a.txt", "neu", "2018-01-06 10:00")
    office.look("2018-01-07 06:00")
    office.drop("beitraege/a.txt", "alt", changed)
    assert office.look("2018-01-08 06:00") == Intake(new=1)
    assert office.look("2018-01-09 06:00") == Intake(again=1)
    assert [(paper.ref, paper.newer, paper.arrived) for paper in office.case().papers] == [
        ("B01", "", at("2018-01-05 10:00")),
        ("B02", "B01", at("2018-01-06 10:00")),
    ]


# -- when it arrived ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("passes", "modified", "looked", "counts", "doubtful"),
    [
        (["2018-01-14 20:00"], "2018-01-14 21:00", "2018-01-15 06:00", "2018-01-14 21:00", False),
        (["2018-01-14 20:00"], "2018-01-15 05:00", "2018-01-15 06:00", "2018-01-15 05:00", False),
        (["2018-01-14 20:00"], "2018-01-10 09:00", "2018-01-15 06:00", "2018-01-14 20:00", True),
        (["2018-01-14 20:00"], "2018-03-01 09:00", "2018-01-15 06:00", "2018-01-14 20:00", True),
        (["2018-01-14 20:00"], "2018-01-10 09:00", "2018-01-14 22:00", "2018-01-14 20:00", False),
        (["2018-01-15 06:00"], "2018-01-10 09:00", "2018-01-16 06:00", "2018-01-15 06:00", False),
        ([], "2017-12-01 09:00", "2018-01-04 06:00", "2017-12-15 21:00", False),
    ],
    ids=[
        "certain, in time",
        "certain, late",
        "older than the last pass: in the sender's favour",
        "from the future: likewise",
        "older, but the deadline is still to come",
        "older, but the deadline was over before",
        "older than the ledger",
    ],
)
def test_the_moment_that_counts(
    office: Office, passes: list[str], modified: str, looked: str, counts: str, doubtful: bool
) -> None:
    """Reliability case 24: a file has arrived after the last pass that did not see it, and not after now."""
    for moment in passes:
        office.look(moment)
    office.drop("beitraege/a.txt", "Text.", modified)
    office.look(looked)
    paper = office.only_paper()
    assert (paper.arrived, paper.doubtful) == (at(counts), doubtful)
    assert paper.late == (at(counts) >= at("2018-01-15"))


def test_a_certain_arrival_in_time_settles_every_doubt(office: Office) -> None:
    office.look("2018-01-14 08:00")
    office.drop("beitraege/a.txt", "Text.", "2018-01-14 21:00")
    office.drop("beitraege/kopie.txt", "Text.", "2018-01-02 09:00")  # came by a way that keeps old times
    office.look("2018-01-15 06:00")
    paper = office.only_paper()
    assert (paper.arrivals, paper.late, paper.doubtful) == (2, False, False)


def test_an_ordinary_arrival_on_the_last_evening_is_not_doubtful_for_a_later_copy(office: Office) -> None:
    """What one arrival leaves open must not be mixed with what another one shows."""
    office.look("2018-01-14 08:00")
    office.drop("beitraege/a.txt", "Text.", "2018-01-14 21:00")
    office.look("2018-01-15 06:00")
    office.drop("beitraege/kopie.txt", "Text.", "2018-01-02 09:00")
    office.look("2018-01-16 06:00")
    assert not office.only_paper().doubtful


def test_the_zone_is_the_plans(office: Office) -> None:
    office.drop("beitraege/a.txt", "Text.", "2018-01-05 10:00")
    office.look("2018-01-06 06:00")
    assert office.only_paper().arrived.isoformat() == "2018-01-05T10:00:00+01:00"


# -- what is no paper --------------------------------------------------------------------------------------------------


def test_links_and_pipes_are_noted_once_and_nothing_hangs(office: Office) -> None:
    inbox = office.workspace.inbox / "beitraege"
    secret = office.workspace.root / "plan.toml"
    os.mkfifo(inbox / "rohr.txt")
    (inbox / "link.txt").symlink_to(secret)
    office.drop("beitraege/a.txt", "Text.", "2018-01-05 10:00")
    assert office.look("2018-01-06 06:00") == Intake(new=1, read=1, skipped=2)
    assert office.look("2018-01-07 06:00") == Intake(again=1, skipped=2)
    case = office.case()
    assert case.skipped == (Skipped("fifo", 1), Skipped("link", 1))
    assert [paper.ref for paper in case.papers] == ["B01"]


def test_what_has_arrived_after_all_is_no_longer_skipped(office: Office) -> None:
    link = office.workspace.inbox / "beitraege" / "a.txt"
    link.symlink_to(office.workspace.plan_file)
    office.look("2018-01-06 06:00")
    assert office.case().skipped == (Skipped("link", 1),)
    link.unlink()
    office.drop("beitraege/a.txt", "Text.", "2018-01-06 10:00")
    office.look("2018-01-07 06:00")
    assert office.case().skipped == ()


@pytest.mark.attack("H2")
def test_what_no_longer_lies_there_is_no_longer_told_and_told_again_when_it_comes_back(office: Office) -> None:
    link = office.workspace.inbox / "beduerfnisse" / "a.csv"
    for moment, there in (("2018-01-06", True), ("2018-01-07", False), ("2018-01-08", True), ("2018-01-09", True)):
        link.unlink(missing_ok=True)
        if there:
            link.symlink_to(office.workspace.plan_file)
        office.look(f"{moment} 06:00")
        assert office.case().skipped == ((Skipped("link", 1, "needs"),) if there else ())
    assert office.kinds()["skipped"] == 3


@pytest.mark.attack("H2")
def test_a_paper_that_was_replaced_by_a_link_is_told(office: Office) -> None:
    file = office.drop("beitraege/a.txt", "Text.", "2018-01-05 10:00")
    office.look("2018-01-06 06:00")
    file.unlink()
    file.symlink_to(office.workspace.plan_file)
    office.look("2018-01-07 06:00")
    assert office.case().skipped == (Skipped("link", 1),)
    assert [paper.ref for paper in office.case().papers] == ["B01"]


@pytest.mark.attack("H2")
def test_what_waits_for_a_day_is_told_too(office: Office) -> None:
    office.drop("beitraege/Brief.docx.tmp", "Text.", "2018-01-05 10:00")
    office.drop("beitraege/~$Brief.docx", "", "2018-01-05 10:00")
    assert office.look("2018-01-06 06:00") == Intake(waiting=2)
    assert office.case().skipped == ()
    assert office.look("2018-01-07 06:00") == Intake(waiting=2)
    assert office.case().skipped == (Skipped("partial", 1),)
    assert [(item.name, item.reason, item.since) for item in read_left_lying(office.workspace.root).things] == [
        ("beitraege/Brief.docx.tmp", "partial", at("2018-01-06 06:00")),
        ("beitraege/~$Brief.docx", "partial", at("2018-01-06 06:00")),
    ]


@pytest.mark.attack("M2")
def test_twins_do_not_replace_each_other(office: Office) -> None:
    texts_by_name = {"Überblick.txt": "Von: Beisitz 3\n\nEins.", "U\u0308berblick.txt": "Von: Beisitz 4\n\nZwei."}
    for name, text in texts_by_name.items():
        office.drop(f"beitraege/{name}", text, "2018-01-05 10:00")
    for raw in (b"inv\xff.txt", b"inv\\xff.txt"):
        place = os.path.join(os.fsencode(office.workspace.inbox / "beitraege"), raw)  # noqa: PTH118 -- a name that is no text
        with open(place, "wb") as file:  # noqa: PTH123 -- likewise
            file.write(b"Text von " + raw.hex().encode())
        os.utime(place, (at("2018-01-05 11:00").timestamp(),) * 2)
    assert office.look("2018-01-06 06:00") == Intake(new=4, read=4)
    for day in (7, 8):
        assert office.look(f"2018-01-0{day} 06:00") == Intake(again=4)
    papers = office.case().papers
    assert [(paper.newer, paper.arrivals) for paper in papers] == [("", 1)] * 4
    assert sorted(paper.sender.name for paper in papers if paper.sender) == ["Beisitz 3", "Beisitz 4"]


def test_a_half_written_file_waits_and_arrives_with_its_own_time(office: Office) -> None:
    file = office.drop("beitraege/a.txt", "Text, der wä", "2018-01-05 10:00")
    with file.open("ab") as stream:
        assert office.look("2018-01-06 06:00") == Intake(waiting=1)
        stream.write(b"chst.")
    os.utime(file, (at("2018-01-06 06:01").timestamp(),) * 2)
    office.drop("beitraege/b.txt.part", "halb", "2018-01-06 05:00")
    assert office.look("2018-01-06 07:00") == Intake(new=1, read=1, waiting=1)
    assert texts(office.only_paper()) == ["Text, der wächst."]
    assert office.case().skipped == ()


def test_names_are_data(office: Office, tmp_path: Path) -> None:
    for name in ("..\\..\\x.txt", "-rf", "a\nb.txt", "Übersicht.txt", "U\u0308bersicht.txt", "x" * 250 + ".txt"):
        office.drop(f"beitraege/{name}", f"Text von {len(name)} {name.encode()!r}", "2018-01-05 10:00")
    before = sorted(path.name for path in tmp_path.iterdir())
    assert office.look("2018-01-06 06:00") == Intake(new=6, read=6)
    assert len(office.case().papers) == 6
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_files_are_taken_in_portions_that_fit_into_memory(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("staffelstab.submissions.case.portions.BYTES", 50)
    for number in range(9):
        office.drop(f"beitraege/{9 - number}.txt", f"Beitrag {number} " + "x" * 20, f"2018-01-05 10:00:0{number}")
    office.drop("beitraege/gross.txt", "Beitrag 9 " + "y" * 90, "2018-01-05 10:00:09")
    assert office.look("2018-01-06 06:00") == Intake(new=10, read=10)
    assert [texts(paper)[0][:9] for paper in office.case().papers] == [f"Beitrag {n}" for n in range(10)]


# -- reading -----------------------------------------------------------------------------------------------------------


def test_what_was_erased_is_neither_read_again_nor_shown(office: Office) -> None:
    office.drop("beitraege/a.txt", "Von: Beisitz 3\n\nBitte vergessen.", "2018-01-05 10:00")
    office.look("2018-01-06 06:00")
    with office.workspace.open() as ledger:
        for entry in ledger.entries("received", "read"):
            ledger.erase(str(entry.object), at=at("2018-06-01"), office="koordination", reason="wish")
    assert office.look("2018-06-02 06:00") == Intake(again=1)
    paper = office.only_paper()
    assert (paper.ref, paper.arrived, paper.statements, paper.sender) == ("B01", at("2018-01-05 10:00"), (), None)


def test_a_new_kind_of_reading_reads_everything_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.drop("beitraege/a.txt", "Text.", "2018-01-05 10:00")
    office.look("2018-01-06 06:00")
    monkeypatch.setattr("staffelstab.submissions.case.extracts.READING", "3")
    assert office.look("2018-01-07 06:00") == Intake(again=1, read=1)
    assert office.kinds()["read"] == 2
    assert texts(office.only_paper()) == ["Text."]
    assert office.look("2018-01-08 06:00") == Intake(again=1)
