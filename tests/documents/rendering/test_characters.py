"""Characters: what is written out, and that the table of glyphs is true."""

from __future__ import annotations

import datetime as dt
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.documents.rendering.characters import _fonts, drawable, harmless, json_text, plain_drawable
from staffelstab.documents.rendering.typeset import pdf

NOON = dt.datetime(2018, 3, 2, 12, tzinfo=dt.UTC)
PAGE = """#set document(title: "x", date: datetime(year: 2018, month: 3, day: 2))
#set text(lang: "de", font: ("Libertinus Serif", "DejaVu Sans Mono"))
"""


def test_dangerous_characters_are_written_out_and_line_ends_unified() -> None:
    assert harmless("a\r\nb\rc\u2028d\x85e") == "a\nb\nc\nd\ne"
    assert harmless("\x1b[2J \ud800 \U000e0041 \uffff") == "‹U+001B›[2J ‹U+D800› ‹U+E0041› ‹U+FFFF›"
    assert harmless("Größe – „ja“ 😀 עברית") == "Größe – „ja“ 😀 עברית"


def test_what_the_fonts_lack_is_written_out_for_the_pdf() -> None:
    assert drawable("Größe ✓ Łódź") == "Größe ✓ Łódź"
    assert drawable("😀中 👍🏽") == "‹U+1F600›‹U+4E2D› ‹U+1F44D›‹U+1F3FD›"
    assert drawable("☎\ufe0f") == "☎"
    assert drawable("u\u0308") == "ü"
    assert plain_drawable("aü—✓") == "aü—‹U+2713›"


def test_every_character_of_the_table_can_be_set_in_a_standard_pdf() -> None:
    characters = sorted(set.union(*map(set, _fonts())))
    letters = [
        c for c in map(chr, characters) if unicodedata.category(c) not in {"Mn", "Mc", "Me", "Zs", "Zl", "Zp", "Cf"}
    ]
    line = " ".join(f"\\u{{{ord(c):x}}}" for c in letters)
    looks = ("#[{}]", "#strong[{}]", "#emph[{}]", "#strong[#emph[{}]]", "`` {} ``")
    assert pdf(PAGE + "\n\n".join(look.format(line) for look in looks), {}, NOON).startswith(b"%PDF")


def test_a_character_only_some_styles_lack_does_not_stop_the_document() -> None:
    assert pdf(PAGE + "_✖_", {}, NOON).startswith(b"%PDF")


def test_a_cluster_no_font_holds_whole_does_not_stop_the_document() -> None:
    assert pdf(PAGE + "✓\u0301 \u0627\u0301 e\u0301\u20e3 😀\ufe0f\u200d", {}, NOON).startswith(b"%PDF")


ANYTHING = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.attack("injection")
@given(ANYTHING)
def test_json_shows_no_dangerous_character_and_means_the_same(text: str) -> None:
    written = json_text({"a": [text]}, 2)
    assert written.encode()
    assert harmless(written) == unicodedata.normalize("NFC", written) or "\u0338" in text
    assert json.loads(written) == {"a": [text]} or any("\ud800" <= c <= "\udfff" for c in text)


@pytest.mark.attack("injection")
def test_direction_marks_in_json_are_escaped() -> None:
    assert json_text(["a\u202eb\x7f", "ü 🙂", "\ud800", "\U000e0041"]) == (
        '["a\\u202eb\\u007f", "ü 🙂", "\\ud800", "\\udb40\\udc41"]'
    )


@pytest.mark.attack("C4")
def test_text_is_normal_before_it_is_escaped_and_marks_are_counted() -> None:
    assert harmless("x \u1fef u\u0308 \u037e") == "x ` ü ;"
    assert harmless("Z" + "\u0338" * 1000) == "Z" + "\u0338" * 8 + "‹+992›"
    assert harmless("שָׁלוֹם עֲלֵיכֶם") == unicodedata.normalize("NFC", "שָׁלוֹם עֲלֵיכֶם")


@pytest.mark.attack("C4")
def test_the_pdf_shows_plain_letters_for_those_that_only_look_different_and_counts_what_is_long() -> None:
    assert drawable("𝗙𝗲𝘁𝘁 𝟙𝟚") == "Fett 12"
    assert drawable("欢" * 100) == "‹U+6B22›" * 8 + "‹+92›"
    assert drawable(">\u0338 <\u0338") == ">\u0338 <\u0338"


@pytest.mark.attack("C4")
@given(ANYTHING)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    once = harmless(text)
    assert harmless(once) == once
    assert once.encode() or not once
