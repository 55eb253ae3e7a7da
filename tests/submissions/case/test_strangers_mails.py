"""Mails of strangers, of programs and of people who pretend to be others: each costs at most itself, and nobody is taken at a
word that contradicts another."""

from __future__ import annotations

import time

import pytest

from staffelstab.documents.extraction.extracted_text import Paragraph, Reading
from staffelstab.phases import responses
from staffelstab.phases.responses import CallState
from staffelstab.publishing.outbox.call_letters import still_missing
from staffelstab.submissions.case.extracts import READING
from tests.conftest import at
from tests.documents.extraction.sample_files import mail
from tests.submissions.case.office import Office, texts

DEEP = "(" * 990 + ")" * 990


def state(office: Office) -> CallState:
    """The first call."""
    return responses.state(office.case("2018-01-06 06:00"), office.plan.calls[0])


def missing(office: Office) -> set[str]:
    """Who would be reminded."""
    return {actor.id for actor in still_missing(office.case("2018-01-06 06:00"), office.plan.calls[0])}


def assign(office: Office, ref: str, actor: str) -> None:
    """What `staffelstab record sender` enters."""
    paper = office.case().paper(ref)
    assert paper is not None
    with office.workspace.open() as ledger:
        ledger.append(
            "assigned", at=at("2018-01-06 05:59"), office="koordination", subject=paper.id, facts={"actor": actor}
        )


@pytest.mark.attack("C3")
def test_a_sender_of_a_thousand_brackets_costs_only_its_name(office: Office) -> None:
    office.drop("beitraege/a.eml", f"From: {DEEP} <a@b>\n\nWir brauchen Räume.\n", "2018-01-05 10:00")
    office.drop("beitraege/b.txt", "Von: Beisitz 3\n\nUnd Zeit.", "2018-01-05 11:00")
    office.look("2018-01-06 06:00")
    strange, ordinary = office.case().papers
    assert (texts(strange), strange.sender) == (["Wir brauchen Räume."], None)
    assert ordinary.sender is not None


@pytest.mark.attack("C3")
def test_a_reading_of_the_version_before_with_such_a_sender_ends_nothing(office: Office) -> None:
    """It lies in ledgers written before; what it says is found, and then it is read anew."""
    office.drop("beitraege/a.eml", f"From: {DEEP} <a@b>\n\nVon: Beisitz 3\n\nUns fehlt Zeit.\n", "2018-01-05 10:00")
    office.look("2018-01-06 06:00")
    old = Reading(
        "read",
        "eml",
        paragraphs=(Paragraph("Von: Beisitz 3"), Paragraph("Uns fehlt Zeit.")),
        headers={"from": f"{DEEP} <a@b>", "auto_submitted": "no"},
    )
    paper = office.only_paper()
    enter(office, paper.id, "1", old)
    found = office.only_paper()
    assert (texts(found), found.sender) == (["Uns fehlt Zeit."], paper.sender)
    assert paper.sender is not None


def enter(office: Office, paper: str, version: str, reading: Reading) -> None:
    """A reading as an earlier version entered it: without what it did not know."""
    from msgspec import json

    from staffelstab.ledger.values import Content

    known = json.decode(reading.to_json().encode())
    text = json.encode({name: value for name, value in known.items() if name not in ("head", "mail")})
    with office.workspace.open() as ledger:
        ledger.append(
            "read",
            at=at("2018-01-06 06:00"),
            subject=paper,
            key=f"read:{version}:{paper}",
            facts={"status": "read", "form": reading.form, "reason": "", "paragraphs": len(reading.paragraphs)},
            content=Content("extract", "application/json", text),
        )


def test_a_ledger_of_the_version_before_is_read_again_and_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("staffelstab.submissions.case.extracts.READING", "1")
    office.drop("beitraege/a.eml", mail("Erster.", From="Beisitz 7 <b7@example.org>"), "2018-01-05 10:00")
    office.look("2018-01-06 06:00")
    paper = office.only_paper()
    old = Reading(
        "read",
        "eml",
        paragraphs=(Paragraph("Erster."),),
        headers={"from": "Beisitz 7 <b7@example.org>", "subject": "x"},
    )
    enter(office, paper.id, "0", old)
    assert office.only_paper() == paper
    monkeypatch.setattr("staffelstab.submissions.case.extracts.READING", READING)
    assert office.look("2018-01-07 06:00").read == 1
    assert office.only_paper() == paper
    assert office.look("2018-01-08 06:00").read == 0


@pytest.mark.attack("H1")
@pytest.mark.parametrize("size", [3_000, 60_000, 3_000_000])
def test_a_head_of_nothing_but_colons_takes_no_time(office: Office, size: int) -> None:
    office.drop("beitraege/a.txt", "Von: " + "a: " * (size // 3), "2018-01-05 10:00")
    office.look("2018-01-06 06:00")
    begun = time.process_time()
    [text] = texts(office.only_paper())
    assert time.process_time() - begun < 2
    assert text.startswith("Von: a: a:")
    assert len(text) >= size


@pytest.mark.attack("H8")
@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Auto_Submitted": "auto-replied", "Precedence": "bulk", "Return_Path": "<>"}, "reply"),
        ({"X_Autoreply": "yes"}, "reply"),
        ({"Return_Path": "<>"}, "report"),
        ({"Precedence": "bulk"}, "bulk"),
    ],
)
def test_what_a_program_writes_in_somebodys_name_is_set_aside(
    office: Office, headers: dict[str, str], kind: str
) -> None:
    away = mail("Ich bin bis 20. Januar nicht da.", None, From="Beisitz 6 <b6@example.org>", **headers)
    office.drop("beitraege/a.eml", away, "2018-01-05 10:00")
    office.drop("beitraege/b.txt", "Von: Beisitz 3\n\nUnd Zeit.", "2018-01-05 11:00")
    office.look("2018-01-06 06:00")
    found = state(office)
    assert [paper.ref for paper in found.papers] == ["B02"]
    assert [(paper.ref, paper.automatic) for paper in found.set_aside] == [("B01", kind)]
    assert "lv-beisitz-06" in missing(office)
    assert [(note.key, note.facts) for note in responses.notes(found) if note.key == "automatic"] == [
        ("automatic", {"paper": "B01"})
    ]
    assert responses.counts(found)["papers"] == 1
    assert responses.register((found,))[-1][0] == "B01"
    assert responses.register((found,))[-1][-1] == "automatic"


@pytest.mark.attack("H8")
def test_somebody_can_say_that_it_is_a_contribution_all_the_same(office: Office) -> None:
    office.drop("beitraege/a.eml", mail("Ja.", From="Beisitz 6 <b@example.org>", Precedence="bulk"), "2018-01-05 10:00")
    office.look("2018-01-06 06:00")
    assign(office, "B01", "lv-beisitz-06")
    [paper] = state(office).papers
    assert (paper.attribution, state(office).set_aside) == ("confirmed", ())
    assert "lv-beisitz-06" not in missing(office)


@pytest.mark.attack("H8")
def test_a_sender_who_is_only_named_is_not_confirmed(office: Office) -> None:
    office.drop("beitraege/a.eml", mail("Eins.", From="Beisitz 7 <troll@evil.example>"), "2018-01-05 10:00")
    office.drop("beitraege/b.txt", "Von: Landesvorsitz\n\nZwei.", "2018-01-05 11:00")
    office.drop("beitraege/c.txt", "Drei.", "2018-01-05 12:00")
    office.look("2018-01-06 06:00")
    assert [paper.attribution for paper in office.case().papers] == ["stated", "stated", ""]
    assert state(office).claimed
    assign(office, "B01", "lv-beisitz-07")
    assert [paper.attribution for paper in office.case().papers] == ["confirmed", "stated", ""]


@pytest.mark.attack("H8")
def test_mails_of_one_office_from_two_addresses_are_doubted_until_one_is_confirmed(office: Office) -> None:
    office.drop("beitraege/a.eml", mail("Eins.", From="Beisitz 7 <b7@example.org>"), "2018-01-05 10:00")
    office.drop("beitraege/b.eml", mail("Zwei.", From="Beisitz 7 <troll@evil.example>"), "2018-01-05 11:00")
    office.drop("beitraege/c.eml", mail("Drei.", From="Beisitz 7 <B7@example.org>"), "2018-01-05 12:00")
    office.look("2018-01-06 06:00")
    assert [paper.attribution for paper in office.case().papers] == ["contradicted"] * 3
    assert [note.facts["paper"] for note in responses.notes(state(office)) if note.key == "contradicted"] == [
        "B01",
        "B02",
        "B03",
    ]
    assign(office, "B01", "lv-beisitz-07")
    assert [paper.attribution for paper in office.case().papers] == ["confirmed", "contradicted", "stated"]


@pytest.mark.attack("H8")
def test_a_text_that_names_another_than_its_mail_is_doubted(office: Office) -> None:
    office.drop("beitraege/a.eml", mail("Von: Beisitz 8\n\nA.", From="Beisitz 7 <b@example.org>"), "2018-01-05 10:00")
    office.drop("beitraege/b.eml", mail("Von: Beisitz 8\n\nB.", From="Erika <e@example.org>"), "2018-01-05 11:00")
    office.look("2018-01-06 06:00")
    found = [(paper.sender.id if paper.sender else "", paper.attribution) for paper in office.case().papers]
    assert found == [("lv-beisitz-08", "contradicted"), ("lv-beisitz-08", "stated")]
