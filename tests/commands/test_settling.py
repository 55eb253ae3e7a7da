"""Who puts files into the inbox and calls `run` at once need not call it twice."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from commands.run import settled
from staffelstab.language import Language
from staffelstab.submissions.sources.arrival import Source
from tests.conftest import at

GERMAN = Language("de")
NOON = at("2018-01-10 12:00")


class Clock:
    """A clock that goes only while somebody waits."""

    def __init__(self) -> None:
        self.now, self.waited = NOON, list[float]()

    def read(self) -> dt.datetime:
        """The time it shows."""
        return self.now

    def pause(self, seconds: float) -> None:
        """Wait."""
        self.waited.append(seconds)
        self.now += dt.timedelta(seconds=seconds)


def put(folder: Path, name: str, age: float) -> None:
    (folder / name).write_bytes(b"Text")
    then = NOON.timestamp() - age
    os.utime(folder / name, (then, then))


@pytest.mark.parametrize(
    ("ages", "waits", "sentence"),
    [
        ({}, [], ""),
        ({"a.txt": 10.0, "b.part": 3.0}, [], ""),
        ({"a.txt": 4.0}, [6.0], "1 Datei wurde eben erst abgelegt. Der Lauf wartet einige Sekunden"),
        ({"a.txt": 8.0, "b.txt": 3.0, "c.txt": 60.0}, [7.0], "2 Dateien wurden eben erst abgelegt."),
        ({"a.txt": -600.0}, [10.0], "1 Datei wurde eben erst abgelegt."),
    ],
    ids=["nothing there", "nothing young", "one young", "the youngest counts", "a clock that runs ahead"],
)
def test_a_run_waits_until_the_youngest_file_is_complete_but_never_long(
    ages: dict[str, float], waits: list[float], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, age in ages.items():
        put(tmp_path, name, age)
    clock = Clock()
    moment = settled((Source("folder", str(tmp_path)),), GERMAN, clock.read, clock.pause)
    assert (clock.waited, moment) == (waits, NOON + dt.timedelta(seconds=sum(waits)))
    assert capsys.readouterr().out.startswith(sentence)
