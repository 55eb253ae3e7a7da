"""Who speaks: the head, the mail, or nobody until somebody says so."""

from __future__ import annotations

import pytest

from tests.conftest import at
from tests.documents.extraction.sample_files import mail
from tests.documents.extraction.test_page_text import typeset
from tests.submissions.case.office import Office, texts


def test_a_paper_without_a_sender_waits_for_somebody_to_say(office: Office) -> None:
    office.drop("beitraege/a.txt", "Wir brauchen Räume.", "2018-01-05 10:00")
    office.look("2018-01-06 06:00")
    paper = office.only_paper()
    assert (paper.sender, paper.perspective) == (None, "")
    with office.workspace.open() as ledger:
        facts = {"actor": "lv-beisitz-04"}
        ledger.append("assigned", at=at("2018-01-07 09:00"), office="koordination", subject=paper.id, facts=facts)
    sender = office.only_paper().sender
    assert sender is not None
    assert (sender.id, office.only_paper().perspective) == ("lv-beisitz-04", "landesvorstand")
    assert office.case("2018-01-06 06:00").papers[0].sender is None


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Beisitz 7", "lv-beisitz-07"),
        ("Kreisverband Bautzen", "bautzen"),
        ("LAG Feministische Politik", "lwz-frauen"),
        ("Erika Beispiel", None),
    ],
)
def test_the_head_of_a_paper_names_an_actor_of_the_plan(office: Office, name: str, actor: str | None) -> None:
    office.drop("beitraege/a.txt", f"Von: {name}\n\nText.", "2018-01-05 10:00")
    office.look("2018-01-06 06:00")
    sender = office.only_paper().sender
    assert (sender.id if sender else None) == actor


def test_a_mail_is_from_whom_it_says_unless_its_text_says_otherwise(office: Office) -> None:
    office.drop("beitraege/a.eml", mail("Erster.", From="Beisitz 7 <b7@example.org>"), "2018-01-05 10:00")
    office.drop(
        "beitraege/b.eml", mail("Von: Beisitz 8\n\nZweiter.", From="Beisitz 7 <b@example.org>"), "2018-01-05 11:00"
    )
    office.drop("beitraege/c.eml", mail("Dritter.", From="Erika Dresden <e@example.org>"), "2018-01-05 12:00")
    office.look("2018-01-06 06:00")
    senders = [paper.sender.id if paper.sender else None for paper in office.case().papers]
    assert senders == ["lv-beisitz-07", "lv-beisitz-08", None]


def test_a_pdf_whose_first_lines_run_together_still_has_a_sender(office: Office) -> None:
    source = "#set par(spacing: 0.65em)\nVon: Beisitz 12\n\nWir brauchen Genoss\\*innen, die telefonieren.\n"
    office.drop("beitraege/a.pdf", typeset(office.workspace.root, source), "2018-01-05 10:00")
    office.look("2018-01-06 06:00")
    paper = office.only_paper()
    assert paper.sender is not None
    assert paper.sender.id == "lv-beisitz-12"
    assert texts(paper) == ["Wir brauchen Genoss*innen, die telefonieren."]
    assert paper.statements[0].page == 1


def test_minutes_know_their_unit_and_role(office: Office) -> None:
    """R69, R71: minutes are papers of their own number; sheets in the same folder are not."""
    head = "Verband: Kreisverband Zwickau\nRolle: Mitgliederbeauftragte\nDatum: 12.01.2018\n\n"
    office.drop("gespraeche/zwickau.txt", f"{head}Niemand ruft zurück.", "2018-01-13 10:00")
    office.drop("gespraeche/stand.csv", "Verband;Rolle;Stand\nZwickau;KGF;angefragt\n", "2018-01-13 11:00")
    office.drop("gespraeche/kaputt.xlsx", b"PK\x03\x04kaputt", "2018-01-13 12:00")
    office.look("2018-01-14 06:00")
    case = office.case()
    [minutes] = case.minutes
    assert (minutes.ref, minutes.unit, minutes.role, str(minutes.held_on)) == (
        "G01",
        "zwickau",
        "mitgliederbeauftragte",
        "2018-01-12",
    )
    assert [record.status for record in case.interviews] == ["asked"]
    assert case.papers == ()
