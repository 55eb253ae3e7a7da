"""Characters: what is written out, and that the table of glyphs is true."""

from __future__ import annotations

import datetime as dt
import unicodedata

from staffelstab.documents.rendering.characters import _fonts, drawable, harmless, plain_drawable
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
