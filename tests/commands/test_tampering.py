"""Whatever is changed in what a working folder keeps: it is noticed, or no value is another one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.commands.tampering import Case, Folder, campaign, prepared, summary
from tests.year import CHOIR, Year, played


@pytest.fixture(scope="module")
def first_session(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The choir's first phase: a frozen paper, a decision, a baton."""
    place = tmp_path_factory.mktemp("tampering")
    return prepared(played(CHOIR, place / "choir", dt.date(2026, 1, 31)).root, place / "folder")


def slipped(cases: list[Case]) -> list[Case]:
    return [case for case in cases if case.passed or not (case.noticed or case.harmless)]


@pytest.mark.attack("H3")
def test_sixty_random_changes_are_noticed_or_change_nothing(first_session: Folder) -> None:
    assert list((first_session.root / "batons").iterdir())
    cases = list(campaign(first_session, 60))
    assert slipped(cases) == []
    assert sum(case.noticed for case in cases) > 45


@pytest.mark.attack("H3")
@pytest.mark.slow
@pytest.mark.xdist_group("year")
def test_after_a_whole_year_as_well(choir: Year, tmp_path: Path) -> None:
    """A thousand are tried by hand: `python -m tests.commands.tampering 1000`."""
    folder = prepared(choir.root, tmp_path / "folder")
    cases = list(campaign(folder, 150, "a thousand"))
    assert slipped(cases) == [], "\n".join(summary(folder, cases))
    assert sum(case.noticed for case in cases) > 125
