"""What the head of a mail claims, however it is written; nothing in it costs more than its length allows."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.documents.extraction.eml import read_mail
from staffelstab.documents.extraction.extracted_text import Mail
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.mail_head import automatic, mail_head, sender, sent
from staffelstab.documents.extraction.reader import Reader
from staffelstab.documents.extraction.worker_answer import Unreadable
from tests.documents.extraction.sample_files import mail

NAMES = (
    "From",
    "Subject",
    "Date",
    "Content-Type",
    "Content-Transfer-Encoding",
    "Content-Disposition",
    "Precedence",
    "x",
)
DEEP = "(" * 990 + ")" * 990


@pytest.mark.parametrize(
    ("header", "name", "address"),
    [
        ("Beisitz 3 <b3@example.org>", "Beisitz 3", "b3@example.org"),
        ('"Beisitz 3" <B3@Example.org>', "Beisitz 3", "b3@example.org"),
        ('"Beisitz \\"3\\"" <b3@example.org>', 'Beisitz "3"', "b3@example.org"),
        ("=?utf-8?q?J=C3=B6rg?= <j@example.org>", "Jörg", "j@example.org"),
        ("b3@example.org (Beisitz 3)", "Beisitz 3", "b3@example.org"),
        ("<b3@example.org>", "", "b3@example.org"),
        ("b3@example.org", "", "b3@example.org"),
        ("Beisitz 3", "Beisitz 3", ""),
        ("Beisitz 3 <kein Ort>", "Beisitz 3", ""),
        ("", "", ""),
        ("Vorsitz\n\t<v@example.org>", "Vorsitz", "v@example.org"),
    ],
)
def test_a_sender_has_a_name_and_an_address(header: str, name: str, address: str) -> None:
    assert sender(header) == (name, address)


@pytest.mark.attack("H8")
def test_an_address_in_an_encoded_name_is_part_of_the_name() -> None:
    hidden = "=?utf-8?q?Vorsitz_=3Cvorsitz=40example=2Eorg=3E?= <troll@evil.example>"
    assert sender(hidden) == ("Vorsitz <vorsitz@example.org>", "troll@evil.example")


@pytest.mark.attack("C3")
@pytest.mark.parametrize(
    "header", [f"{DEEP} <a@b>", DEEP * 500, "<" * 10**6, '"' + "\\" * 10**6, "a@" * 500_000, "=?utf-8?q?" * 100_000]
)
def test_a_sender_of_any_length_and_depth_takes_no_time(header: str) -> None:
    begun = time.process_time()
    name, address = sender(header)
    assert time.process_time() - begun < 0.5
    assert len(name) <= 120
    assert len(address) <= 254


@pytest.mark.attack("C3")
def test_a_mail_whose_sender_is_nothing_but_brackets_is_read(reader: Reader) -> None:
    found = reader.read(f"From: {DEEP} <a@b>\nSubject: x\nDate: x\n\nWir brauchen Räume.\n".encode(), "a.eml")
    assert [item.text for item in found.paragraphs] == ["Wir brauchen Räume."]
    assert found.mail is not None
    assert len(found.mail.name) <= 120


@pytest.mark.attack("C3")
@pytest.mark.parametrize(
    "header",
    [
        "Content-Type: text/plain" + ";a=b" * 500_000,
        'Content-Type: multipart/mixed; boundary="' + "b;" * 500_000 + '"',
        "Content-Disposition: attachment" + ";" * 1_000_000,
        "Subject: " + "=?utf-8?q?a?= " * 100_000,
        "Date: " + "Mon, " * 300_000,
    ],
    ids=["type", "boundary", "disposition", "subject", "date"],
)
def test_headers_of_a_megabyte_are_cut_before_they_are_looked_at(header: str) -> None:
    begun = time.process_time()
    found = read_mail(f"From: Beisitz 3 <b3@example.org>\n{header}\n\nText.\n".encode(), Limits())
    assert time.process_time() - begun < 5
    assert found.mail is not None
    assert (found.mail.name, len(found.mail.subject) <= 200) == ("Beisitz 3", True)


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Sun, 14 Jan 2018 23:58:00 +0100", "2018-01-14T22:58:00+00:00"),
        ("14 Jan 2018 23:58", "2018-01-14T23:58:00+00:00"),
        ("Sun, 31 Dec 9999 23:59:59 -2359", ""),
        ("Mon, 1 Jan 0001 00:00:00 +9999", ""),
        ("gestern", ""),
        ("", ""),
    ],
)
def test_a_date_is_a_moment_or_nothing(date: str, moment: str) -> None:
    assert sent(date) == moment


@pytest.mark.attack("H8")
@pytest.mark.parametrize(
    ("headers", "kind", "expected"),
    [
        ({"auto-submitted": "auto-replied"}, "", "reply"),
        ({"auto-submitted": "auto-generated; owner-email=x"}, "", "reply"),
        ({"auto-submitted": "no"}, "", ""),
        ({"x-autoreply": "yes"}, "", "reply"),
        ({"x-autorespond": "Abwesend"}, "", "reply"),
        ({"precedence": "auto_reply"}, "", "reply"),
        ({"precedence": "bulk"}, "", "bulk"),
        ({"precedence": "Junk"}, "", "bulk"),
        ({"precedence": "list"}, "", ""),
        ({"return-path": "<>"}, "", "report"),
        ({"return-path": "<b3@example.org>"}, "", ""),
        ({"from": "Mail Delivery System <MAILER-DAEMON@example.org>"}, "", "report"),
        ({}, "multipart/report", "report"),
        ({}, "text/plain", ""),
    ],
)
def test_what_a_program_wrote_is_told_by_its_head(headers: dict[str, str], kind: str, expected: str) -> None:
    assert mail_head(headers, kind).automatic == expected


def test_of_two_headers_of_a_name_the_first_counts() -> None:
    found = read_mail(b"From: Eins <a@b.de>\nFrom: Zwei <c@d.de>\nSubject: x\n\nText.\n", Limits())
    assert found.mail == Mail("Eins", "a@b.de", "x")


def test_a_name_written_in_bytes_is_taken_as_utf_8() -> None:
    assert read_mail("From: Jörg <j@b.de>\n\nText.\n".encode(), Limits()).mail == Mail("Jörg", "j@b.de")


def test_an_ordinary_mail_is_no_programs() -> None:
    found = read_mail(mail("Text."), Limits())
    assert found.mail is not None
    assert found.mail.automatic == automatic({}) == ""


@pytest.mark.attack("C3")
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=60)), max_size=8), st.binary(max_size=200))
def test_any_mail_is_read_or_has_a_reason(headers: list[tuple[str, str]], body: bytes) -> None:
    head = "".join(f"{name}: {value}\n" for name, value in headers)
    try:
        found = read_mail(head.encode("utf-8", "surrogatepass") + b"\n" + body, Limits()).mail
    except Unreadable:
        return
    assert found is not None
    assert all(len(part) <= 254 for part in (found.name, found.address, found.subject, found.sent, found.message_id))
