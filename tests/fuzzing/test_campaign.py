"""A few seconds of the campaign; an hour of it is run by hand: `python -m tests.fuzzing 60 SEED`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest

from staffelstab.documents.extraction.reader import Reader
from tests.fuzzing.bases import bases
from tests.fuzzing.campaign import FAMILIES, Campaign
from tests.fuzzing.case import Bench, Outcome, chance_of
from tests.fuzzing.families import containers, mail, sheets, texts
from tests.fuzzing.reading import LIMITS
from tests.fuzzing.report import Report

pytestmark = [pytest.mark.attack("FUZZ"), pytest.mark.slow]

FEW = {
    "mail": 25,
    "sheet": 25,
    "text": 25,
    "container": 15,
    "calendar-in": 5,
    "calendar": 3,
    "plan": 40,
    "codebook": 30,
    "kept": 20,
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Generator[Bench]:
    """Our own samples alone, so that every machine changes the same."""
    with Reader(LIMITS, ocr=False) as reader:
        yield Bench(bases(), reader, tmp_path_factory.mktemp("fuzzing"))


def failures(outcomes: list[Outcome]) -> list[str]:
    return [
        f"{outcome.family}:{outcome.number}: {outcome.failure}\n{outcome.trace}"
        for outcome in outcomes
        if outcome.failure
    ]


def test_a_few_cases_of_every_family(bench: Bench) -> None:
    outcomes = list(Campaign("Probe", bench).each(FEW))
    assert failures(outcomes) == []
    assert Counter(outcome.family for outcome in outcomes) == FEW
    assert FEW.keys() | {"pass"} == {family.name for family in FAMILIES}


def test_one_folder_through_three_passes(bench: Bench) -> None:
    assert failures(list(Campaign("Probe", bench).each({"pass": 1}))) == []


def test_the_same_seed_and_number_make_the_same_case(bench: Bench) -> None:
    for made in (mail.made, sheets.made, texts.made, containers.made):
        first, again = (
            [made(chance_of("s", "x", n), samples) for n in range(12)] for samples in (bench.bases, bases())
        )
        assert first == again
    assert chance_of("s", "x", 1).random() != chance_of("s", "x", 2).random()


def test_what_escapes_is_reported_with_the_numbers_of_its_cases() -> None:
    report = Report("s")
    seen = [report.add(Outcome("mail", n, 0.1, "failed", "KeyError at a.py:1")) for n in range(2)]
    assert seen == [True, False]
    assert list(report.lines())[-1] == "FAILED 2 times: KeyError at a.py:1 (mail:0, mail:1)"
    assert not list(Path().glob("fuzzing-*"))
