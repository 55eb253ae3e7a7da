"""The clock: asked about before anything irrevocable is done by it, confirmed, corrected; and a pass while others enter things."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from flows.daily_pass import run_phases
from staffelstab.errors import LedgerError, RecordError
from staffelstab.service import pass_work
from staffelstab.service.clock import FEW_DAYS, confirm_clock, correct_clock, refuse_doubtful_clock
from staffelstab.service.decide import record_decision
from staffelstab.service.move_dates import move
from staffelstab.service.phase_run import Run, open_run
from staffelstab.timetable.amend.authority import Authority
from staffelstab.timetable.amend.requests import Wish
from staffelstab.workspace import create, find
from tasks.begin import open_pass, working_in
from tasks.daily import close_pass, due, gather_all, post, take_stock
from tests.conftest import at
from tests.service.small_folder import folder, put, run_at
from tests.year import PARTY, DirectExecutor, markdown_drafts

FIRST, WRONG, RIGHT = "2018-01-05 07:00", "2038-01-19 07:00", "2018-01-06 07:00"
SESSION = "lv-2018-01-19"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A working folder where time is real, as the clock shows it."""
    return create(PARTY, tmp_path / "work", now=at("2018-01-02 07:00")).root


def run_pass(root: Path, moment: str) -> None:
    with markdown_drafts():
        DirectExecutor().daily_pass(str(root), at(moment))


def kinds(root: Path) -> dict[str, int]:
    with find(root).open(read_only=True) as ledger:
        found = [entry.kind for entry in ledger.entries()]
        assert ledger.verify(find(root).heads.read()) == []
    return {kind: found.count(kind) for kind in sorted(set(found))}


def refusal(root: Path, moment: str) -> str:
    with pytest.raises(LedgerError) as refused:
        run_pass(root, moment)
    assert refused.value.text("de") != refused.value.text("en")
    return refused.value.key


def files(root: Path) -> list[str]:
    return sorted(
        path.relative_to(root).as_posix()
        for place in ("sessions", "outbox", "batons")
        for path in (root / place).rglob("*")
        if path.is_file()
    )


# -- asked ------------------------------------------------------------------------------------------------------------


@pytest.mark.attack("C5")
def test_a_pass_by_a_clock_far_ahead_does_nothing_until_it_is_confirmed(root: Path) -> None:
    run_pass(root, FIRST)
    before = kinds(root), files(root)

    assert refusal(root, WRONG) == "ledger.clock_ahead"
    assert (kinds(root), files(root)) == before
    run_pass(root, RIGHT)  # the clock was set right: nothing has happened


@pytest.mark.attack("C5")
def test_a_phase_run_alone_asks_as_well(root: Path) -> None:
    run_pass(root, FIRST)
    with pytest.raises(LedgerError, match=r"ledger\.clock_ahead"):
        refuse_doubtful_clock(run_at(root, WRONG, 1))


def test_a_confirmed_clock_goes_on(root: Path) -> None:
    run_pass(root, FIRST)
    assert refusal(root, "2018-03-05 07:00") == "ledger.clock_ahead"

    confirm_clock(run_at(root, "2018-03-05 07:00"), "Landesvorstand")

    run_pass(root, "2018-03-05 07:10")
    assert kinds(root)["frozen"] == 2


@pytest.mark.parametrize(
    ("moment", "asked"),
    [
        ("2018-02-09 06:00", False),  # 35 days: a holiday
        ("2018-02-09 08:00", True),
    ],
)
def test_after_more_than_a_holiday_the_clock_is_asked_about(root: Path, moment: str, asked: bool) -> None:
    run_pass(root, FIRST)
    assert _asked(root, moment) == asked


def test_one_late_paper_is_no_question(root: Path) -> None:
    confirm_clock(run_at(root, "2018-04-05 07:00"))
    assert not _asked(root, "2018-04-28 07:00")


def test_two_late_papers_at_once_are_a_question(root: Path) -> None:
    """In an April with two sessions nothing ran for three weeks; the paper of neither could be frozen in time."""
    wish, day = Wish("lv-2018-05-18", dt.date(2018, 4, 27)), "2018-03-20 10:00"
    move(run_at(root, day), wish, Authority("Landesvorstand"), "Vorgezogen.")
    confirm_clock(run_at(root, "2018-04-05 07:00"))
    assert not _asked(root, "2018-04-26 07:00")
    assert _asked(root, "2018-04-28 07:00")


def _asked(root: Path, moment: str) -> bool:
    try:
        refuse_doubtful_clock(run_at(root, moment))
    except LedgerError as error:
        return error.key == "ledger.clock_ahead"
    return False


def test_a_rehearsal_is_not_asked(tmp_path: Path) -> None:
    played = folder(tmp_path / "played")
    assert not _asked(played, WRONG)


def test_what_lies_in_the_inbox_meanwhile_counts_as_of_its_own_time(root: Path) -> None:
    run_pass(root, FIRST)
    paper = put(root, "beitraege/B.txt", "Mehr Räume für alle Verbände.", at("2018-01-10 12:00"))
    refusal(root, "2018-03-05 07:00")
    assert paper.exists()

    confirm_clock(run_at(root, "2018-03-05 07:00"))
    run_pass(root, "2018-03-05 07:10")

    with find(root).open(read_only=True) as ledger:
        run = run_at(root, "2018-03-05 08:00")
        [found] = run.case(ledger).papers
    assert (found.arrived, found.late) == (at("2018-01-10 12:00"), False)


# -- corrected --------------------------------------------------------------------------------------------------------


@pytest.fixture
def wrong(root: Path) -> Path:
    """Somebody confirmed a clock that was wrong: all six papers are frozen, and letters of 2038 lie in the outbox."""
    run_pass(root, FIRST)
    put(root, "beitraege/B.txt", "Mehr Räume für alle Verbände.", at("2018-01-05 12:00"))
    confirm_clock(run_at(root, WRONG))
    run_pass(root, WRONG)
    assert kinds(root)["frozen"] == 6
    return root


@pytest.mark.attack("C5")
def test_a_corrected_clock_lets_the_plan_go_on(wrong: Path) -> None:
    assert refusal(wrong, RIGHT) == "ledger.clock"

    done = correct_clock(run_at(wrong, RIGHT), "Landesvorstand")

    assert (done.papers, done.aside.n > 30) == (6, True)
    run_pass(wrong, RIGHT)
    assert "frozen" not in kinds(wrong)
    assert not [name for name in files(wrong) if "2038" in name or "2037" in name or name.endswith(".docx")]
    run_pass(wrong, "2018-01-17 07:00")
    run_pass(wrong, "2018-01-19 07:00")
    with find(wrong).open(read_only=True) as ledger:
        [frozen] = ledger.entries("frozen")
        case = run_at(wrong, "2018-01-19 08:00").case(ledger)
    assert (frozen.subject, frozen.facts["late"]) == (SESSION, False)
    assert (wrong / "sessions" / "2018-01-19" / "dossier.docx").is_file()
    assert [paper.arrived for paper in case.papers] == [at("2018-01-05 12:00")]


@pytest.mark.attack("C5")
def test_what_no_longer_holds_is_kept_aside_and_as_history(wrong: Path) -> None:
    there = files(wrong)
    correct_clock(run_at(wrong, RIGHT))

    aside = sorted(
        path.relative_to(wrong / "set-aside").as_posix()
        for path in (wrong / "set-aside").rglob("*.*")
        if path.is_file()
    )
    assert {name.partition("/")[2] for name in aside} <= set(there)
    assert len([name for name in aside if name.endswith("dossier.docx")]) == 6
    with find(wrong).open(read_only=True) as ledger, ledger.reading() as queries:
        stored = queries.connection.exec_driver_sql("SELECT count(*) FROM entries WHERE kind = 'frozen'").scalar()
    assert stored == 6


def test_what_was_missed_counts_from_the_last_pass_by_a_right_clock(wrong: Path) -> None:
    """The clock was put right on the 16th; nothing had run since the 5th."""
    correct_clock(run_at(wrong, "2018-01-16 08:00"))
    days = [item.appointment.day.isoformat() for item in pass_work.missed(run_at(wrong, "2018-01-16 08:05"))]
    assert days == ["2018-01-07", "2018-01-12", "2018-01-14", "2018-01-14"]


def test_a_letter_that_was_sent_is_not_written_again(wrong: Path) -> None:
    sent = next(path for path in sorted((wrong / "outbox").glob("2038*papers-lv-2018-01-19.eml")))
    sent.unlink()
    correct_clock(run_at(wrong, RIGHT))
    run_pass(wrong, RIGHT)
    run_pass(wrong, "2018-01-17 07:00")
    run_pass(wrong, "2018-01-18 07:00")
    assert not [name for name in files(wrong) if "papers-lv-2018-01-19" in name]


def test_a_paper_whose_session_has_met_stays(wrong: Path) -> None:
    done = correct_clock(run_at(wrong, "2018-01-20 07:00"))
    assert done.papers == 5
    with find(wrong).open(read_only=True) as ledger:
        assert [entry.subject for entry in ledger.entries("frozen")] == [SESSION]
    assert (wrong / "sessions" / "2018-01-19" / "dossier.docx").is_file()


def test_nothing_is_corrected_where_nothing_is_wrong(root: Path) -> None:
    run_pass(root, FIRST)
    with pytest.raises(RecordError, match=r"steps\.clock\.nothing"):
        correct_clock(run_at(root, RIGHT))


def test_a_clock_that_is_wrong_now_corrects_nothing(root: Path) -> None:
    with find(root).open() as ledger:
        for n in range(FEW_DAYS + 1):
            ledger.append("pass", at=at("2018-01-03") + dt.timedelta(days=n))
    before = kinds(root)
    for moment in ("1970-01-01 00:00", "2018-01-02 12:00"):
        with pytest.raises(RecordError, match=r"steps\.clock\.rather_now") as refused:
            correct_clock(run_at(root, moment))
        assert refused.value.text("de") != refused.value.text("en")
    assert kinds(root) == before


def test_nobody_confirms_whom_nobody_knows(root: Path) -> None:
    with pytest.raises(RecordError, match=r"steps\.unknown_actor"):
        confirm_clock(run_at(root, RIGHT), "Klabautermann")


# -- a pass, and somebody who enters something meanwhile ---------------------------------------------------------------


@pytest.mark.attack("M1")
def test_a_decision_recorded_during_a_pass_harms_neither(root: Path) -> None:
    run_pass(root, "2018-01-18 07:00")
    now = at("2018-01-19 21:00")
    put(root, "beitraege/B.txt", "Mehr Räume für alle Verbände.", at("2018-01-19 12:00"))

    with markdown_drafts(), working_in(root):
        run = open_pass(now)
        decision = record_decision(open_run(root, now + dt.timedelta(seconds=330)), SESSION, "noted")
        found = take_stock(run)
        outcomes = run_phases(run)
        post(run, gather_all(run))
        close_pass(run, found, len(outcomes))

    assert (found.intake.new, found.intake.read) == (1, 1)
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert decision.entry.at == now + dt.timedelta(seconds=330)
    assert kinds(root)["decided"] == 1
    with find(root).open(read_only=True) as ledger:
        assert ledger.entries("pass")[-1].at == now
    later = Run(run.workspace, run.plan, now + dt.timedelta(minutes=10))
    assert [phase.number for phase in due(later)] != []  # the decision is news to the next pass
    run_pass(root, "2018-01-19 21:10")
    assert kinds(root)["handed_over"] == 1


@pytest.mark.attack("M1")
def test_whoever_begins_by_a_clock_behind_is_refused(root: Path) -> None:
    run_pass(root, "2018-01-19 20:00")
    assert refusal(root, "2018-01-19 19:54") == "ledger.clock"
    with pytest.raises(LedgerError, match=r"ledger\.clock"):
        record_decision(open_run(root, at("2018-01-19 19:54")), SESSION, "noted")
