"""What becomes a paragraph, and what is only how it was typed."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.documents.extraction.normalise import clean, one_line, paragraphs


def test_wrapped_lines_are_one_paragraph_and_blank_lines_divide() -> None:
    assert paragraphs("Wir brauchen Treffen,\nauch auf dem Land.\n \n\nUnd Kaffee.\n") == [
        "Wir brauchen Treffen, auch auf dem Land.",
        "Und Kaffee.",
    ]


def test_items_stand_for_themselves_and_keep_their_mark() -> None:
    assert paragraphs("Wir fordern:\n* mehr Treffen\n* weniger\n  Papier\n1. sofort\nb) bald") == [
        "Wir fordern:",
        "* mehr Treffen",
        "* weniger Papier",
        "1. sofort",
        "b) bald",
    ]


def test_a_heading_in_textile_or_markdown_ends_with_its_line() -> None:
    assert paragraphs("h3. Begründung\nWeil es nötig ist.\n# Titel\nText") == [
        "h3. Begründung",
        "Weil es nötig ist.",
        "# Titel",
        "Text",
    ]


def test_the_head_of_a_paper_keeps_its_lines() -> None:
    assert paragraphs("Von: Vorsitz\nVerband: Nord\nLieber Vorstand,\nes fehlt viel.") == [
        "Von: Vorsitz",
        "Verband: Nord",
        "Lieber Vorstand, es fehlt viel.",
    ]


def test_a_wrapped_sentence_with_a_colon_is_no_head() -> None:
    text = "Uns fehlt vor allem eines: jemand, der die Neuen begrüßt und\nihnen alles zeigt."
    assert paragraphs(text) == [text.replace("\n", " ")]


def test_a_typesetters_hyphen_goes_and_a_german_one_stays() -> None:
    assert paragraphs("Mitglie-\nder, Orts-\nund Kreisverbände, SPD-\nBasis", hyphenated=True) == [
        "Mitglieder, Orts- und Kreisverbände, SPD- Basis"
    ]


def test_a_soft_hyphen_at_a_lines_end_joins_the_word() -> None:
    assert paragraphs("Mitglie\u00ad\nder und Ver\u00adbände") == ["Mitglieder und Verbände"]


def test_invisible_characters_go() -> None:
    assert clean("u\u0308ber\u00adall\u200b \u202egeheim\u202c\x00\ufeff") == "überall geheim"
    assert one_line(" a\u00a0b\tc\r\nd ") == "a b c d"
    assert paragraphs("\uf0b7 Punkt\u2028zwei") == ["• Punkt zwei"]


@given(st.text())
def test_every_paragraph_is_storable_and_on_one_line(text: str) -> None:
    for line in paragraphs(text):
        assert line.strip()
        assert "\n" not in line
        assert unicodedata.is_normalized("NFC", line)
        assert line.encode("utf-8").decode() == line


@given(st.lists(st.from_regex(r"[A-Za-zäöü]{1,12}", fullmatch=True)), st.integers(0, 3))
def test_no_word_is_lost(words: list[str], breaks: int) -> None:
    text = ("\n" * breaks or " ").join(words)
    assert " ".join(paragraphs(text)).split() == words


@pytest.mark.attack("M1")
def test_half_a_million_short_lines_are_one_paragraph_in_seconds() -> None:
    begun = time.process_time()
    [found] = paragraphs("Wort\n" * 500_000)
    assert time.process_time() - begun < 10
    assert found.count(" ") == 499_999
