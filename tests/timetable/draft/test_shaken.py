"""Timetables shaken: lines swapped, cut, doubled and renumbered. Whatever comes of it, the draft is a plan that can be loaded."""

from __future__ import annotations

import random
import re
from functools import cache

import pytest

from staffelstab.timetable.draft.compose import draft_of
from staffelstab.timetable.draft.guess import language_of
from staffelstab.timetable.draft.resolution_text import receive
from staffelstab.timetable.draft.write import toml_of
from staffelstab.timetable.plan.load import plan_from
from tests.timetable.draft.score import FOREIGN, LATER, SEED, TIMETABLES, UNSEEN


@cache
def texts() -> tuple[str, ...]:
    files = [SEED / "resolution.txt", *(TIMETABLES / name for name in FOREIGN), *(UNSEEN / name for name in LATER)]
    return tuple(receive(file).text for file in files)


def shaken(chance: random.Random) -> str:
    """One of the texts after some accidents."""
    lines = chance.choice(texts()).split("\n")
    for _ in range(chance.randint(1, 5)):
        place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        match chance.randint(0, 4):
            case 0:
                lines[place] = lines[place][: chance.randint(0, len(lines[place]))]
            case 1:
                lines.insert(place, chance.choice(chance.choice(texts()).split("\n")))
            case 2:
                lines[place] = re.sub(r"\d{4}", lambda year: str(int(year[0]) + chance.randint(-1, 1)), lines[place])
            case 3:
                lines[place] = re.sub(r"\b\d{1,2}\b", lambda _: str(chance.randint(0, 32)), lines[place])
            case _:
                lines[place], lines[other] = lines[other], lines[place]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(6))
def test_a_shaken_timetable_is_still_a_plan(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(15):
        text = shaken(chance)
        draft, _left = draft_of(text, language_of(text))
        assert draft is not None
        assert plan_from(toml_of(draft, language_of(text))).phases
