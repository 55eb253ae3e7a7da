"""The procedures of the flows, run without Prefect: what a phase does alone, and what a pass does when a phase fails."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from flows.call import call
from flows.daily_pass import daily_pass
from flows.publication import publication
from staffelstab.errors import BatonError, StaffelstabError
from staffelstab.ledger.values import Entry
from staffelstab.service import survey
from staffelstab.service.decide import record_decision
from staffelstab.service.pass_work import PhaseOutcome
from staffelstab.timetable.plan.model import Count
from staffelstab.workspace import find
from tasks.artifacts import Shown, collected
from tasks.begin import working_in
from tasks.decorators import attempt, directly
from tests.conftest import at, within
from tests.service.small_folder import folder, put, run_at
from tests.year import markdown_drafts

pytestmark = pytest.mark.xdist_group("procedures")

MEETING = "2018-01-17 07:00"
"""The papers for the session of phase 0 are due."""
LATE = "2018-04-05 07:00"
"""Nothing ran until here: phases 0 and 1 still owe their sessions the papers, phase 2 has a week left."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path / "work")


def journal(root: Path, *kinds: str) -> list[Entry]:
    with find(root).open(read_only=True) as ledger:
        return ledger.entries(*kinds)


def failing_pass(root: Path, moment: str) -> tuple[StaffelstabError, list[int | None]]:
    """What a pass fails with, and the phases of which it showed an overview, in order; None is the day's own."""
    with markdown_drafts(), collected() as shown, pytest.raises(StaffelstabError) as failed:
        within(root, daily_pass.fn, at(moment))
    return failed.value, [number(item) for item in shown]


def number(shown: Shown) -> int | None:
    return shown.run.phase.number if shown.run.phase else None


def named(outcome: PhaseOutcome) -> str | None:
    """What the state is called that the phase tells."""
    return outcome.told.name if outcome.told else None


def hand_over_nothing(root: Path, phase: int) -> None:
    """The journal says that a phase has handed over, but its baton is gone."""
    run = run_at(root, LATE, phase)
    with run.workspace.open() as ledger:
        name, key = f"phase-{phase}", f"handed_over:{phase}"
        ledger.append("handed_over", at=run.now, phase=name, key=key, facts={"number": phase, "hash": "0"})


def block(root: Path, session: str) -> Path:
    """Somebody has put a folder where the dossier of a session is to be written: no error of ours foresees it."""
    place = root / "sessions" / session / "dossier.md"
    place.mkdir(parents=True)
    return place


def test_a_phase_alone_takes_in_what_lies_in_the_inbox(root: Path) -> None:
    put(root, "beitraege/zettel.txt", "Von: Beisitz 3\n\nNiemand ruft an.\n", at("2017-12-16 10:00"))

    with markdown_drafts(), collected() as shown:
        outcome = within(root, call.fn, 0, at("2017-12-17 07:00"))

    assert (outcome.frozen, outcome.handed_over, named(outcome)) == (False, False, "wartet auf die Sitzung")
    assert [entry.kind for entry in journal(root) if entry.kind != "genesis"] == [
        "received",
        "arrived",
        "read",
        "surveyed",
    ]
    assert [number(item) for item in shown] == [0]
    assert "Niemand ruft an." in (root / "sessions/2018-01-19/dossier.md").read_text(encoding="utf-8")


def test_the_phase_of_publication_publishes_once_the_concept_is_adopted(root: Path) -> None:
    record_decision(run_at(root, "2018-08-17 22:40"), "lv-2018-08-17", "adopted", vote=Count(abstentions=3))
    assert list(find(root).publication.iterdir()) == []

    with markdown_drafts(), collected() as shown:
        outcome = within(root, publication.fn, 6, at("2018-08-25 07:00"))

    assert (outcome.frozen, outcome.handed_over, named(outcome)) == (False, False, "2 Pflichten offen")
    assert [number(item) for item in shown] == [6]
    assert {path.name for path in find(root).publication.iterdir()} == {
        *(f"konzept.{ending}" for ending in ("md", "html", "pdf", "docx", "odt")),
        "was-sich-aendert.md",
        "timetable.ics",
        "resubmission.ics",
    }
    assert "bei 3 Enthaltungen" in (find(root).publication / "konzept.md").read_text(encoding="utf-8")


def test_a_phase_that_fails_runs_once_and_the_others_as_often_as_there_is_news(root: Path) -> None:
    """Phases 0 and 1 freeze their papers, so there is a second round; phase 2 has no baton to begin with."""
    hand_over_nothing(root, 1)

    failed, shown = failing_pass(root, LATE)

    assert isinstance(failed, BatonError)
    assert failed.facts["baton"] == "1-analysis"
    assert shown == [0, 1, 0, None], "phase 0 hears of phase 1's papers"
    assert [entry.subject for entry in journal(root, "frozen")] == ["lv-2018-01-19", "lv-2018-03-09"]
    [closed] = journal(root, "pass")
    assert closed.facts["ran"] == 4, "the failing phase counts once"
    assert journal(root)[-1] == closed


def test_the_rest_of_the_pass_happens_though_a_phase_has_failed(root: Path) -> None:
    put(root, "beitraege/zettel.txt", "Von: Beisitz 3\n\nNiemand ruft an.\n", at("2018-01-11 10:00"))
    hand_over_nothing(root, 1)

    failing_pass(root, LATE)

    [closed] = journal(root, "pass")
    missed = closed.facts["missed"]
    assert isinstance(missed, list)
    assert {name: value for name, value in closed.facts.items() if name != "missed"} == {
        "new": 1,
        "read": 1,
        "unreadable": 0,
        "ran": 4,
    }
    assert len(missed) > 10
    letters = journal(root, "letter")
    assert len(list((root / "outbox").glob("*.eml"))) == len(letters) > 0
    assert list((root / "calendar").glob("*.ics")) != []


def test_an_unforeseen_failure_of_a_phase_is_like_any_other(root: Path) -> None:
    """The kind and the place are told, and no more; the phase whose papers are due freezes them all the same."""
    block(root, "2018-03-09")

    failed, shown = failing_pass(root, MEETING)

    assert failed.key == "tasks.unforeseen"
    assert failed.facts["kind"] == "IsADirectoryError"
    assert isinstance(failed.__cause__, IsADirectoryError)
    assert shown == [0, None]
    assert [entry.subject for entry in journal(root, "frozen")] == ["lv-2018-01-19"]
    assert [entry.facts["ran"] for entry in journal(root, "pass")] == [2], "each of the two phases once"
    assert len(journal(root, "letter")) > 0


def test_what_stood_in_its_way_is_gone_and_the_phase_runs_with_the_next_pass(root: Path) -> None:
    place = block(root, "2018-03-09")
    failing_pass(root, MEETING)
    place.rmdir()

    with markdown_drafts(), collected() as shown:
        within(root, daily_pass.fn, at("2018-01-18 07:00"))

    assert [number(item) for item in shown] == [1, None]


def test_an_unforeseen_failure_is_a_value_to_the_caller_and_a_sentence_to_a_person(root: Path) -> None:
    block(root, "2018-01-19")
    now = at("2018-01-10 07:00")

    with markdown_drafts(), collected(), working_in(root):
        value = attempt(call, 0, now)
        with pytest.raises(StaffelstabError) as raised:
            directly(call, 0, now)

    assert isinstance(value, StaffelstabError)
    assert (value.key, raised.value.key) == ("tasks.unforeseen",) * 2
    assert (value.facts["kind"], raised.value.facts["kind"]) == ("IsADirectoryError",) * 2


def test_a_phase_with_a_count_nobody_has_declared_fails_by_name(root: Path) -> None:
    run = run_at(root, MEETING, 0)
    case = survey.gather_case(run)
    report = survey.survey_of(run, case)
    assert survey.reported(run, case, report) == report

    with pytest.raises(ValueError, match=r"^call: butterflies$"):
        survey.reported(run, case, replace(report, counts={**report.counts, "butterflies": 1}))
