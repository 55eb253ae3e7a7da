"""Labelled lines at the beginning of a paper: found by their labels, in time that does not grow with what follows."""

from __future__ import annotations

import time

import pytest

from staffelstab.documents.extraction.extracted_text import HeadField
from staffelstab.documents.extraction.head_fields import FIELDS, VALUE, head_fields, labels_of
from staffelstab.documents.extraction.reader import heading_labels

LABELS = labels_of(("Von", "Eingereicht von", "Datum"))


def test_a_field_is_a_label_a_value_and_where_they_stand() -> None:
    assert head_fields(["Von: Nord", "Text."], LABELS) == (HeadField("von", "Nord", 0, 0, 5, 9),)


def test_fields_in_one_line_end_where_the_next_begins() -> None:
    line = "VON: Nord Eingereicht  von: Süd Datum:1.1.2018"
    assert [(field.label, field.value, line[field.at : field.ends]) for field in head_fields([line], LABELS)] == [
        ("von", "Nord", "Nord "),
        ("eingereicht von", "Süd", "Süd "),
        ("datum", "1.1.2018", "1.1.2018"),
    ]


def test_the_first_paragraph_without_a_label_ends_the_head() -> None:
    assert [field.paragraph for field in head_fields(["Von: Nord", "Text", "Datum: 1.1.2018"], LABELS)] == [0]


def test_labels_are_known_in_every_language() -> None:
    assert {"Von", "From"} <= set(heading_labels())


@pytest.mark.attack("H1")
@pytest.mark.parametrize("piece", ["a: ", ": ", "Von: ", "a:", "Von:a ", "x ", "Von "])
def test_a_head_of_half_a_megabyte_takes_no_time(piece: str) -> None:
    text = "Von: " + piece * (500_000 // len(piece))
    begun = time.process_time()
    found = head_fields([text] * 50, LABELS)
    assert time.process_time() - begun < 0.5
    assert len(found) <= FIELDS
    assert all(len(field.value) <= VALUE for field in found)
