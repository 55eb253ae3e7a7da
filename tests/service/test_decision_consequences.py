"""What is said to follow from a decision is what then follows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from staffelstab.service.decide import Outcome, proposed_decision
from staffelstab.service.decision_consequences import Consequences, consequences
from staffelstab.service.phase_run import open_run
from staffelstab.timetable.plan.model import Count
from tests.conftest import at
from tests.service.small_folder import folder
from tests.year import THE_YEAR, Year

pytestmark = THE_YEAR
SECOND = dt.timedelta(seconds=1)


def foretold(root: Path, moment: dt.datetime, session: str, outcome: Outcome) -> Consequences:
    run = open_run(root, moment)
    with run.workspace.open(read_only=True) as ledger:
        case, entries = run.case(ledger), ledger.entries("surveyed", "letter", until=run.now)
    return consequences(case, proposed_decision(run, case, session, outcome, Count(), ()), entries)


def test_a_first_phase_hands_over_once_its_session_has_noted_it_and_not_if_it_is_returned(tmp_path: Path) -> None:
    root = folder(tmp_path / "w")
    noted = foretold(root, at("2018-01-19 21:00"), "lv-2018-01-19", "noted")
    assert noted.gate.open
    assert noted.next is not None
    assert noted.next.number == 1
    assert noted.letters == {}
    assert foretold(root, at("2018-01-19 21:00"), "lv-2018-01-19", "returned").gate.state == "returned"


def test_a_phase_whose_predecessor_has_not_handed_over_waits_for_it(tmp_path: Path) -> None:
    found = foretold(folder(tmp_path / "w"), at("2018-03-09 21:00"), "lv-2018-03-09", "discussed")
    assert found.gate.state == "waits_for_predecessor"
    assert found.waits_for is not None
    assert found.waits_for.number == 0


def test_the_adoption_brings_as_many_answers_as_the_year_then_wrote(year: Year) -> None:
    with year.workspace.open(read_only=True) as ledger:
        decided = [entry for entry in ledger.entries("decided") if entry.facts["outcome"] == "adopted"]
        answers = [entry for entry in ledger.entries("letter") if str(entry.key).startswith("letter:answer:")]
    found = foretold(year.root, decided[0].at - SECOND, decided[0].subject, "adopted")
    assert found.gate.open
    assert found.day == year.plan.phase(6).start.day
    assert found.answers == len(answers) > 0
    assert replace(found, answers=0).letters == {}
    assert foretold(year.root, decided[0].at - SECOND, decided[0].subject, "returned").answers == 0
    assert foretold(year.root, decided[0].at - SECOND, decided[0].subject, "noted").gate.state == "waits_for_session"
