"""A fortnight live: `staffelstab serve` as people start it, scheduled runs by the clock of the day, in three time zones.

The wall clock of the processes is turned from evening to morning (wall_clock.py), all else is real: Prefect's server and
scheduler, the processes of the runs, the ledger. The organisation is not an example. Its club house has three computers, set to
St. John's (whose clocks change on 14 March 2027), UTC and Berlin (28 March); the folder goes from one to the next. Somebody comes
late, somebody moves the session while everything runs, and the outcome is entered by the form.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffelstab.service.compile_dossier import frozen_files
from staffelstab.workspace import find
from tests.conftest import at, require
from tests.deployments.club import Club, at_berlin, failures, fill_in, names_to_come, runs, serving
from tests.hostile_folder import hostile_folder
from tests.service.small_folder import put

pytestmark = [pytest.mark.slow, pytest.mark.server, require("cc"), pytest.mark.xdist_group("live")]


def days(first: int, last: int) -> list[dt.date]:
    return [dt.date(2027, 3, day) for day in range(first, last + 1)]


@pytest.mark.attack("H5")
@pytest.mark.timeout(900)
def test_a_fortnight_by_the_clock_of_the_day(club: Club, tmp_path: Path) -> None:
    """For some days it is called from a folder somebody prepared: neither server nor runs read or import anything there."""
    marks = tmp_path / "marks"
    prepared = hostile_folder(tmp_path / "here", marks)
    with serving(club, "America/St_Johns"):
        for day in days(13, 15):
            club.morning_of(day)
        put(
            club.root, "beitraege/birkenweg.txt", "Von: Birkenweg\n\nDas Wasser ist zu knapp.\n", at("2027-03-15 18:00")
        )
        for day in days(16, 17):
            club.morning_of(day)
    assert club.moments("arrived") == ["03-16 06:45"], "with the draft, a week before the papers are due"

    club.clock.turn_to(at("2027-03-17 20:00"))
    with serving(club, "UTC", where=prepared) as person:
        for day in days(18, 19):
            club.morning_of(day)
        assert [entry.facts["occasion"] for entry in club.journal("letter")][-1] == "reminder"

        planned = "Ergebnis eintragen · Sitzung am 24. März 2027"
        club.wait_for("the evening's run has no name", lambda: planned in names_to_come(person))
        club.clock.turn_to(at("2027-03-19 19:00"))
        given = ("--apply", "--by", "vorstand", "--reason", "Der Saal ist am 24. vergeben.")
        club.tell("UTC", "move", str(club.root), "vorstand-maerz", "2027-03-25", *given)
        moved = "Ergebnis eintragen · Sitzung am 25. März 2027"
        club.wait_for("the evening's run has not moved", lambda: moved in names_to_come(person))
        assert planned not in names_to_come(person)

        for day in days(20, 21):
            club.morning_of(day)
        club.clock.turn_to(at("2027-03-22 00:00:58"))
        club.wait_for("the call's end", lambda: "03-22 00:01" in club.moments("surveyed"))
        club.morning_of(dt.date(2027, 3, 22))
        club.clock.turn_to(at("2027-03-23 06:29:58"))
        club.wait_for("the freeze", lambda: "03-23 06:30" in club.moments("frozen"))
        club.morning_of(dt.date(2027, 3, 23))

    late = "Von: Quellweg\n\nDer Brunnen ist versandet.\n"
    put(club.root, "beitraege/quellweg.txt", late, at("2027-03-23 21:00"))
    club.clock.turn_to(at("2027-03-23 22:00"))
    with serving(club, "Europe/Berlin") as person:
        for day in days(24, 25):
            club.morning_of(day)
        club.clock.turn_to(at("2027-03-25 21:00"))
        fill_in(
            person,
            "Sitzungsergebnis/Ergebnis einer Sitzung eintragen",
            session="vorstand-maerz",
            outcome="noted",
            yes=5,
        )
        club.wait_for("the hand-over after the decision", lambda: club.journal("handed_over"))
        club.clock.turn_to(at("2027-03-25 21:59:58"))
        club.wait_for("the evening's pass", lambda: "03-25 22:00" in club.moments("pass"))
        for day in days(26, 29):
            club.morning_of(day)
        interrupted = "Crashed"  # a run still telling Prefect that it had ended when its computer was shut down
        assert [failure for failure in failures(person) if failure[0] != interrupted] == []
        states = {run.state_type.value for run in runs(person) if run.state_type}
        names = {str(run.state_name) for run in runs(person)}
        asked_for = [run for run in runs(person) if run.idempotency_key and ":decided-" in run.idempotency_key]

    assert list(marks.iterdir()) == []
    assert states <= {"COMPLETED", "SCHEDULED", "CRASHED"}
    assert "Completed" not in names, "every run says in words what it came to"
    assert len(asked_for) == 1
    assert "Traceback" not in "".join(club.said)
    assert [line for said in club.said for line in said.splitlines() if "Etwas Unvorhergesehenes" in line] == []

    # A pass is about no moment before the journal's last entry: a morning may count some seconds after seven.
    sevens = (at_berlin(entry.at) for entry in club.journal("pass") if f"{at_berlin(entry.at):%H:%M}" == "07:00")
    mornings = list(dict.fromkeys(moment.replace(second=0, microsecond=0) for moment in sevens))
    assert mornings == [at(f"{day} 07:00") for day in days(13, 29)]
    assert [f"{at_berlin(moment):%z}" for moment in mornings[-3:]] == ["+0100", "+0200", "+0200"]
    assert len(club.started) == 3
    missed = [entry.facts["missed"] for entry in club.journal("pass") if entry.facts["missed"]]
    assert missed == [["2027-03-12 resolution"]], "the first pass alone tells what lay before the folder"
    with find(club.root).open(read_only=True) as ledger:
        assert ledger.verify() == []
        frozen = frozen_files(ledger, "vorstand-maerz")
    assert {name: (club.root / f"sessions/2027-03-25/dossier.{name}").read_bytes() for name in frozen} == frozen
    text = frozen["md"].decode()
    assert "Das Wasser ist zu knapp." in text
    assert "Brunnen" not in text, "late papers are not in the frozen one"
