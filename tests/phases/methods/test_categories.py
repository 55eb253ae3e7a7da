"""Statements find their category by visible hits, in any inflection; where nothing is found, nothing is claimed."""

from __future__ import annotations

import csv
import re
import time
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.phases.methods.categories import Coding, categorise
from staffelstab.phases.methods.codebook import Category, Codebook

BOOK = Codebook(
    (
        Category("kasse", "Kasse", ("beitrag", "*beitrag", "kassen*"), ("kein Geld",)),
        Category("land", "Land", ("dorf",), ("ländlicher Raum",)),
        Category("raum", "Räume", ("raum",)),
        Category("neu", "Neue", (), ("neue Mitglieder",)),
    ),
    (Category("werbung", "Werbung", ("werbekampagne",), ("neue Mitglieder … gewinnen",), "Kampagnen"),),
)
STATEMENTS = Path(__file__).parent / "statements_de.toml"


def code(text: str) -> Coding:
    return categorise([text], BOOK, "de")[0]


def shown(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], entry) for start, end, entry in code(text).hits]


@pytest.mark.parametrize(
    "word", ["Beitrag", "Beiträge", "BEITRÄGEN", "Beitrags", unicodedata.normalize("NFD", "Beiträge"), "Bei\u00adträge"]
)
def test_a_word_is_found_in_its_inflections(word: str) -> None:
    text = f"Über {word} spricht niemand."
    assert shown(text) == [(word, "kasse")]


def test_compounds_are_found_where_an_asterisk_allows_it() -> None:
    assert shown("Mitgliedsbeitrag, Kassenlage; Beitragsordnung; Kassen-Prüfung; Kassenprüfer*innen!") == [
        ("Mitgliedsbeitrag", "kasse"),
        ("Kassenlage", "kasse"),
        ("Kassen-Prüfung", "kasse"),
        ("Kassenprüfer*innen", "kasse"),
    ]


def test_a_phrase_is_inflected_stays_within_a_sentence_and_covers_its_words() -> None:
    assert shown("In ländlichen Räumen fehlt ein Raum.") == [("ländlichen Räumen", "land"), ("Raum", "raum")]
    assert shown("Das ist ländlich. Raum gibt es.") == [("Raum", "raum")]


def test_points_decide_and_a_tie_goes_to_the_category_further_up_but_unsure() -> None:
    assert code("Im Dorf fehlt der Beitrag.") == Coding(
        "kasse", "land", ((3, 7, "land"), (18, 25, "kasse")), False, None
    )
    assert code("Im Dorf, im ländlichen Raum.") == Coding("land", None, ((3, 7, "land"), (12, 27, "land")), True, None)
    assert code("Ein Dorf.") == Coding("land", None, ((4, 8, "land"),), False, None)


def test_where_nothing_is_found_nothing_is_claimed() -> None:
    assert [code(text) for text in ("Siehe oben.", "", "…")] == [Coding(None, None, (), False, None)] * 3


def test_what_is_out_of_scope_is_parked_but_not_what_only_mentions_it() -> None:
    text = "Wir müssen neue Mitglieder in den Betrieben gewinnen."
    assert code(text) == Coding(None, None, ((11, 52, "werbung"),), False, "werbung")
    assert code("Die Werbekampagne hatte kein Geld.").parked is None


@given(st.lists(st.text() | st.sampled_from(["neue Mitglieder ", "gewinnen", "Beiträge-", "kein Geld", ". "])))
def test_any_text_is_coded_with_hits_that_lie_within_it(parts: list[str]) -> None:
    text = "".join(parts)
    coding = code(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in coding.hits)
    assert (coding.category is None) == all(entry == "werbung" for _, _, entry in coding.hits)
    assert not (coding.confident and coding.category is None)


def test_a_hundred_pages_in_one_paragraph_take_no_longer_than_in_many() -> None:
    sentence = "Kein Geld, keine Beiträge, und neue Mitglieder wollen wir gewinnen. "
    begun = time.process_time()
    assert len(code(sentence * 4000).hits) == 3 * 4000
    assert time.process_time() - begun < 5


def test_the_german_codebook_sorts_the_sentences_it_was_made_for() -> None:
    """No measure of quality, the sentences are by the codebook's author; it keeps an edit from breaking them."""
    sentences = tomllib.loads(STATEMENTS.read_text(encoding="utf-8"))
    book = Codebook.default("de")
    assert {
        entry: [coding.parked or coding.category or "" for coding in categorise(texts, book, "de")]
        for entry, texts in sentences.items()
    } == {entry: [entry] * len(texts) for entry, texts in sentences.items()}


def test_the_english_codebook_knows_a_choir() -> None:
    texts = [
        "New members are left standing by the piano at their first meeting.",
        "The membership fees have not changed, yet the treasurer has no money.",
        "There is no bus back from the villages after rehearsals.",
        "Nobody thanked the volunteers for forty years of service.",
        "A recruitment campaign could attract young new members.",
    ]
    codings = categorise(texts, Codebook.default("en"), "en")
    assert [coding.parked or coding.category for coding in codings] == [
        "welcome",
        "finances",
        "rural",
        "volunteering",
        "recruiting",
    ]


def test_three_thousand_real_statements_are_coded_in_seconds(corpus: Path) -> None:
    with (corpus / "labelled_statements.csv").open(encoding="utf-8", newline="") as lines:
        texts = [row["text"] for row in csv.DictReader(lines)]
    many = (texts * 5)[:3000]
    begun = time.process_time()
    codings = categorise(many, Codebook.default("de"), "de")
    assert time.process_time() - begun < 5
    assert codings[: len(texts)] == categorise(texts, Codebook.default("de"), "de")


@pytest.mark.attack("FUZZ")
def test_a_word_of_many_asterisks_is_looked_for_in_bounded_time() -> None:
    book = Codebook((Category("a", "A", ("*a" * 40 + "b", "b" + "*" * 40)),))
    begun = time.process_time()
    assert categorise(["a" * 5_000, "ba", "a" * 40 + "b"], book, "de")[1].category == "a"
    assert time.process_time() - begun < 5


@given(
    st.text("ab*", min_size=1, max_size=8).filter(lambda term: "*" in term and term.strip("*")),
    st.text("ab", max_size=9),
)
def test_asterisks_stand_for_any_letters_and_nothing_else(term: str, word: str) -> None:
    found = categorise([word], Codebook((Category("a", "A", (term,)),)), "de")[0].category == "a"
    assert found == bool(word and re.fullmatch(".*".join(map(re.escape, term.split("*"))), word))
