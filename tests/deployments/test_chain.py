"""From a decision to the next phase on a real deployment: asked for once, and continued by whoever comes next if it is killed."""

from __future__ import annotations

import datetime as dt

import pytest
from prefect.client.schemas.objects import FlowRun

from tests.conftest import at, require
from tests.deployments.club import Club, fill_in, runs, serving
from tests.year import DirectExecutor

pytestmark = [pytest.mark.slow, pytest.mark.server, require("cc"), pytest.mark.xdist_group("live")]

PHASE = "call/Phase 1 · Fragen"
DATES = "amendment/Termin bestätigen oder verlegen"
FORM = "decision/Ergebnis einer Sitzung eintragen"
EVENING = "2027-03-24 21:00"


@pytest.fixture
def eve(club: Club) -> Club:
    """The evening of the session: its paper is frozen, nothing decided yet."""
    for moment in ("2027-03-13 07:00", "2027-03-22 07:00", "2027-03-23 07:00", "2027-03-24 07:00"):
        DirectExecutor().daily_pass(str(club.root), at(moment))
    club.clock.turn_to(at("2027-03-24 20:55"))
    return club


def asked_for(address: str, reason: str) -> list[FlowRun]:
    """The passes that were asked for with this reason."""
    return [run for run in runs(address) if (run.idempotency_key or "").endswith(f":{reason}")]


def ended(address: str, flow: str) -> int:
    """How many runs under this name have ended well."""
    return sum(run.name.startswith(flow) and run.state_name == "Completed" for run in runs(address))


@pytest.mark.timeout(600)
def test_a_hand_over_asks_for_the_next_pass_once(eve: Club) -> None:
    """The outcome is entered at the command line, which asks for nothing; then somebody starts the phase twice by hand."""
    with serving(eve, "Europe/Berlin") as address:
        eve.clock.turn_to(at(EVENING))
        eve.tell("Europe/Berlin", "record", "decision", "vorstand-maerz", "noted", str(eve.root))
        before = ended(address, "Phase 1")
        fill_in(address, PHASE)
        eve.wait_for("the hand-over", lambda: eve.journal("handed_over"))
        eve.wait_for(
            "the pass asked for",
            lambda: [run.state_name for run in asked_for(address, "handed-over-1")] == ["Completed"],
        )
        fill_in(address, PHASE)
        eve.wait_for("the second run", lambda: ended(address, "Phase 1") >= before + 2)
        [asked] = asked_for(address, "handed-over-1")
        eve.clock.turn_to(at("2027-03-24 22:30"))
        written = eve.root / "amendments/begruendung-phase-2.end-2027-05-03.txt"
        written.parent.mkdir(exist_ok=True)
        written.write_text("Der 30. April ist ein Brückentag.", encoding="utf-8")
        fill_in(address, DATES, item="phase-2.end", date="2027-05-03", by="vorstand")
        eve.wait_for("the amendment", lambda: eve.journal("amended"))
        reason = f"amended-{eve.journal('amended')[0].seq}"
        eve.wait_for(
            "the pass after it", lambda: [run.state_name for run in asked_for(address, reason)] == ["Completed"]
        )
        keys = [run.idempotency_key for run in runs(address) if run.idempotency_key]
        assert len(keys) == len(set(keys))
    assert asked.parameters == {"workspace": str(eve.root)}
    handed, looked = (
        eve.journal("handed_over")[0],
        [entry for entry in eve.journal("surveyed") if entry.phase == "phase-2"],
    )
    assert looked[-1].seq > handed.seq
    assert (eve.root / "batons/1-call/bagit.txt").is_file()


@pytest.mark.timeout(600)
def test_a_chain_that_is_killed_continues(eve: Club) -> None:
    """The form has entered the outcome; before anything follows, everything is killed. Whoever starts it next finds it all done."""
    with serving(eve, "Europe/Berlin", kill=True) as address:
        eve.clock.turn_to(at(EVENING))
        fill_in(address, FORM, session="vorstand-maerz", outcome="noted")
        eve.wait_for("the outcome", lambda: eve.journal("decided"))
    eve.clock.turn_to(at("2027-03-25 06:00"))
    with serving(eve, "Europe/Berlin") as address:
        eve.wait_for("the hand-over", lambda: eve.journal("handed_over"))
        eve.morning_of(dt.date(2027, 3, 25))
    assert [entry.facts["number"] for entry in eve.journal("handed_over")] == [1]
    assert len(eve.journal("decided")) == 1
