"""Mails: their head, their body, their attachments."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from staffelstab.documents.extraction.eml import read_mail
from staffelstab.documents.extraction.extracted_text import Mail
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.worker_answer import Unreadable
from tests.documents.extraction.sample_files import mail, nested_mail, png

LIMITS = Limits()


def test_head_body_and_attachment() -> None:
    found = read_mail(
        mail("Anbei unser Beitrag.\n\nGrüße", {"../../etc/cron.d/x": b"1"}, Message_ID="<1@example.org>"), LIMITS
    )
    assert found.paragraphs == (("Anbei unser Beitrag.", None), ("Grüße", None))
    assert found.attachments == (("../../etc/cron.d/x", b"1"),)
    assert found.mail == Mail(
        "Beisitz 3", "b3@example.org", "Unser Beitrag", "2018-01-14T22:58:00+00:00", "<1@example.org>"
    )


def test_the_plain_body_is_preferred_and_the_other_is_the_same_text() -> None:
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("schlicht")
    message.add_alternative("<p>bunt", subtype="html")
    assert read_mail(message.as_bytes(), LIMITS).paragraphs == (("schlicht", None),)


def test_an_html_body_is_read() -> None:
    raw = "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\nMIME-Version: 1.0\nContent-Type: text/html; charset=latin1\n\n<p>fün<b>f</b>"
    found = read_mail(raw.encode("latin1"), LIMITS)
    assert (found.paragraphs, found.mail) == ((("fünf", None),), Mail(subject="Grüße"))


def test_a_logo_in_the_text_is_no_attachment_and_a_photograph_is() -> None:
    page = EmailMessage()
    page["Subject"] = "x"
    page.set_content('<p>Hallo<img src="cid:logo"><img src="cid:foto">', subtype="html")
    page.add_related(png(10, 10), maintype="image", subtype="png", cid="<logo>")
    page.add_related(png(10, 10) + bytes(60_000), maintype="image", subtype="png", cid="<foto>", filename="foto.png")
    assert [name for name, _ in read_mail(page.as_bytes(), LIMITS).attachments] == ["foto.png"]


def test_a_forwarded_mail_is_an_attachment() -> None:
    outer = EmailMessage()
    outer["Subject"] = "weiter"
    outer.set_content("Siehe unten.")
    inner = EmailMessage()
    inner["Subject"] = "innen"
    inner.set_content("Der Beitrag.")
    outer.add_attachment(inner)
    ((name, content),) = read_mail(outer.as_bytes(), LIMITS).attachments
    assert name == "nachricht.eml"
    assert read_mail(content, LIMITS).paragraphs == (("Der Beitrag.", None),)


@pytest.mark.parametrize("depth", [52, 1200])
def test_too_many_levels_are_refused_however_the_parser_takes_them(depth: int) -> None:
    with pytest.raises(Unreadable) as refused:
        read_mail(nested_mail(depth), LIMITS)
    assert refused.value.reason == "nested"


def test_the_last_level_allowed_is_read() -> None:
    assert read_mail(nested_mail(50), LIMITS).paragraphs == (("ganz innen", None),)


def test_too_many_parts_are_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read_mail(mail("a", {f"{number}.txt": b"x" for number in range(9)}), Limits(parts=9))
    assert refused.value.reason == "nested"


def test_an_encrypted_mail_says_so() -> None:
    raw = b'Subject: x\nContent-Type: multipart/encrypted; boundary="b"\n\n--b\nContent-Type: text/plain\n\nx\n--b--'
    with pytest.raises(Unreadable) as refused:
        read_mail(raw, LIMITS)
    assert refused.value.reason == "password"


def test_unknown_charsets_and_broken_encoded_words_are_read_as_far_as_possible() -> None:
    raw = b"Subject: =?x-unknown?q?a?= b\nContent-Type: text/plain; charset=x-unknown\n\nsch\xf6n und gr\xfcn"
    found = read_mail(raw, LIMITS)
    assert found.paragraphs == (("schön und grün", None),)
    assert found.mail is not None
    assert found.mail.subject.endswith("b")
