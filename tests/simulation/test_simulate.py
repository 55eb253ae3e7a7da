"""The whole simulation: the same twice, byte for byte, and each event seen."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from staffelstab.ledger.values import Entry
from staffelstab.publishing.baton.checking import verify_chain
from staffelstab.simulation.event_list import event_list
from staffelstab.simulation.faults import FAULTS, Scenario
from staffelstab.simulation.inputs import deliveries, verdicts
from staffelstab.simulation.simulate import simulate
from tasks.artifacts import collected
from tests.conftest import at
from tests.year import THE_YEAR, DirectExecutor, Year, played

pytestmark = THE_YEAR


def files(root: Path) -> dict[str, str]:
    """Every file by its digest; the database of the ledger apart, which is compared entry by entry."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.startswith("ledger.db")
    }


def journal(year: Year) -> list[Entry]:
    with year.workspace.open(read_only=True) as ledger:
        return ledger.entries()


def test_the_same_play_twice_is_byte_identical(choir: Year, tmp_path: Path) -> None:
    """In a rehearsal ids and salts come from a seed of the plan."""
    again = played(choir.place, tmp_path / "again")

    assert files(again.root) == files(choir.root)
    assert journal(again) == journal(choir)
    assert again.shown == choir.shown


def test_the_choir_hands_over_three_times(choir: Year) -> None:
    """Another plan, another language, the same code; its first phase hands over at the deadline, without a session."""
    chain = verify_chain(choir.root / "batons")

    assert [(baton.number, baton.kind) for baton in chain] == [(1, "call"), (2, "synthesis"), (3, "finalisation")]
    handed = {item.phase: item.at for item in choir.case(at("2026-06-01")).handed_over}
    assert handed[1] == at("2025-12-01 07:00", choir.plan.zone)


def test_nothing_is_lost_between_inbox_and_ledger(year: Year) -> None:
    """Every file that was delivered was received: 68 arrivals, 67 different papers and sheets."""
    entries = journal(year)

    assert sum(entry.kind == "arrived" for entry in entries) == 68
    assert sum(entry.kind == "received" for entry in entries) == 67
    assert sum(entry.kind == "read" for entry in entries) == 67
    with year.workspace.open(read_only=True) as ledger:
        assert ledger.verify() == []


def test_a_standstill_is_caught_up_with_and_told(tmp_path: Path, choir: Year) -> None:
    """Nine days without a pass around the first freeze: frozen late, handed over, and what was missed is named."""
    plan, place = choir.plan, choir.place
    arriving = deliveries(plan, place)
    scenario = Scenario(plan, arriving, event_list(plan, arriving, verdicts(plan, place), dt.date(2026, 2, 10)))
    late = Year(plan, place, tmp_path / "late")

    with collected():
        moments = list(simulate(FAULTS["standstill"](scenario), place, late.root, DirectExecutor()))

    assert [moment.number for moment in moments] == list(range(1, len(moments) + 1))
    assert all(moment.after > moment.before for moment in moments)
    assert [baton.kind for baton in verify_chain(late.root / "batons")] == ["call", "synthesis"]
    entries = journal(late)
    assert [(entry.subject, entry.facts["late"]) for entry in entries if entry.kind == "frozen"] == [
        ("committee-january", True)
    ]
    missed = [entry.facts["missed"] for entry in entries if entry.kind == "pass" and entry.facts["missed"]]
    assert missed == [["2026-01-23 papers_due", "2026-01-30 phase_end", "2026-01-30 session"]]
