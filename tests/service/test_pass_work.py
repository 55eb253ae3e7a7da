"""The daily pass: what is due, that it ends, and what was missed while nothing ran (U16)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from staffelstab.errors import StaffelstabError
from staffelstab.publishing.artifacts.todo import KINDS, todo
from staffelstab.service import pass_work, survey
from staffelstab.service.compile_dossier import compile_dossier
from staffelstab.service.decide import record_decision
from staffelstab.service.phase_run import Run, open_run
from staffelstab.submissions.sources.arrival import Source
from staffelstab.submissions.sources.readers import READERS, Look
from tasks.artifacts import collected
from tests.conftest import at
from tests.service.small_folder import folder, put, run_at
from tests.year import DirectExecutor

SESSION = "lv-2018-01-19"
FROZEN: dict[str, list[str]] = {"formats": [], "objects": [], "counted": [], "counts": []}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path / "work")


def run_pass(root: Path, moment: str) -> list[int]:
    """A whole pass; the phases it ran, in order."""
    with collected() as shown:
        DirectExecutor().daily_pass(str(root), at(moment))
    return [item.run.phase.number for item in shown if item.run.phase]


def due(root: Path, moment: str) -> list[int]:
    return [phase.number for phase in pass_work.due(run_at(root, moment))]


def survey_now(run: Run) -> None:
    pass_work.surveyed(run, survey.survey_of(run, survey.gather_case(run)))


def test_a_phase_is_due_from_its_first_day_and_ends(root: Path) -> None:
    assert due(root, "2017-12-14 23:59:59") == []
    assert run_pass(root, "2017-12-15 07:00") == [0]
    assert due(root, "2017-12-15 07:00") == []


def test_nothing_new_nothing_runs(root: Path) -> None:
    run_pass(root, "2017-12-15 07:00")

    assert run_pass(root, "2017-12-16 07:00") == []
    assert run_pass(root, "2017-12-16 07:00") == []


def test_an_edited_plan_is_news(root: Path) -> None:
    run_pass(root, "2017-12-15 07:00")
    plan = root / "plan.toml"
    plan.write_text(plan.read_text(encoding="utf-8") + "\n# one line more\n", encoding="utf-8")

    assert run_pass(root, "2017-12-16 07:00") == [0]
    assert run_pass(root, "2017-12-16 07:00") == []


def test_two_phases_run_side_by_side_while_they_overlap(root: Path) -> None:
    """R40: Phase 1 opens on 2 January, Phase 0 stays open until 14 January and its session on the 19th."""
    assert run_pass(root, "2018-01-01 07:00") == [0]
    assert run_pass(root, "2018-01-02 07:00") == [1]
    assert due(root, "2018-01-07 07:00") == [0, 1]


def test_a_paper_that_came_in_is_news(root: Path) -> None:
    run_pass(root, "2017-12-15 07:00")
    put(root, "beitraege/zettel.txt", "Von: Beisitz 3\n\nNiemand ruft an.\n", at("2017-12-16 10:00"))

    assert run_pass(root, "2017-12-17 07:00") == [0]
    assert run_pass(root, "2017-12-18 07:00") == []


def test_the_morning_after_a_deadline_is_due_though_nothing_came(root: Path) -> None:
    """The call closes at midnight; that it is closed, and who is missing, shows on 15 January."""
    run_pass(root, "2018-01-14 07:00")

    assert due(root, "2018-01-14 23:59:59") == []
    assert due(root, "2018-01-15 00:00:00") == [0, 1]


def test_papers_are_frozen_for_a_session_after_the_hand_over(root: Path) -> None:
    """A phase that hands over at its deadline still owes its session the papers, on the day they are due."""
    run_pass(root, "2018-01-16 07:00")
    run = run_at(root, "2018-01-16 07:00", 0)
    with run.workspace.open() as ledger:
        ledger.append("handed_over", at=run.now, phase="phase-0", key="handed_over:0", facts={"number": 0, "hash": "0"})
    assert due(root, "2018-01-17 07:00") == [0, 1]

    on_the_day = run_at(root, "2018-01-17 07:00", 0)
    case = survey.gather_case(on_the_day)
    assert compile_dossier(on_the_day, case, survey.survey_of(on_the_day, case)).state == "frozen"
    survey_now(on_the_day)
    assert due(root, "2018-01-18 07:00") == [1]


def test_what_comes_while_a_phase_is_surveyed_is_news_for_the_next_round(root: Path) -> None:
    """A decision is recorded by another run between this run's gathering and its end: it must not be overlooked."""
    run = run_at(root, "2018-01-19 21:00", 0)
    last_seq = survey.survey_of(run, survey.gather_case(run))
    record_decision(run_at(root, "2018-01-19 21:00"), SESSION, "noted")

    pass_work.surveyed(run, last_seq)

    assert 0 in due(root, "2018-01-19 21:00")


def test_freezing_its_own_paper_is_no_news_for_a_phase(root: Path) -> None:
    """17 January: the paper is frozen; Phase 0 runs once, Phase 1 hears of it."""
    run_pass(root, "2018-01-15 07:00")

    ran = run_pass(root, "2018-01-17 07:00")

    assert ran.count(0) == 1
    assert due(root, "2018-01-17 07:00") == []


def test_entries_of_a_clock_that_runs_ahead_do_not_make_a_pass_endless(root: Path) -> None:
    """Four minutes ahead is within what the ledger takes; the pass at the right time sees them tomorrow, and ends today."""
    put(root, "beitraege/zettel.txt", "Niemand ruft an.\n", at("2017-12-15 06:00"))
    survey.take_in(run_at(root, "2017-12-15 07:04"))

    survey_now(run_at(root, "2017-12-15 07:00", 0))

    assert due(root, "2017-12-15 07:00") == []
    assert due(root, "2017-12-15 07:05") == [0]


def test_after_a_standstill_everything_missed_is_named(root: Path) -> None:
    """U16: nothing ran from 10 to 20 January; what lay in between is named once, today and the last pass's day apart."""
    run_pass(root, "2018-01-10 07:00")

    found = pass_work.missed(run_at(root, "2018-01-20 07:00"))
    assert [(item.appointment.day.isoformat(), item.appointment.occasion) for item in found] == [
        ("2018-01-12", "reminder"),
        ("2018-01-14", "phase_end"),
        ("2018-01-14", "call_deadline"),
        ("2018-01-17", "papers_due"),
        ("2018-01-19", "session"),
    ]

    run_pass(root, "2018-01-20 07:00")
    assert pass_work.missed(run_at(root, "2018-01-21 07:00")) == ()


def test_a_pass_every_day_misses_nothing(root: Path) -> None:
    run_pass(root, "2018-01-18 07:00")

    assert pass_work.missed(run_at(root, "2018-01-19 21:00")) == ()


def test_the_pass_leaves_counts_and_days_not_texts(root: Path) -> None:
    run_pass(root, "2018-01-10 07:00")
    put(root, "beitraege/zettel.txt", "Von: Beisitz 3\n\nNiemand ruft an.\n", at("2018-01-11 10:00"))
    ran = run_pass(root, "2018-01-20 07:00")

    with run_at(root, "2018-01-20 08:00").workspace.open(read_only=True) as ledger:
        facts = dict(ledger.entries("pass")[-1].facts)
    assert ran == [0, 1]
    assert facts == {
        "missed": [
            "2018-01-12 reminder",
            "2018-01-14 phase_end",
            "2018-01-14 call_deadline",
            "2018-01-17 papers_due",
            "2018-01-19 session",
        ],
        "new": 1,
        "ran": 2,
        "read": 1,
        "unreadable": 0,
    }


def test_a_time_without_a_zone_is_the_plans(root: Path) -> None:
    """A form may leave the zone out; the machine's own has nothing to do with it."""
    assert open_run(root, at("2018-01-15 00:30").replace(tzinfo=None)).now == at("2018-01-15 00:30")


def test_a_phase_killed_between_its_hand_over_and_its_end_is_run_once_more(root: Path) -> None:
    """Else its overview would wait for the session for ever, and nobody would have asked for the next phase's run."""
    run_pass(root, "2018-01-16 07:00")
    run = run_at(root, "2018-01-17 07:00", 0)
    with run.workspace.open() as ledger:
        ledger.append("frozen", at=run.now, phase="phase-0", subject=SESSION, key=f"frozen:{SESSION}", facts=FROZEN)
        ledger.append("handed_over", at=run.now, phase="phase-0", key="handed_over:0", facts={"number": 0, "hash": "0"})
    assert due(root, "2018-01-17 07:00") == [0, 1]

    survey_now(run)
    assert due(root, "2018-01-17 07:00") == [1]


@contextmanager
def locked(source: Source, since: dt.datetime, now: dt.datetime) -> Iterator[Look]:
    """A drop folder on a disk that is not there."""
    raise StaffelstabError("intake.error.no_folder", folder="inbox")
    yield []


def test_a_pass_goes_on_with_what_is_there_if_a_way_in_fails(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It made every phase of the pass fail. Now it is said once, by the pass, the papers and `status`, until it is over."""
    put(root, "beitraege/a.txt", "Von: Beisitz 3\n\nWir brauchen Räume.", at("2018-01-06 12:00"))
    DirectExecutor().daily_pass(str(root), at("2018-01-06 18:00"))
    monkeypatch.setitem(READERS, "folder", locked)

    with pytest.raises(StaffelstabError) as said:
        DirectExecutor().daily_pass(str(root), at("2018-01-08 07:00"))

    assert said.value.key == "intake.error.no_folder"
    run = run_at(root, "2018-01-08 08:00")
    with run.workspace.open(read_only=True) as ledger:
        kinds = [entry.kind for entry in ledger.entries() if entry.at == at("2018-01-08 07:00")]
        lines = [item.key for item in todo(run.plan, run.now, ledger.entries(*KINDS, until=run.now))]
    assert (kinds.count("unreached"), kinds.count("surveyed"), kinds.count("pass")) == (1, 2, 1)
    assert "unreached" in lines
    paper = root / "sessions/2018-01-19/dossier.md"
    assert "Ein Eingangsweg war am 8. Januar 2018, 07:00 Uhr nicht zu erreichen." in paper.read_text(encoding="utf-8")
    assert list((root / "outbox").glob("*reminder*")) == []

    monkeypatch.undo()
    DirectExecutor().daily_pass(str(root), at("2018-01-09 07:00"))
    assert len(list((root / "outbox").glob("*reminder*"))) == 1
    run = run_at(root, "2018-01-09 08:00")
    with run.workspace.open(read_only=True) as ledger:
        assert "unreached" not in [item.key for item in todo(run.plan, run.now, ledger.entries(*KINDS, until=run.now))]
