"""A table as a spreadsheet opens it: every cell stays a text."""

from __future__ import annotations

import csv
import io

import pytest

from staffelstab.documents.rendering.spreadsheet import as_csv, safe_cell


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "﹣"])
@pytest.mark.parametrize(
    "before",
    ["", " ", "   ", "\n", "\t", "\r", " \n ", "\u00a0", "\u2003", "\u200b", "\ufeff", "\u00ad", "\x00", "\x1f"],
)
def test_nothing_before_a_sign_makes_it_a_formula(before: str, sign: str) -> None:
    assert safe_cell(f"{before}{sign}1+1").startswith("'")
    assert safe_cell(f"{before}{sign}1+1").endswith(f"{sign}1+1")


@pytest.mark.parametrize("text", ["\tText", "\rText", "\nText", " \nText"])
def test_a_cell_that_would_break_its_row_first_is_closed_too(text: str) -> None:
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize(
    "text", ["", " ", "1=1", "a\nb", "300", "Wir brauchen: Räume + Zeit", "‑1 ist kein Minus", "'=1"]
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


def test_dangerous_characters_are_written_out() -> None:
    assert safe_cell("a\rb\u202ec\x07") == "a\nb‹U+202E›c‹U+0007›"


def test_a_table_is_read_back_as_it_was_but_for_formulas() -> None:
    rows = [["Nr.", "Text"], ["1", 'Sie sagte: „Ja“; "nein", vielleicht'], [" =1+1", "zwei\nZeilen"], []]
    written = as_csv(rows, ";")
    assert written.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=";")) == [
        ["Nr.", "Text"],
        ["1", 'Sie sagte: „Ja“; "nein", vielleicht'],
        ["' =1+1", "zwei\nZeilen"],
        [],
    ]
