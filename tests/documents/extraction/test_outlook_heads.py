"""The head of an Outlook message, from its properties; whole messages are in `test_corpus.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import cast

import pytest

from staffelstab.documents.extraction.extracted_text import Mail
from staffelstab.documents.extraction.outlook import _head, _Properties

CLASS, SENDER, SMTP, SUBJECT, HEADERS = "001A", "0C1A", "5D01", "0037", "007D"


class Properties:
    """Properties of a message as its storage would give them."""

    def __init__(self, texts: Mapping[str, str], sent: dt.datetime | None = None) -> None:
        self._texts, self._sent = texts, sent

    def text(self, number: str) -> str:
        """A text by its number."""
        return self._texts.get(number, "")

    def moment(self, _: int) -> dt.datetime | None:
        """When it was sent."""
        return self._sent


def head(texts: Mapping[str, str], sent: dt.datetime | None = None) -> Mail:
    """What is said of a message with these properties."""
    return _head(cast(_Properties, Properties(texts, sent)))


def test_a_person_s_message_says_who_sent_it_what_and_when() -> None:
    sent = dt.datetime(2018, 1, 14, 22, 58, tzinfo=dt.UTC)
    told = {SENDER: "Beisitz 7", SMTP: "B7@Example.org", SUBJECT: "Beitrag", CLASS: "IPM.Note"}
    assert head(told, sent) == Mail("Beisitz 7", "b7@example.org", "Beitrag", "2018-01-14T22:58:00+00:00")


@pytest.mark.attack("H8")
@pytest.mark.parametrize(
    ("kind", "transport", "expected"),
    [
        ("IPM.Note.Rules.OofTemplate.Microsoft", "", "reply"),
        ("IPM.Note.Rules.ReplyTemplate.Microsoft", "", "reply"),
        ("REPORT.IPM.Note.NDR", "", "report"),
        ("IPM.Note", "Received: x\r\nAuto-Submitted: auto-replied\r\n", "reply"),
        ("IPM.Note", "X-AutoReply: yes\r\n", "reply"),
        ("IPM.Note", "Precedence: bulk\r\n", "bulk"),
        ("IPM.Note", "Return-Path: <>\r\n", "report"),
        ("IPM.Note", "Content-Type: multipart/report;\r\n report-type=delivery-status\r\n", "report"),
        ("IPM.Note", "Subject: Auto-Submitted: auto-replied\r\n", ""),
        ("", "", ""),
    ],
)
def test_outlook_too_tells_what_a_program_wrote(kind: str, transport: str, expected: str) -> None:
    assert head({CLASS: kind, HEADERS: transport, SENDER: "Beisitz 6"}).automatic == expected


@pytest.mark.attack("C3")
def test_properties_of_megabytes_are_cut() -> None:
    long = "(" * 2_000_000
    found = head({SENDER: long, SMTP: long, SUBJECT: long, HEADERS: ("a" * 999 + ":\n") * 2000})
    assert (len(found.name), found.address, len(found.subject)) == (120, "", 200)
