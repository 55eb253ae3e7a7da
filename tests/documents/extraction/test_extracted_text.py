"""A reading survives the ledger."""

from __future__ import annotations

import msgspec
import pytest

from staffelstab.documents.extraction.extracted_text import Paragraph, Part, Reading, Table

READING = Reading(
    "read",
    "eml",
    "",
    (Paragraph("Grüße"), Paragraph("Seite zwei", 1, 2)),
    (Table("Blatt", (("a", "=1+1"),), 2),),
    (Part("x.eml", "eml", "read"), Part("y.pdf", "pdf", "unreadable", "password")),
    {"subject": "B", "from": "A <a@example.org>"},
    ("macros", "ocr"),
)


def test_it_comes_back_as_it_was() -> None:
    assert Reading.from_json(READING.to_json()) == READING


def test_the_same_reading_is_the_same_text_in_whatever_order_its_head_was() -> None:
    first, second = ({"a": "1", "b": "2"}, {"b": "2", "a": "1"})
    assert Reading("empty", "eml", headers=first).to_json() == Reading("empty", "eml", headers=second).to_json()


def test_an_older_reading_without_the_later_fields_is_still_read() -> None:
    assert Reading.from_json('{"status":"empty","form":"txt"}') == Reading("empty", "txt")


def test_something_else_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        Reading.from_json('{"status":"fine","form":"txt"}')
