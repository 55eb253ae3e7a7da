"""What is not read in time is read by the next pass: it counts as received, never as absent, and nothing read is lost."""

from __future__ import annotations

import subprocess
import sys

import pytest

from staffelstab.documents.extraction.limits import Limits
from staffelstab.phases import responses
from staffelstab.phases.responses import CallState
from staffelstab.submissions.case.extracts import ENTER_SECONDS, PASS_SECONDS, Extracted, extract_all
from staffelstab.submissions.case.portions import portions
from tests.conftest import ROOT, at
from tests.documents.extraction.test_sandbox import WITHOUT
from tests.submissions.case.office import Office, texts

NOW = at("2018-01-06 06:00")


def state(office: Office) -> CallState:
    """The first call."""
    return responses.state(office.case("2018-01-06 06:00"), office.plan.calls[0])


@pytest.fixture
def unread(office: Office) -> Office:
    """An office in which three papers were received and nothing was read."""
    for number in (1, 2, 3):
        office.drop(f"beitraege/{number}.txt", f"Von: Beisitz {number}\n\nText.", f"2018-01-05 1{number}:00")
    office.look("2018-01-06 06:00")
    with office.workspace.open() as ledger:
        for number in (4, 5):
            office.drop(f"beitraege/{number}.txt", f"Von: Beisitz {number}\n\nText.", f"2018-01-05 1{number}:00")
        from staffelstab.submissions.case import receive

        receive._take_in(office.workspace, ledger, office.plan, NOW, "koordination")
    return office


@pytest.mark.attack("M1")
def test_what_is_left_is_read_by_the_next_pass(unread: Office) -> None:
    with unread.workspace.open() as ledger:
        assert extract_all(ledger, NOW, "koordination", seconds=0) == Extracted(0, 0, 2, ())
        assert extract_all(ledger, NOW, "koordination") == Extracted(2, 0, 0, ())
        assert extract_all(ledger, NOW, "koordination") == Extracted()
    assert [texts(paper) for paper in unread.case().papers] == [["Text."]] * 5


@pytest.mark.attack("M1")
def test_a_paper_that_is_not_read_yet_counts_as_received_and_not_as_unreadable(unread: Office) -> None:
    found = state(unread)
    assert [(paper.ref, paper.late, paper.reason) for paper in found.waiting] == [
        ("B04", False, "waiting"),
        ("B05", False, "waiting"),
    ]
    assert (found.unread, found.nameless, responses.counts(found)["papers"]) == ((), (), 5)
    assert [(note.key, note.facts) for note in responses.notes(found) if note.key == "waiting"] == [
        ("waiting", {"n": 2})
    ]


def test_the_slowest_paper_comes_to_its_end_within_one_pass() -> None:
    assert Limits().wall_seconds <= Limits().paper_seconds < PASS_SECONDS


@pytest.mark.attack("M1")
def test_readings_are_entered_as_they_come() -> None:
    """An item that took long is not kept waiting for those after it."""
    assert [list(portion) for portion in portions([1, 2, 3], lambda _: 1, 0)] == [[1], [2], [3]]
    assert [list(portion) for portion in portions([1, 2, 3], lambda _: 1, ENTER_SECONDS)] == [[1, 2, 3]]


REFUSES = """
import datetime as dt, sys
from pathlib import Path
from staffelstab.submissions.case.receive import receive
from staffelstab.workspace import find
workspace = find(Path(sys.argv[1]))
plan = workspace.adopted()
with workspace.open() as ledger:
    found = receive(workspace, ledger, plan, dt.datetime.fromisoformat(sys.argv[2]), "koordination")
print(found.new, found.read, found.unread, found.missing_walls, found.refused)
print(*found.about_walls(plan.words), sep="\\n")
"""


@pytest.mark.attack("M3")
@pytest.mark.parametrize(("demanded", "outcome"), [("", "1 1 0"), ('reader_walls = "required"', "1 0 1")])
def test_where_the_plan_demands_walls_that_are_missing_nothing_is_read(
    office: Office, demanded: str, outcome: str
) -> None:
    office.drop("beitraege/a.txt", "Text.", "2018-01-05 10:00")
    text = office.workspace.plan_file.read_text()
    office.workspace.plan_file.write_text(f"{demanded}\n{text}")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT + REFUSES, str(office.workspace.root), NOW.isoformat()],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
    )
    figures, network, files, became = done.stdout.splitlines()
    assert figures == f"{outcome} ('network', 'files') {bool(demanded)}"
    assert "nicht vom Netz trennen" in network
    assert "eigenen Ordner" in files
    assert became.startswith("Gelesen wurde deshalb nichts" if demanded else "Gelesen wurde trotzdem")
    paper = office.only_paper()
    assert (paper.status, paper.late) == ("waiting" if demanded else "read", False)
