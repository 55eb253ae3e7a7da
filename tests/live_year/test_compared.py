"""Two journals are the same although ids, salts and seconds differ; what is late or other is told, with its reason or without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from staffelstab.workspace import create
from tests.conftest import at
from tests.live_year.compared import Identity, Item, Window, compare, journal
from tests.service.small_folder import put
from tests.year import PARTY, DirectExecutor

OUTAGE = Window(at("2018-01-05"), at("2018-01-10"), at("2018-01-10 00:15"), "nothing ran")
SEVEN = ("2018-01-04 07:00", "2018-01-06 07:00")


def played(root: Path, *passes: str) -> dict[Identity, Item]:
    """The journal of a folder with one paper, which comes after the first of some passes."""
    create(PARTY, root, now=at("2017-12-15"))
    for number, moment in enumerate(passes):
        DirectExecutor().daily_pass(str(root), at(moment))
        if number == 0:
            put(root, "beitraege/papier.txt", "Von: Beisitz 3\n\nDas Papier.", at("2018-01-05 18:00"))
    return journal(root)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> dict[Identity, Item]:
    """Two passes: letters with the first, a paper with the second."""
    return played(tmp_path_factory.mktemp("calm") / "akte", *SEVEN)


def test_ids_salts_and_more_passes_make_no_difference(calm: dict[Identity, Item], tmp_path: Path) -> None:
    """But the papers' keys are made with the folder's secret: those of another folder are others."""
    other = played(tmp_path / "akte", *SEVEN, "2018-01-07 07:00")
    found = compare(calm, other, ())
    assert found.delayed == []
    assert {line.split()[3] for line in found.unexplained} == {"received", "arrived", "read"}
    assert found.same == len(calm) - 3
    again = compare(calm, calm, ())
    assert (again.same, again.unexplained) == (len(calm), [])


def test_a_delay_has_a_reason_or_is_a_fault(calm: dict[Identity, Item]) -> None:
    late = {key: replace(item, at=OUTAGE.until) if OUTAGE.begin < item.at else item for key, item in calm.items()}
    found = compare(calm, late, (OUTAGE,))
    assert found.unexplained == []
    assert [line.rpartition(" · ")[2] for line in found.delayed] == ["nothing ran"] * 3
    assert len(compare(calm, late, ()).unexplained) == 3


def test_what_says_something_else_is_a_fault(calm: dict[Identity, Item]) -> None:
    read = next(key for key in calm if key[0] == "read")
    other = calm | {read: replace(calm[read], digest="other")}
    less = {key: item for key, item in calm.items() if key != read}
    turned = {key: replace(item, seq=-item.seq) for key, item in calm.items()}
    assert len(compare(calm, other, ()).unexplained) == 1
    assert len(compare(calm, less, ()).unexplained) == 1
    assert compare(calm, turned, ()).unexplained
