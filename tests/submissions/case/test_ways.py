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


@contextmanager
def closed_loft(source: Source, since: dt.datetime, now: dt.datetime) -> Iterator[Look]:
    """The loft on a day on which its door is stuck."""
    raise OSError(source.location)
    yield []


def test_a_way_that_fails_keeps_no_other_from_being_taken(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(READERS, "pigeon", closed_loft)
    office.drop("beitraege/a.txt", "Text.", "2018-01-14 21:00")
    workspace = Pigeons(office.workspace.root, seed=office.workspace.seed)
    for _ in range(2):
        with workspace.open() as ledger:
            found = receive(workspace, ledger, office.plan, NOW, "koordination")
            assert [error.text("de") for error in found.unreached] == [
                "Ein Eingangsweg (pigeon) war nicht zu erreichen. Was schon aufgenommen ist, ist sicher, und alles andere ist "
                "getan. Bitte nachsehen, ob es ihn gibt und ob er gelesen werden darf; der nächste Lauf sieht wieder nach."
            ]
    assert office.kinds()["unreached"] == 1
    assert [paper.ref for paper in office.case("2018-01-15 06:00").papers] == ["B01"]
    assert [office.case(moment).incomplete for moment in ("2018-01-15 06:00", "2018-01-15 07:00")] == [True, False]


def watched(source: Source, since: dt.datetime, now: dt.datetime) -> Look:
    """One paper that landed on the 14th at nine in the evening, as far as the way can tell by when it looked before."""
    landed = at("2018-01-14 21:00")
    return [
        Arrival("loft/1.txt", "papers", 5, "1", landed, max(landed, since), landed >= since, lambda: b"Gurr."),
    ]


def test_what_came_while_a_way_could_not_be_reached_counts_from_when_it_came(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pass of 15 January did not see it; a deadline at midnight would have made it late."""
    workspace = Pigeons(office.workspace.root, seed=office.workspace.seed)
    for moment, reader in (
        (NOW, closed_loft),
        (at("2018-01-16 06:00"), contextmanager(lambda *look: iter([watched(*look)]))),
    ):
        monkeypatch.setitem(READERS, "pigeon", reader)
        with workspace.open() as ledger:
            receive(workspace, ledger, office.plan, moment, "koordination")
            ledger.append("pass", at=moment)
    assert [(paper.arrived, paper.late, paper.doubtful) for paper in office.case().papers] == [
        (at("2018-01-14 21:00"), False, False)
    ]
