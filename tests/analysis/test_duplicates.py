"""Near-duplicates are found as a hint: the same said twice, a paragraph lightly edited, not two on one topic."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.analysis.duplicates import Group, near_duplicates

GREETING = "Neumitglieder werden bei uns nicht begrüßt und hören monatelang nichts vom Vorstand."
EDITED = "Neumitglieder werden bei uns im Kreis nicht begrüßt und hören monatelang nichts vom Vorstand."
TOPIC = "Neumitglieder sollten zu einem Treffen eingeladen werden."


def test_the_same_and_the_lightly_edited_hang_together() -> None:
    told = near_duplicates([GREETING, TOPIC, "Kein Bus.", EDITED, GREETING.upper(), "", "Kein Bus!", "…"])
    assert told == [Group((0, 3, 4), 1.0), Group((2, 6), 1.0)]


def test_the_similarity_is_the_cosine_one_reckons_on_paper() -> None:
    # Terms: "aa", "bb", "aa bb" | "aa", "cc", "aa cc". Shared: "aa" in both, idf ln(3/3) + 1 = 1; others ln(3/2) + 1.
    # cosine = 1 / (1 + 2 · (1 + ln 1.5)²) = 0.2020
    assert near_duplicates(["aa bb", "aa cc"], threshold=0.2021) == []
    assert near_duplicates(["aa bb", "aa cc"], threshold=0.2) == [Group((0, 1), pytest.approx(0.2020, abs=1e-4))]  # type: ignore[arg-type] # stands for a float


def test_a_chain_is_one_group() -> None:
    a, b, c = "eins zwei drei vier", "drei vier fünf sechs", "fünf sechs sieben acht"
    assert [group.members for group in near_duplicates([a, c, b], threshold=0.3)] == [(0, 1, 2)]


def test_nothing_is_no_duplicate() -> None:
    assert near_duplicates([]) == near_duplicates(["", "", "a"]) == []


@given(st.lists(st.text("abc ", max_size=12)))
def test_every_statement_is_in_one_group_at_most_and_equal_ones_share_it(texts: list[str]) -> None:
    groups = near_duplicates(texts)
    members = [place for group in groups for place in group.members]
    assert len(members) == len(set(members))
    assert all(0.5 <= group.similarity <= 1 for group in groups)
    where = {place: number for number, group in enumerate(groups) for place in group.members}
    for place, text in enumerate(texts):
        for other in range(place):
            if texts[other] == text and any(len(word) > 1 for word in text.split()):
                assert where[other] == where[place]


def test_a_thousand_statements_take_less_than_three_seconds(corpus: Path) -> None:
    with (corpus / "labelled_statements.csv").open(encoding="utf-8", newline="") as lines:
        texts = [row["text"] for row in csv.DictReader(lines)]
    halves = [text[: len(text) * 2 // 3] for text in texts] + [text[len(text) // 3 :] for text in texts]
    begun = time.process_time()
    near_duplicates((texts + halves)[:1000])
    assert time.process_time() - begun < 3
