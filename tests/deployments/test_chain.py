"""From a decision to the next phase on a real deployment: asked for once, and continued by whoever comes next if it is killed."""

from __future__ import annotations

import base64
import datetime as dt
import time
from functools import partial

import pytest
from prefect.client.schemas.objects import FlowRun, StateType

from deployments.steward import LOOK_AGAIN_SECONDS
from staffelstab.service.pass_work import reason_for_pass
from staffelstab.service.phase_run import open_run
from staffelstab.service.survey import gather_case
from tests.conftest import at, require
from tests.deployments.club import (
    Club,
    at_berlin,
    failures,
    fill_in,
    left_over,
    names_to_come,
    overview,
    runs,
    serving,
)
from tests.deployments.person import Person
from tests.publishing.artifacts.test_overviews import PICTURE
from tests.service.small_folder import put
from tests.year import DirectExecutor

pytestmark = [pytest.mark.slow, pytest.mark.server, require("cc"), pytest.mark.xdist_group("chain")]

PHASE = "Aufruf/Phase 1 · Fragen"
DATES = "Terminänderung/Termin bestätigen oder verlegen"
FORM = "Sitzungsergebnis/Ergebnis einer Sitzung eintragen"
EVENING = "2027-03-24 21:00"


@pytest.fixture
def eve(club: Club) -> Club:
    """The evening of the session: its paper is frozen, nothing decided yet."""
    for moment in ("2027-03-13 07:00", "2027-03-22 07:00", "2027-03-23 07:00", "2027-03-24 07:00"):
        DirectExecutor().daily_pass(str(club.root), at(moment))
    club.clock.turn_to(at("2027-03-24 20:55"))
    return club


def asked_for(person: Person, reason: str) -> list[FlowRun]:
    """The passes that were asked for with this reason."""
    return [run for run in runs(person) if (run.idempotency_key or "").endswith(f":{reason}")]


def has_ended(person: Person, flow: str, times: int) -> bool:
    """Whether so many runs under this name have ended well."""
    return ended(person, flow) >= times


def wait_for_a_lost_morning(club: Club, person: Person, day: int) -> None:
    """The morning's pass fails, the second since 14 March on the 15th; and `serve` has looked at the plan meanwhile."""
    looked = time.monotonic() + LOOK_AGAIN_SECONDS + 2
    club.clock.turn_to(at(f"2027-03-{day} 06:59:58"))
    club.wait_for("the morning's failure", lambda: len(failures(person)) == day - 13)
    club.wait_for("a look at the plan", lambda: time.monotonic() > looked)


def ended(person: Person, flow: str) -> int:
    """How many runs under this name have ended well."""
    return sum(run.name.startswith(flow) and run.state_type == StateType.COMPLETED for run in runs(person))


def last(person: Person, reason: str) -> str | None:
    """How the pass that was asked for with this reason stands; None if there is none."""
    found = asked_for(person, reason)
    return str(found[0].state_type.value) if found and found[0].state_type else None


def wait_for_pass(club: Club, person: Person, reason: str) -> FlowRun:
    """The one pass that was asked for with this reason, when it has ended well."""
    club.wait_for(f"the pass {reason}", lambda: last(person, reason) == "COMPLETED")
    [run] = asked_for(person, reason)
    return run


def reason_of_hand_over(club: Club) -> str:
    """For which reason the pass after the hand-over is asked for, once there is one."""
    club.wait_for("the hand-over", lambda: club.journal("handed_over"))
    return reason_for_pass("handed-over", club.journal("handed_over")[0])


def move_the_end(club: Club, person: Person) -> FlowRun:
    """Somebody moves the end of the second phase by the form; the pass that it asks for."""
    written = club.root / "amendments/begruendung-phase-2.end-2027-05-03.txt"
    written.parent.mkdir(exist_ok=True)
    written.write_text("Der 30. April ist ein Brückentag.", encoding="utf-8")
    fill_in(person, DATES, item="phase-2.end", date="2027-05-03", by="vorstand")
    club.wait_for("the amendment", lambda: club.journal("amended"))
    return wait_for_pass(club, person, reason_for_pass("amended", club.journal("amended")[0]))


@pytest.mark.timeout(600)
def test_a_hand_over_asks_for_the_next_pass_once(eve: Club) -> None:
    """The outcome is entered at the command line, which asks for nothing; then somebody starts the phase twice by hand."""
    with serving(eve, "Europe/Berlin") as person:
        eve.clock.turn_to(at(EVENING))
        eve.tell("Europe/Berlin", "record", "decision", "vorstand-maerz", "noted", str(eve.root))
        before = ended(person, "Phase 1")
        fill_in(person, PHASE)
        handing = reason_of_hand_over(eve)
        asked = wait_for_pass(eve, person, handing)
        fill_in(person, PHASE)
        eve.wait_for("the second run", lambda: ended(person, "Phase 1") >= before + 2)
        eve.clock.turn_to(at("2027-03-24 22:30"))
        move_the_end(eve, person)
        keys = sorted(str(run.idempotency_key) for run in runs(person) if asked_by_a_run(run))
        assert failures(person) == []
    [amended] = eve.journal("amended")
    assert keys == [f"wasserordnung-2027:{reason}" for reason in (reason_for_pass("amended", amended), handing)]
    assert asked.parameters == {}
    [handed], looked = eve.journal("handed_over"), [item for item in eve.journal("surveyed") if item.phase == "phase-2"]
    assert looked[-1].seq > handed.seq
    assert (eve.root / "batons/1-call/bagit.txt").is_file()


@pytest.mark.timeout(600)
def test_the_same_outcome_entered_twice_asks_for_one_pass(eve: Club) -> None:
    """Whoever sends the form twice makes one entry, and its hash is the key: the second run asks for what is there already."""
    with serving(eve, "Europe/Berlin") as person:
        eve.clock.turn_to(at(EVENING))
        for times in (1, 2):
            fill_in(person, FORM, session="vorstand-maerz", outcome="noted", yes=5)
            eve.wait_for("the form", partial(has_ended, person, "Sitzungsergebnis eintragen", times))
            [entry] = eve.journal("decided")
            reasons = {reason_for_pass("decided", entry), reason_of_hand_over(eve)}
            for reason in reasons:
                wait_for_pass(eve, person, reason)
        asked = [run for run in runs(person) if run.name.startswith("Tageslauf") and not run.auto_scheduled]
        assert failures(person) == []
    assert {run.idempotency_key for run in asked if run.idempotency_key} == {
        f"wasserordnung-2027:{reason}" for reason in reasons
    }
    opening = [run for run in asked if not run.idempotency_key]
    assert len(opening) == 1, "the pass with which `serve` begins"
    assert len(asked) == 3


@pytest.mark.timeout(600)
def test_a_chain_that_is_killed_continues(eve: Club) -> None:
    """While the pass that was asked for is under way, everything is killed. Whoever starts it next finds it all done."""
    with serving(eve, "Europe/Berlin", kill=True) as person:
        eve.clock.turn_to(at(EVENING))
        fill_in(person, FORM, session="vorstand-maerz", outcome="noted")
        eve.wait_for("the outcome", lambda: eve.journal("decided"))
        reason = reason_for_pass("decided", eve.journal("decided")[0])
        eve.wait_for("the pass under way", lambda: last(person, reason) in {"PENDING", "RUNNING"})
    eve.clock.turn_to(at("2027-03-25 06:00"))
    with serving(eve, "Europe/Berlin") as person:
        assert last(person, reason) == "CRASHED"
        eve.wait_for("the hand-over", lambda: eve.journal("handed_over"))
        eve.wait_for("the morning to come", lambda: "Tageslauf · 25. März 2027" in names_to_come(person))
        eve.morning_of(dt.date(2027, 3, 25))
        eve.wait_for("the end of all runs", lambda: left_over(eve, person) == [])
        missed = [state for state, _ in failures(person) if state != "Crashed"]
        assert missed == ["Cancelled"], "the run of 22:00, when nothing was there to run it"
    assert [entry.facts["number"] for entry in eve.journal("handed_over")] == [1]
    assert len(eve.journal("decided")) == 1


@pytest.mark.timeout(600)
def test_mornings_that_were_missed_are_not_run_afterwards(club: Club) -> None:
    """Nobody opens it for two days: the pass at opening catches up, and no late one puts an earlier day in its place."""
    mornings = [f"Tageslauf · {day}. März 2027" for day in (14, 15, 16)]
    with serving(club, "Europe/Berlin") as person:
        club.morning_of(dt.date(2027, 3, 13))
        club.wait_for("the mornings to come", lambda: set(mornings) <= names_to_come(person))
    put(club.root, "beitraege/birkenweg.txt", "Von: Birkenweg\n\nDas Wasser ist zu knapp.\n", at("2027-03-14 18:00"))
    club.clock.turn_to(at("2027-03-15 10:00"))
    with serving(club, "Europe/Berlin") as person:
        before = ended(person, "Phase 1")
        fill_in(person, PHASE)
        club.wait_for("the phase started by hand", lambda: ended(person, "Phase 1") == before + 1)
        club.wait_for("the end of all runs", lambda: left_over(club, person) == [])
        assert failures(person) == [("Cancelled", name) for name in mornings[:2]]
        club.wait_for("the next morning", lambda: mornings[2] in names_to_come(person))
        shown = overview(person, "heute-zu-tun")
    [(_, drawn)] = PICTURE.findall(shown)
    assert "Stand: 15. März 2027" in base64.b64decode(drawn).decode()
    assert "Was in der Zwischenzeit versäumt war" not in shown, "no appointment lay in between"
    passes = [entry.at for entry in club.journal("pass")]
    assert passes == sorted(passes)
    assert [f"{at_berlin(moment):%m-%d}" for moment in passes] == ["03-13", "03-13", "03-13", "03-15"]
    draft = (club.root / "sessions/2027-03-24/dossier.md").read_text(encoding="utf-8")
    assert "Entwurf, Stand 15. März 2027" in draft
    assert "Das Wasser ist zu knapp." in draft


@pytest.mark.attack("M7")
@pytest.mark.timeout(600)
def test_a_machine_that_slept_over_a_deadline_judges_by_the_day_it_wakes(club: Club) -> None:
    """The runs of two mornings come late. What was put down since came after the deadline, though nobody has looked in between."""
    for morning in ("2027-03-13 07:00", "2027-03-20 07:00"):
        DirectExecutor().daily_pass(str(club.root), at(morning))
    club.clock.turn_to(at("2027-03-20 10:00"))
    with serving(club, "Europe/Berlin") as person:
        club.wait_for("the mornings to come", lambda: "Tageslauf · 21. März 2027" in names_to_come(person))
        put(club.root, "beitraege/birkenweg.txt", "Von: Birkenweg\n\nDas Wasser.\n", at("2027-03-22 09:00"))
        woken = at("2027-03-22 10:00")
        club.clock.turn_to(woken)
        club.wait_for("a pass after waking", lambda: club.journal("pass")[-1].at >= woken)
        club.wait_for("the end of all runs", lambda: left_over(club, person) == [])
        assert failures(person) == []
    run = open_run(club.root, at("2027-03-22 12:00"))
    [paper] = gather_case(run).papers
    assert (paper.arrived, paper.late) == (at("2027-03-22 09:00"), True)
    woken_runs = [entry.at for entry in club.journal("pass", "surveyed", "arrived", "read") if entry.seq > paper.seq]
    assert woken_runs
    assert min(woken_runs) >= woken


@pytest.mark.timeout(600)
def test_a_plan_that_is_broken_for_some_time_stops_nothing(club: Club) -> None:
    """Two mornings say why they cannot work; the schedule stays, and follows again as soon as the plan can be read."""
    plan = club.root / "plan.toml"
    whole = plan.read_text(encoding="utf-8")
    evenings = [f"Ergebnis eintragen · Sitzung am {day}. März 2027" for day in (24, 25)]
    with serving(club, "Europe/Berlin") as person:
        club.morning_of(dt.date(2027, 3, 13))
        club.wait_for("the runs to come", lambda: evenings[0] in names_to_come(person))
        plan.write_text(f"{whole}\n[[phases]", encoding="utf-8")
        wait_for_a_lost_morning(club, person, 14)
        plan.unlink()
        wait_for_a_lost_morning(club, person, 15)
        assert {evenings[0], "Tageslauf · 16. März 2027"} <= names_to_come(person)
        plan.write_text(whole.replace("date = 2027-03-24", "date = 2027-03-25"), encoding="utf-8")
        club.wait_for("the schedule that follows", lambda: evenings[1] in names_to_come(person))
        assert evenings[0] not in names_to_come(person)
        club.morning_of(dt.date(2027, 3, 16))
        assert {state for state, _ in failures(person)} == {"Failed"}
        assert len(failures(person)) == 2
    assert club.moments("pass")[1:] == ["03-13 06:45", "03-13 07:00", "03-16 07:00"]
    assert "Traceback" not in "".join(club.said)


def asked_by_a_run(run: FlowRun) -> bool:
    """Whether another run has asked for it; those that Prefect schedules have a key, too."""
    return bool(run.idempotency_key) and not run.auto_scheduled
