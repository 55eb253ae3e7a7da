"""Each matter is told once; one that could not be told is tried again after growing gaps; one that has ended may begin again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffelstab.watch.matters import Matter
from staffelstab.watch.memory import LONGEST_GAP, Memory, keep, recall
from tests.conftest import at

NOW = at("2018-01-10 07:00")
ONE, OTHER = Matter("one", "Eins."), Matter("other", "Anderes.")


def test_what_was_told_is_not_told_again_until_it_has_ended() -> None:
    memory = Memory()
    assert memory.due([ONE, OTHER], NOW) == (ONE, OTHER)
    memory = memory.after([ONE, OTHER], {"one": True, "other": True}, NOW)
    assert memory.due([ONE, OTHER], NOW + dt.timedelta(days=9)) == ()
    memory = memory.after([OTHER], {}, NOW)
    assert memory.due([ONE, OTHER], NOW) == (ONE,)


def test_what_could_not_be_told_is_tried_again_after_growing_gaps() -> None:
    memory, now, gaps = Memory(), NOW, []
    for _ in range(12):
        memory = memory.after([ONE], {"one": False}, now)
        attempt = memory.attempts["one"]
        assert attempt.again is not None
        assert memory.due([ONE], attempt.again - dt.timedelta(seconds=1)) == ()
        assert memory.due([ONE], attempt.again) == (ONE,)
        gaps.append(attempt.again - now)
        now = attempt.again
    assert [gap.total_seconds() / 60 for gap in gaps[:4]] == [1, 2, 4, 8]
    assert gaps[-1] == LONGEST_GAP


def test_it_is_kept_and_a_damaged_file_tells_rather_twice_than_never(tmp_path: Path) -> None:
    memory = Memory().after([ONE, OTHER], {"one": True, "other": False}, NOW)
    keep(tmp_path, memory)
    assert recall(tmp_path) == memory
    (tmp_path / ".open" / "told.json").write_text("{", encoding="utf-8")
    assert recall(tmp_path) == Memory()


@pytest.mark.attack("FUZZ")
@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"attempts": {"one": {"told": false, "again": "2018-01-10T07:00:00"}}}', '{"beat": 1e99}', ""],
)
def test_what_somebody_made_of_the_file_stops_no_watch(tmp_path: Path, text: str) -> None:
    (tmp_path / ".open").mkdir()
    (tmp_path / ".open" / "told.json").write_text(text)
    assert recall(tmp_path).due([ONE], NOW) == (ONE,)
