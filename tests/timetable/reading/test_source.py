"""Sentences and their places; quotes found again however the text is broken."""

from __future__ import annotations

import random
import re
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.timetable.reading.source import Source, source_beside
from tests.conftest import ROOT
from tests.timetable.reading.notations import SEED

PLANS = sorted((ROOT / "examples").glob("*/plan.toml"))
SENTENCES = [sentence.text for sentence in Source(SEED).sentences]


def texts(text: str) -> list[str]:
    """The sentences of a text."""
    return [sentence.text for sentence in Source(text).sentences]


def quotes(node: object) -> Iterator[str]:
    """Every quote of a plan file."""
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == "quote")
        yield from (quote for value in node.values() for quote in quotes(value))
    elif isinstance(node, list):
        yield from (quote for value in node for quote in quotes(value))


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.parent.name)
def test_every_quote_of_the_examples_is_found(plan: Path) -> None:
    source = source_beside(plan, "resolution.txt")
    if source is None:
        pytest.skip("no resolution beside this plan")
    assert [quote for quote in quotes(tomllib.loads(plan.read_text("utf-8"))) if source.find(quote) is None] == []


def test_a_quote_over_five_lines_has_its_first_and_its_last_line() -> None:
    place = Source(SEED).find("f.d.R. Dresden, den 15. Dezember 2017 Thomas Dudzak - Landesgeschäftsführer")
    assert place is not None
    lines = SEED.splitlines()
    assert (lines[place.line - 1], lines[place.last_line - 1]) == ("f.d.R.", "Thomas Dudzak - Landesgeschäftsführer")
    assert SEED[place.start : place.end].split("\n") == lines[place.line - 1 : place.last_line]


@given(st.randoms(use_true_random=False), st.sampled_from(SENTENCES))
def test_a_sentence_is_found_again_however_the_white_space_runs(chance: random.Random, sentence: str) -> None:
    flowed = re.sub(r"\s+", lambda _: chance.choice([" ", "  ", "\n", "\n\n", "\t", "\u00a0", "\n \f\n"]), SEED)
    place = Source(flowed).find(sentence)
    assert place is not None
    assert " ".join(flowed[place.start : place.end].split()) == sentence.removeprefix("*").removesuffix("*")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("die Mit-\nglieder der Ver\u00adsammlung", "die Mitglieder der Versammlung"),
        ("Stadt-\nund Kreisverbände", "Stadt- und Kreisverbände"),
        ("Dies ist *kein* **Konzept**", "Dies ist kein Konzept"),
        ("Dies ist kein Konzept", "Dies ist *kein* Konzept"),
        ("das Prinzip ‚Versuch und Irrtum‘ – immer", 'das Prinzip "Versuch und Irrtum" - immer'),
        ("ein Raum zum\n\nSeite 3 von 5\n\nAusprobieren", "ein Raum zum Ausprobieren"),
        ("u\u0308ber die ﬁnale Fassung", "über die finale Fassung"),
    ],
)
def test_marks_and_breaks_do_not_matter(text: str, quote: str) -> None:
    place = Source(text).find(quote)
    assert place is not None
    assert (place.start, place.end) == (0, len(text) - (2 if text.endswith("**") else 0))


@pytest.mark.parametrize("quote", ["", "  ", "*", "Genossinnen", "mitglieder", "genoss*innen", "nicht da"])
def test_letters_gender_stars_and_case_do_matter(quote: str) -> None:
    assert Source("Alle Genoss*innen, alle Neumitglieder").find(quote) is None


def test_a_whole_word_is_found_before_the_beginning_of_a_longer_one() -> None:
    place = Source("Die Landesvorstandssitzung.\n\nDer Landesvorstand.").find("Landesvorstand")
    assert place is not None
    assert (place.line, place.paragraph) == (3, 2)


def test_ordinals_abbreviations_and_names_end_no_sentence() -> None:
    text = (
        "Ggf. bietet sich die 3. Tagung des 14. LPT am 25. Aug. 2018 an, z. B. Dr. Meier bzw. Frau Weiß. "
        "Wie DIE FARBE. Nord. Danach ist Phase 3. Konkretes der FARBEN. Nord mit (ggf. radikal) Neuem. Ende 2018. Also los!"
    )
    assert texts(text) == [
        "Ggf. bietet sich die 3. Tagung des 14. LPT am 25. Aug. 2018 an, z. B. Dr. Meier bzw. Frau Weiß.",
        "Wie DIE FARBE. Nord.",
        "Danach ist Phase 3.",
        "Konkretes der FARBEN. Nord mit (ggf. radikal) Neuem.",
        "Ende 2018.",
        "Also los!",
    ]


def test_english_abbreviations_end_no_sentence() -> None:
    assert texts("See Mr. Hill, e.g. on p. 3. Then go. It ends at 5 p.m. today.") == [
        "See Mr. Hill, e.g. on p. 3.",
        "Then go.",
        "It ends at 5 p.m. today.",
    ]


def test_the_marks_of_a_heading_are_no_sentence() -> None:
    assert texts("h1. Antrag\n\n## Begründung\n\nbq. Ein Zitat.") == ["h1. Antrag", "## Begründung", "bq. Ein Zitat."]


def test_headings_rows_and_items_stand_alone_and_wrapped_lines_do_not() -> None:
    text = (
        "Zeitplan\n\nDEZ 17\tPhase 0\nab AUG 18\tPhase 6\n\nEtappe 5: Beschluss\nab 29. Juni 2020\n\n"
        "Alle Mitglieder sind eingeladen, bis zum Ende der ersten\nPhase etwas zu schreiben, und\nzwar frei.\n\n- eins\n- zwei"
    )
    assert texts(text) == [
        "Zeitplan",
        "DEZ 17 Phase 0",
        "ab AUG 18 Phase 6",
        "Etappe 5: Beschluss",
        "ab 29. Juni 2020",
        "Alle Mitglieder sind eingeladen, bis zum Ende der ersten Phase etwas zu schreiben, und zwar frei.",
        "- eins",
        "- zwei",
    ]


def test_a_sentence_broken_by_a_page_is_whole() -> None:
    joined = [s for s in Source(SEED).sentences if s.place.last_line > s.place.line]
    assert [(s.place.line, s.place.last_line, s.text.split()[0], s.text.split()[-1]) for s in joined] == [
        (55, 57, "Wie", "Landesvorstand."),
        (87, 89, "Hier", "werden."),
    ]


@given(st.text(alphabet="aA .!?\n\t-*1,ä", max_size=200))
def test_sentences_cover_all_words_in_order(text: str) -> None:
    sentences = Source(text).sentences
    assert "".join(text.split()) == "".join("".join(s.text.split()) for s in sentences)
    assert all(text[s.place.start : s.place.end].strip() == text[s.place.start : s.place.end] for s in sentences)


def test_ten_thousand_quotes_are_found_in_a_long_text_that_begins_each_sentence_alike() -> None:
    lines = [f"Der Vorstand wird im Fall {n} der Sache {n * 7} berichten." for n in range(10_000)]
    source = Source("\n\n".join(lines))
    started = time.process_time()
    places = [source.find(line) for line in lines]
    assert [place.paragraph for place in places if place] == list(range(1, 10_001))
    assert time.process_time() - started < 10  # one by one it would be minutes


def test_a_source_that_is_not_there_or_no_text_is_none(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7\xff\xfe")
    (tmp_path / "text.txt").write_text("\ufeffEin Satz.", encoding="utf-8")
    plan = tmp_path / "plan.toml"
    assert [source_beside(plan, name) for name in ("", "scan.pdf", "fehlt.txt")] == [None, None, None]
    source = source_beside(plan, "text.txt")
    assert source is not None
    assert [sentence.text for sentence in source.sentences] == ["Ein Satz."]


def test_many_quotes_are_found_in_passing_wherever_one_alone_is_found() -> None:
    """In order, out of order, over a line break, twice, in the middle of a word, and not at all."""
    text = "Der Vorstand tagt am 3. Mai.\nDie Vorstandssitzung beginnt\nspät. Der Vorstand dankt."
    source = Source(text)
    quotes = (
        "Der Vorstand dankt.",
        "Der Vorstand tagt",
        "beginnt spät.",
        "Vorstand",
        "orstand",
        "",
        " spät",
        "Der Vorsitz",
    )
    found = {quote: " ".join(text[start:end].split()) for quote, (start, end) in source.stretches(quotes).items()}
    assert found == {quote: quote.strip() for quote in quotes if source.find(quote)}
