"""Ways in: each says where something lies, when it came and how sure that is; whoever receives takes its word."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from staffelstab.submissions.case.receive import Intake, receive
from staffelstab.submissions.sources.arrival import Arrival, Skipped, Source
from staffelstab.submissions.sources.readers import READERS, Look, look
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace
from tests.conftest import at
from tests.submissions.case.office import Office

SINCE, NOW = at("2018-01-14 20:00"), at("2018-01-15 06:00")
KINDS = {"zahlen": "figures"}


def put(path: Path, moment: dt.datetime) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"Text")
    os.utime(path, (moment.timestamp(), moment.timestamp()))


@pytest.mark.parametrize(
    ("modified", "counts", "certain"),
    [
        (SINCE, SINCE, True),
        (at("2018-01-14 21:00"), at("2018-01-14 21:00"), True),
        (at("2018-01-10 09:00"), SINCE, False),
        (at("2018-03-01 09:00"), SINCE, False),
    ],
    ids=["just after the last pass", "since the last pass", "older than the last pass", "from the future"],
)
def test_a_folder_vouches_for_a_time_between_two_passes(
    tmp_path: Path, modified: dt.datetime, counts: dt.datetime, certain: bool
) -> None:
    put(tmp_path / "a.txt", modified)
    with look([Source("folder", str(tmp_path))], SINCE, NOW) as found:
        assert [(item.noted, item.at, item.certain) for item in found if isinstance(item, Arrival)] == [
            (modified, counts, certain)
        ]


def test_the_folder_a_file_lies_in_says_what_it_is(tmp_path: Path) -> None:
    for path in ("a.txt", "zahlen", "beitraege/b.txt"):
        put(tmp_path / path, SINCE)
    (tmp_path / "zahlen").rename(tmp_path / "zahlen.txt")
    put(tmp_path / "zahlen" / "z.csv", SINCE)
    with look([Source("folder", str(tmp_path), KINDS)], SINCE, NOW) as found:
        assert [(item.place, item.kind) for item in found if isinstance(item, Arrival)] == [
            ("a.txt", "papers"),
            ("beitraege/b.txt", "papers"),
            ("zahlen/z.csv", "figures"),
            ("zahlen.txt", "papers"),
        ]


class Pigeons(Workspace, frozen=True):
    """A working folder to which papers also come by carrier pigeon."""

    def sources(self, plan: Plan) -> tuple[Source, ...]:
        """The drop folder and the loft."""
        return (*Workspace.sources(self, plan), Source("pigeon", "the loft"))


@contextmanager
def loft(source: Source, since: dt.datetime, now: dt.datetime) -> Iterator[Look]:
    """One paper whose landing was watched, though before the last pass; and one pigeon still in the air."""
    landed = at("2018-01-12 18:00")
    yield [
        Arrival("loft/4711.txt", "papers", 7, "4711", landed, landed, True, lambda: b"Gurr 1."),
        Arrival("loft/4712.txt", "papers", 7, "4712", landed, landed, True, lambda: None),
        Skipped("loft/4713", "still_writing"),
    ]


def test_another_way_is_taken_at_its_word(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READERS, "pigeon", loft)
    office.look("2018-01-14 08:00")
    office.drop("beitraege/a.txt", "Text.", "2018-01-14 21:00")
    workspace = Pigeons(office.workspace.root, seed=office.workspace.seed)
    for expected in (Intake(new=2, read=2, waiting=2), Intake(again=2, waiting=2)):
        with workspace.open() as ledger:
            assert receive(workspace, ledger, office.plan, NOW, "koordination") == expected
    assert [(paper.arrived, paper.doubtful) for paper in office.case().papers] == [
        (at("2018-01-12 18:00"), False),
        (at("2018-01-14 21:00"), False),
    ]
