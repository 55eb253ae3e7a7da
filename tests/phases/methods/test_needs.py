"""The ranking of needs: small enough to check on paper, fair to small units, honest about what it cannot know."""

from __future__ import annotations

import time
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffelstab.phases.methods.needs import RankedNeed, Rating, UnitNeeds, rank

UNITS = ("bautzen", "dresden", "leipzig", "zwickau")


def paper() -> list[Rating]:
    """Three of four units; Dresden has four voices for training, Bautzen one voice for each need."""
    return [
        Rating("bautzen", "Fahrten", 5, "vorsitz"),
        Rating("bautzen", "Schulung", 1, "vorsitz"),
        *(Rating("dresden", "Schulung", severity) for severity in (5, 5, 5, 1)),
        Rating("dresden", "Fahrten", 2),
        Rating("leipzig", "Fahrten", 2, "vorsitz"),
        Rating("leipzig", "Fahrten", 4, "kgf"),
        Rating("leipzig", "Rundbrief", 3, "kgf"),
    ]


def test_units_weigh_the_same_however_many_answered() -> None:
    told = rank(paper(), UNITS, seed=1)
    # Fahrten: Bautzen 5, Dresden 2, Leipzig 3 → 10/3. Schulung: Bautzen 1, Dresden 4 → 2.5. Rundbrief: Leipzig 3.
    first = told.needs[0]
    assert told.needs == (
        RankedNeed(
            need="Fahrten",
            rank=1,
            severity=round(10 / 3, 9),
            rated_by=3,
            asked=4,
            interval=first.interval,
            tier=1,
        ),
        RankedNeed("Rundbrief", 2, 3.0, 1, 4, None, None),
        RankedNeed("Schulung", 3, 2.5, 2, 4, None, None),
    )
    assert first.interval is not None
    assert 2 <= first.interval[0] < 10 / 3 < first.interval[1] <= 5
    assert told.units == (
        UnitNeeds("bautzen", (("Fahrten", 5.0), ("Schulung", 1.0))),
        UnitNeeds("dresden", (("Schulung", 4.0), ("Fahrten", 2.0))),
        UnitNeeds("leipzig", (("Fahrten", 3.0), ("Rundbrief", 3.0))),
        UnitNeeds("zwickau", ()),
    )
    assert (told.missing, told.outside) == (("zwickau",), ())


def test_ties_share_a_rank_and_the_next_is_skipped() -> None:
    told = rank([Rating("bautzen", need, severity) for need, severity in (("a", 3), ("c", 1), ("b", 3))], UNITS, 1)
    assert [(each.need, each.rank) for each in told.needs] == [("a", 1), ("b", 1), ("c", 3)]
    assert told.ties == (("a", "b"),)


def test_one_rating_gives_a_number_but_no_certainty() -> None:
    told = rank([Rating("bautzen", "Fahrten", 4)], ("bautzen",), seed=1)
    assert told.needs == (RankedNeed("Fahrten", 1, 4.0, 1, 1, None, None),)
    assert "Wo weniger als 3 Verbände" in told.method("de")
    assert "95" not in told.method("en")


def test_no_ratings_are_no_ranking() -> None:
    told = rank([], UNITS, seed=1)
    assert (told.needs, told.missing) == ((), UNITS)
    assert told.method("de") == "Es liegen noch keine Bewertungen vor."
    assert rank([], (), seed=1).units == ()


def test_who_was_not_asked_is_named_and_not_counted() -> None:
    told = rank([Rating("pirna", "Fahrten", 5)], UNITS, seed=1)
    assert (told.needs, told.outside) == ((), ("pirna",))


def test_a_severity_must_be_a_number() -> None:
    with pytest.raises(ValueError, match="severity"):
        rank([Rating("bautzen", "Fahrten", float("nan"))], UNITS, seed=1)


def survey(units: int, needs: int, people: int, seed: int = 7) -> tuple[list[Rating], list[str]]:
    """Needs whose true severity falls evenly from 4.5 to 1.5, answered with noise."""
    rng = np.random.Generator(np.random.PCG64(seed))
    names = [f"v{unit:02}" for unit in range(units)]
    truth = np.linspace(4.5, 1.5, needs)
    votes = np.clip(np.round(truth + rng.normal(0, 0.8, (units, people, needs))), 1, 5)
    return [
        Rating(name, f"n{need:02}", float(votes[unit, person, need]), f"p{person}")
        for unit, name in enumerate(names)
        for person in range(people)
        for need in range(needs)
    ], names


def test_what_differs_clearly_is_told_apart_and_what_does_not_shares_a_tier() -> None:
    ratings, units = survey(units=10, needs=4, people=5)
    same = [replace(each, need="n00 wie oben") for each in ratings if each.need == "n00"]
    told = rank(ratings + same, units, seed=1)
    assert [(each.need, each.tier) for each in told.needs] == [
        ("n00", 1),
        ("n00 wie oben", 1),
        ("n01", 2),
        ("n02", 3),
        ("n03", 4),
    ]
    assert told.ties == (("n00", "n00 wie oben"),)
    assert "2.000 Wiederholungen" in told.method("de")


def test_intervals_contain_the_truth_about_as_often_as_they_say() -> None:
    """200 surveys of one need with severity 3.0: about 19 in 20 intervals contain it, somewhat fewer with ten units."""
    rng = np.random.Generator(np.random.PCG64(11))
    units = [f"v{unit}" for unit in range(10)]
    hits = 0
    for seed in range(200):
        centre = 3 + rng.normal(0, 0.5, (10, 1))
        votes = centre + rng.normal(0, 0.5, (10, 4))
        ratings = [Rating(unit, "n", float(vote)) for unit, row in zip(units, votes, strict=True) for vote in row]
        interval = rank(ratings, units, seed, draws=400).needs[0].interval
        assert interval is not None
        hits += interval[0] <= 3.0 <= interval[1]
    assert 170 <= hits <= 200


RATINGS = st.lists(
    st.builds(
        Rating,
        st.sampled_from((*UNITS, "pirna")),
        st.sampled_from(("a", "b", "c", "d")),
        st.integers(1, 5).map(float),
        st.sampled_from(("", "vorsitz", "kgf")),
    ),
    max_size=25,
)


@settings(deadline=None)
@given(RATINGS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(ratings: list[Rating], shuffle: Random) -> None:
    mixed = list(ratings)
    shuffle.shuffle(mixed)
    assert rank(mixed, UNITS, seed=3, draws=50) == rank(ratings, UNITS, seed=3, draws=50)


@settings(deadline=None)
@given(RATINGS, st.sampled_from(UNITS), st.integers(2, 5))
def test_more_voices_of_the_same_opinion_give_a_unit_no_more_weight(
    ratings: list[Rating], loud: str, times: int
) -> None:
    many = ratings + [
        replace(each, respondent=f"{each.respondent}{copy}" if each.respondent else "")
        for copy in range(1, times)
        for each in ratings
        if each.unit == loud
    ]
    before, after = rank(ratings, UNITS, 3, draws=20), rank(many, UNITS, 3, draws=20)
    assert [(each.need, each.rank, each.severity) for each in after.needs] == [
        (each.need, each.rank, each.severity) for each in before.needs
    ]


def test_a_large_survey_takes_less_than_a_second() -> None:
    ratings, units = survey(units=15, needs=12, people=25)
    begun = time.process_time()
    told = rank(ratings, units, seed=1)
    assert time.process_time() - begun < 1
    assert [each.need for each in told.needs] == [f"n{need:02}" for need in range(12)]
    assert rank(ratings, units, seed=1) == told
