"""Near-duplicates are found as a hint: the same said twice, a paragraph lightly edited, not two on one topic."""

from __future__ import annotations

import csv
import math
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.phases.methods.duplicates import Group, near_duplicates, repeated

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


def reckoned(texts: list[str]) -> set[tuple[int, int]]:
    """Every pair with a cosine of 0.5 or more, compared one by one without any short cut."""
    words = [text.split() for text in texts]
    counts = [Counter([*each, *pairwise(each)]) for each in words]
    held = Counter(term for each in counts for term in each)
    weights = [
        {term: n * (math.log((1 + len(texts)) / (1 + held[term])) + 1) for term, n in each.items()} for each in counts
    ]
    lengths = [math.sqrt(sum(weight**2 for weight in each.values())) for each in weights]
    return {
        (one, other)
        for other in range(len(texts))
        for one in range(other)
        if sum(weight * weights[other].get(term, 0) for term, weight in weights[one].items())
        >= (0.5 - 5e-7) * lengths[one] * lengths[other]
        > 0
    }


@given(
    st.lists(
        st.lists(st.sampled_from(["aa", "bb", "cc", "dd", "ee", "ff", "gg"]), min_size=1, max_size=7).map(" ".join)
    )
)
def test_comparing_only_what_shares_a_rare_term_overlooks_nothing(texts: list[str]) -> None:
    where = {place: number for number, group in enumerate(near_duplicates(texts)) for place in group.members}
    pairs = reckoned(texts)
    assert where.keys() == {place for pair in pairs for place in pair}
    assert all(where[one] == where[other] for one, other in pairs)


def test_of_very_many_only_the_same_words_are_looked_for() -> None:
    assert repeated(["Kein Bus.", "", TOPIC, "kein  Bus!", EDITED, GREETING, ""]) == [Group((0, 3), 1.0)]
