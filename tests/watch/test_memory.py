"""Each matter is told once; one that could not be told is tried again after growing gaps; one that has ended may begin again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffelstab.watch.matters import Matter
from staffelstab.watch.memory import FORGOTTEN_AFTER, LONGEST_GAP, Memory, keep, recall
from tests.conftest import at

NOW = at("2018-01-10 07:00")
ONE, OTHER = Matter("one", "Eins."), Matter("other", "Anderes.")


BOTH = {"one": ["a"], "other": ["a"]}
MINUTE = dt.timedelta(minutes=1)


def test_what_was_told_is_not_told_again_until_it_has_ended() -> None:
    memory = Memory()
    assert memory.due([ONE, OTHER], NOW) == (ONE, OTHER)
    memory = memory.after([ONE, OTHER], NOW, BOTH, ["a"])
    assert memory.due([ONE, OTHER], NOW + dt.timedelta(days=9)) == ()
    memory = memory.after([OTHER], NOW, {}, [])
    assert memory.due([ONE, OTHER], NOW + FORGOTTEN_AFTER - MINUTE) == ()
    assert memory.due([ONE, OTHER], NOW + FORGOTTEN_AFTER) == (ONE,)
    assert memory.after([OTHER], NOW + FORGOTTEN_AFTER, {}, []).attempts.keys() == {"other"}


def test_what_comes_and_goes_is_told_once() -> None:
    memory, told = Memory(), 0
    for minute in range(240):
        now, found = NOW + minute * MINUTE, [ONE] if minute % 40 < 20 else []
        due = memory.due(found, now)
        told += len(due)
        memory = memory.after(found, now, {item.key: ["a"] for item in due}, ["a"])
    assert told == 1


def test_what_has_to_last_is_told_when_it_has_lasted_without_a_break() -> None:
    slow, memory = Matter("slow", "Langsam.", wait=10 * MINUTE), Memory()
    for minute in range(9):
        assert memory.due([slow], NOW + minute * MINUTE) == ()
        memory = memory.after([slow], NOW + minute * MINUTE, {}, [])
    assert memory.due([slow], NOW + 10 * MINUTE) == (slow,)
    memory = memory.after([], NOW + 9 * MINUTE, {}, [])
    assert memory.due([slow], NOW + 10 * MINUTE) == ()


def test_what_is_hidden_has_not_ended() -> None:
    memory = Memory().after([ONE, OTHER], NOW, BOTH, ["a"])
    hiding, later = Matter("runs", "Unbekannt.", hides="on"), NOW + 2 * FORGOTTEN_AFTER
    for now in (NOW, later):
        memory = memory.after([hiding], now, {}, [])
    assert memory.due([ONE, OTHER], later) == (OTHER,)


def test_only_those_that_have_not_taken_it_are_asked_again() -> None:
    memory = Memory().after([ONE], NOW, {"one": ["good"]}, ["good", "dead"])
    assert memory.due([ONE], NOW) == ()
    assert memory.due([ONE], NOW + MINUTE) == (ONE,)
    assert memory.has("good", ONE, NOW)
    assert not memory.has("dead", ONE, NOW)
    memory = memory.after([ONE], NOW + MINUTE, {"one": []}, ["good", "dead"])
    assert memory.due([ONE], NOW + 2 * MINUTE) == (), "the gap grows"
    assert memory.due([ONE], NOW + 3 * MINUTE) == (ONE,)
    memory = memory.after([ONE], NOW + 3 * MINUTE, {"one": ["dead"]}, ["good", "dead"])
    assert memory.due([ONE], NOW + dt.timedelta(days=1)) == ()


def test_an_address_that_was_taken_out_is_waited_for_no_longer() -> None:
    memory = Memory().after([ONE], NOW, {"one": ["good"]}, ["good", "dead"])
    memory = memory.after([ONE], NOW + MINUTE, {"one": []}, ["good"])
    assert memory.due([ONE], NOW + dt.timedelta(days=1)) == ()


def test_what_could_not_be_told_is_tried_again_after_growing_gaps() -> None:
    memory, now, gaps = Memory(), NOW, []
    for _ in range(12):
        memory = memory.after([ONE], now, {"one": []}, ["a"])
        attempt = memory.attempts["one"]
        assert attempt.again is not None
        assert memory.due([ONE], attempt.again - dt.timedelta(seconds=1)) == ()
        assert memory.due([ONE], attempt.again) == (ONE,)
        gaps.append(attempt.again - now)
        now = attempt.again
    assert [gap.total_seconds() / 60 for gap in gaps[:4]] == [1, 2, 4, 8]
    assert gaps[-1] == LONGEST_GAP


def test_it_is_kept_and_a_damaged_file_tells_rather_twice_than_never(tmp_path: Path) -> None:
    memory = Memory().after([ONE, OTHER], NOW, {"one": ["a"], "other": []}, ["a"]).after([ONE], NOW, {}, [])
    keep(tmp_path, memory)
    assert recall(tmp_path) == memory
    (tmp_path / ".open" / "told.json").write_text("{", encoding="utf-8")
    assert recall(tmp_path) == Memory()


def test_what_earlier_versions_kept_is_understood(tmp_path: Path) -> None:
    (tmp_path / ".open").mkdir()
    told = '{"again": null, "failed": 0, "told": true}'
    tried = '{"again": "2018-01-10T08:00:00+01:00", "failed": 3, "told": false}'
    (tmp_path / ".open" / "told.json").write_text(f'{{"attempts": {{"one": {told}, "other": {tried}}}, "beat": 7}}')
    memory = recall(tmp_path)
    assert memory.due([ONE, OTHER], NOW) == ()
    assert memory.due([ONE, OTHER], NOW + dt.timedelta(hours=1)) == (OTHER,)


@pytest.mark.attack("FUZZ")
@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"attempts": {"one": {"told": false, "again": "2018-01-10T07:00:00"}}}', '{"beat": 1e99}', ""],
)
def test_what_somebody_made_of_the_file_stops_no_watch(tmp_path: Path, text: str) -> None:
    (tmp_path / ".open").mkdir()
    (tmp_path / ".open" / "told.json").write_text(text)
    assert recall(tmp_path).due([ONE], NOW) == (ONE,)
