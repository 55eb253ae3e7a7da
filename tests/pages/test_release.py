"""A letter let go by its page: who would get it, the button, what became of it for each, and what somebody says of that."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from staffelstab.people.contact import Contact
from staffelstab.service.sending import released, send
from tests.mailing.conftest import hold, on, post, root, through
from tests.mailing.mail_server import MailServer, mail_server
from tests.mailing.test_sending import CALL, Through
from tests.pages.conftest import Pages, pages_of
from tests.pages.reading import hidden
from tests.pages.test_outbox import text

__all__ = ["root", "through"]
AT = "2017-12-20 08:00"
PAGE = "outbox/call-call-1/release"


@pytest.fixture
def pages(root: Path) -> Pages:
    """The call lies in the outbox; two people with mail and one who wants paper hold an office."""
    paper = Contact("Karl Klein", post=("Weg 1", "09111 Chemnitz"), way="post")
    people = [("lv-beisitz-01", Contact("Eva Beispiel", mail="eva@example.org"))]
    hold(root, [*people, ("lv-beisitz-02", Contact("Otto Cut", mail="cut@example.org")), ("lv-beisitz-03", paper)])
    post(root)
    return pages_of(root, AT)


def press(pages: Pages, do: str, person: str = "") -> str:
    """What is shown after the button was pressed."""
    fields = hidden(pages.open(PAGE)) | {"do": do, "person": person}
    return text(pages.send(PAGE, **fields))


def test_the_letter_leads_to_who_would_get_it(pages: Pages, through: Through) -> None:
    through(MailServer(port=1))
    assert f'href="/{pages.plan}/{PAGE}"' in pages.open("outbox/call-call-1")
    said = text(pages.open(PAGE))
    assert "Heute bekämen diesen Brief 3 Personen, jede einmal:" in said
    assert "Eva Beispiel Beisitz 1 mit E-Mail" in said
    assert "Karl Klein Beisitz 3 mit der Post" in said
    assert "Beisitz 4: für heute niemand eingetragen" in said
    assert "eva@example.org" not in said


def test_without_a_mail_server_there_is_no_button_but_a_sentence(pages: Pages) -> None:
    said = pages.open(PAGE)
    assert "Datei mail.toml" in text(said)
    assert 'value="release"' not in said


def test_it_is_released_sent_and_told_for_each_person(pages: Pages, root: Path, through: Through) -> None:
    with mail_server(MailServer(cut={"cut"})) as server:
        through(server)
        assert "Der Brief ist freigegeben." in press(pages, "release")
        assert "Er geht in wenigen Minuten hinaus" in text(pages.open(PAGE))
        send(on(root, AT))
        assert len(server.taken) == 2
    said = text(pages.open(PAGE))
    assert re.search(r"Eva Beispiel Beisitz 1 verschickt am 20\. Dezember 2017", said)
    assert "brach die Verbindung ab: Ob er ankam, weiß niemand Ist angekommen : Otto Cut" in said
    assert "Karl Klein Beisitz 3 ist zur Post zu bringen Ist aufgegeben" in said
    answer = pages.browser.get(f"/{pages.plan}/{PAGE}/print")
    assert (answer.status_code, answer.headers["content-type"], answer.content[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    assert "Karl Klein" in pdfium.PdfDocument(answer.content)[0].get_textpage().get_text_range()
    for one in released(on(root, AT))[CALL].deliveries:
        if one.state == "unknown":
            assert "Das ist eingetragen." in press(pages, "sent", one.person)
        if one.state == "to_post":
            assert "Das ist eingetragen." in press(pages, "posted", one.person)
    assert Counter(one.state for one in released(on(root, AT))[CALL].deliveries) == Counter(sent=2, posted=1)
    assert "zum Drucken" not in text(pages.open(PAGE))
    assert pages.browser.get(f"/{pages.plan}/{PAGE}/print").status_code == 409


def test_what_was_not_offered_is_refused_and_enters_nothing(pages: Pages, root: Path, through: Through) -> None:
    with mail_server() as server:
        through(server)
        press(pages, "release")
        send(on(root, AT))
    sent = next(one for one in released(on(root, AT))[CALL].deliveries if one.state == "sent")
    for do, person in (("later", sent.person), ("posted", "nobody"), ("unknown", sent.person), ("", "")):
        assert "Es ist nichts verändert worden." in press(pages, do, person)


def test_a_form_that_was_shown_before_somebody_else_entered_something_is_refused(
    pages: Pages, root: Path, through: Through
) -> None:
    through(MailServer(port=1))
    fields = hidden(pages.open(PAGE)) | {"do": "release"}
    hold(root, [("lv-beisitz-04", Contact("Neu Dabei", mail="neu@example.org"))], AT)
    assert 'role="alert"' in pages.send(PAGE, **fields)
    assert released(on(root, AT)) == {}
