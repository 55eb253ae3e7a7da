"""Submissions: the register, what was not taken, one paper, and the forms that assign and withdraw."""

from __future__ import annotations

import re

import pytest

from staffelstab.ledger.sqlite_file import opened
from staffelstab.service.decide import record_decision
from staffelstab.service.phase_run import open_run
from staffelstab.submissions.case.contents import Submission
from tests.conftest import at
from tests.pages.conftest import Pages, Visited
from tests.pages.reading import hidden, text
from tests.service.small_folder import put, run_at

NOW = "2018-01-10 07:00"
REPLY = "From: Beisitz 4 <b4@example.org>\nSubject: Abwesend\nAuto-Submitted: auto-replied\n\nIch bin im Urlaub.\n"
NAMED = "Von: Beisitz 3\n\nErster Absatz <b>fett</b> \u202egnp\n\nZweiter Absatz.\n"


@pytest.fixture
def pages(visited: Visited) -> Pages:
    """A paper with a sender (B01), one without (B02), what a program wrote (B03), one that cannot be read (B04), one too late."""
    found = visited(NOW, passed=False)
    put(found.root, "beitraege/mueller-privat.txt", NAMED, at("2018-01-05"))
    put(found.root, "beitraege/b.txt", "Ein Beitrag ohne Absender.\n", at("2018-01-06"))
    put(found.root, "beitraege/c.eml", REPLY, at("2018-01-07"))
    put(found.root, "beitraege/d.pdf", "%PDF-1.4 kaputt", at("2018-01-08"))
    put(found.root, "beitraege/.versteckt.txt", "x", at("2018-01-08"))
    found.passed(NOW)
    return found


def paper(pages: Pages, ref: str) -> Submission:
    run = open_run(pages.root, pages.now)
    with run.workspace.open(read_only=True) as ledger:
        found = run.case(ledger).paper(ref)
    assert found is not None
    return found


def enter(pages: Pages, ref: str, **fields: str) -> str:
    path = f"submissions/{ref}"
    return pages.send(path, **hidden(pages.send(path, **fields, do="preview")), do="enter")


def test_the_register_says_who_sent_what_when_and_how_sure_that_is(pages: Pages) -> None:
    said = text(pages.open("submissions"))
    assert "B01 Beisitz 3 laut Angabe, ungeprüft 05.01.2018, 00:00 TXT Call for Papers" in said
    assert "B02 ohne Absenderangabe 06.01.2018" in said
    assert "nicht lesbar, zählt als eingegangen" in said
    assert "von einem Programm geschrieben, zählt nicht als Beitrag" in said
    assert "mueller" not in said


def test_what_was_not_taken_says_why_and_what_to_do(pages: Pages) -> None:
    said = text(pages.open("submissions"))
    assert "1 Sache im Posteingang ist nicht übernommen" in said
    assert ".versteckt.txt" in said
    assert "Ist es ein Beitrag, bitte ohne Punkt neu benennen." in said


@pytest.mark.parametrize(
    ("only", "refs"),
    [
        ("all", ["B01", "B02", "B03", "B04"]),
        ("nameless", ["B02", "B04"]),
        ("unread", ["B04"]),
        ("aside", ["B03"]),
        ("late", []),
        ("withdrawn", []),
        ("<script>", ["B01", "B02", "B03", "B04"]),
    ],
)
def test_the_register_can_be_narrowed(pages: Pages, only: str, refs: list[str]) -> None:
    page = pages.open(f"submissions?only={only}&from=99999")
    assert re.findall(r'<th scope="row"><a href="[^"]+">(\w+)</a>', page) == refs


def test_a_paper_shows_its_paragraphs_by_number_and_its_original_under_a_neutral_name(pages: Pages) -> None:
    page = pages.open("submissions/B01")
    assert "<b>fett" not in page
    assert "&lt;b&gt;fett&lt;/b&gt;" in page
    assert "\u202e" not in page
    assert '<p id="B01.2">' in page
    found = pages.browser.get(f"/{pages.plan}/submissions/B01/original")
    assert found.content.decode() == NAMED
    assert found.headers["content-disposition"] == 'attachment; filename="B01.txt"'
    assert pages.browser.get(f"/{pages.plan}/submissions/B99").status_code == 404
    assert pages.browser.get(f"/{pages.plan}/submissions/B99/original").status_code == 404


def test_a_sender_is_checked_shown_with_what_follows_and_entered_once(pages: Pages) -> None:
    assert "Bitte aus der Liste wählen." in text(pages.send("submissions/B02", kind="sender", actor="", do="preview"))
    preview = pages.send("submissions/B02", kind="sender", actor="lv-beisitz-03", do="preview")
    assert "B02 gilt als Beitrag von: Beisitz 3 (bestätigt)" in text(preview)
    assert "erinnert wird dort nicht mehr" in text(preview)
    assert paper(pages, "B02").sender is None
    sent = hidden(preview)
    assert "Eingetragen. Neu gezählt wird beim nächsten Tageslauf." in text(
        pages.send("submissions/B02", **sent, do="enter")
    )
    assert "ein zweites Mal wurde nichts eingetragen" in text(pages.send("submissions/B02", **sent, do="enter"))
    found = paper(pages, "B02")
    assert found.sender is not None
    assert (found.sender.id, found.attribution) == ("lv-beisitz-03", "confirmed")
    assert pages.runs.asked == []


def test_what_a_program_wrote_counts_once_somebody_says_whose_it_is(pages: Pages) -> None:
    assert "Ist es doch einer, bitte unten sagen, von wem" in text(pages.open("submissions/B03"))
    preview = text(pages.send("submissions/B03", kind="sender", actor="lv-beisitz-04", do="preview"))
    assert "B03 zählt damit als Beitrag." in preview
    enter(pages, "B03", kind="sender", actor="lv-beisitz-04")
    assert paper(pages, "B03").automatic == ""


def test_a_paper_is_withdrawn_with_a_reason_and_that_is_undone(pages: Pages) -> None:
    refused = pages.send("submissions/B01", kind="withdraw", by="", reason="x" * 501, do="preview")
    assert "2 Angaben fehlen oder passen nicht" in text(refused)
    assert "x" * 501 in refused
    asked = {"kind": "withdraw", "by": "lv-beisitz-03", "reason": "War ein <i>Versehen</i>"}
    assert "Withdrawn" not in enter(pages, "B01", **asked)
    found = paper(pages, "B01")
    assert found.withdrawn is not None
    assert found.withdrawn.reason == "War ein <i>Versehen</i>"
    page = pages.open("submissions/B01")
    assert "<i>Versehen" not in page
    assert "durch: Beisitz 3. Grund: War ein <i>Versehen</i>" in text(page)
    assert "Erster Absatz" not in page
    assert "schon zurückgezogen" in text(pages.send("submissions/B01", **asked, do="preview"))
    enter(pages, "B01", kind="undo", by="lv-beisitz-03", reason="Doch ein Beitrag")
    assert paper(pages, "B01").withdrawn is None
    assert "nicht zurückgezogen" in text(
        pages.send("submissions/B01", kind="undo", by="lv-beisitz-03", reason="Noch einmal", do="preview")
    )


def test_sent_twice_a_withdrawal_is_one(pages: Pages) -> None:
    asked = {"kind": "withdraw", "by": "lv-beisitz-03", "reason": "Versehen"}
    sent = hidden(pages.send("submissions/B01", **asked, do="preview"))
    pages.send("submissions/B01", **sent, do="enter")
    assert "ein zweites Mal wurde nichts eingetragen" in text(pages.send("submissions/B01", **sent, do="enter"))


def test_of_two_browsers_at_once_the_second_is_told(pages: Pages) -> None:
    mine = hidden(pages.send("submissions/B02", kind="sender", actor="lv-beisitz-03", do="preview"))
    yours = hidden(pages.send("submissions/B02", kind="sender", actor="lv-beisitz-04", do="preview"))
    pages.send("submissions/B02", **mine, do="enter")
    assert "Inzwischen ist etwas eingetragen worden" in text(pages.send("submissions/B02", **yours, do="enter"))
    found = paper(pages, "B02").sender
    assert found is not None
    assert found.id == "lv-beisitz-03"


def test_a_decision_meanwhile_is_told_too(pages: Pages) -> None:
    pages.passed("2018-01-22 07:00")
    sent = hidden(pages.send("submissions/B02", kind="sender", actor="lv-beisitz-03", do="preview"))
    record_decision(run_at(pages.root, "2018-01-22 07:00"), "lv-2018-01-19", "noted", notes=[])
    assert "Inzwischen ist etwas eingetragen worden" in text(pages.send("submissions/B02", **sent, do="enter"))
    assert paper(pages, "B02").sender is None


def test_while_something_else_holds_the_ledger_nothing_is_entered_and_what_was_chosen_stays(pages: Pages) -> None:
    sent = hidden(pages.send("submissions/B02", kind="sender", actor="lv-beisitz-03", do="preview"))
    other = opened(pages.root / "ledger.db", read_only=False)
    other.execute("BEGIN IMMEDIATE")
    page = pages.send("submissions/B02", **sent, do="enter")
    other.execute("ROLLBACK")
    other.close()
    assert "greift gerade ein anderes Programm zu" in text(page)
    assert '<option value="lv-beisitz-03" selected>' in page


def test_a_form_that_is_none_of_ours_is_refused(pages: Pages) -> None:
    for fields in ({"kind": "burn"}, {}, {"kind": "sender", "actor": "<script>", "do": "enter"}):
        page = pages.send("submissions/B02", **fields)
        assert "<script>" not in page
        assert paper(pages, "B02").sender is None
