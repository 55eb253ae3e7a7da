"""What follows from a decision once it is entered, reckoned from the case as it would be then: for whoever is about to enter it.

Nothing is written. The gate is asked with the number of binding gaps that the last run of the phase counted; the next pass counts
anew.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from staffelstab.ledger.entries import Surveyed
from staffelstab.ledger.values import Entry
from staffelstab.phases.gate import GateState, gate_with
from staffelstab.publishing.outbox.closing_letters import answer_letters
from staffelstab.publishing.outbox.due_letters import due_letters
from staffelstab.submissions.case.contents import Case, Decision
from staffelstab.timetable.plan.model import Phase


@dataclass(frozen=True, slots=True)
class Consequences:
    """Where the session's phase would stand before its gate, and which letters would become due.

    `next` is the phase it hands over to, `waits_for` the one it waits for itself. `letters` counts by occasion those that become
    due at once, which the next pass drafts; `answers` those that become due on a `day` to come.
    """

    phase: Phase
    gate: GateState
    next: Phase | None
    waits_for: Phase | None
    letters: Mapping[str, int]
    answers: int = 0
    day: dt.date | None = None


def consequences(case: Case, decision: Decision, entries: Iterable[Entry]) -> Consequences:
    """What follows from a decision; `entries` are the journal's `surveyed` and `letter`."""
    known = list(entries)
    phase = case.plan.phase(case.plan.session(decision.session).phase)
    after = replace(case, decisions=(*case.decisions, decision))
    due = {str(entry.key).removeprefix("letter:") for entry in known if entry.kind == "letter"}
    due |= {letter.key for letter in due_letters(case)}
    day = _day_of_answers(case)
    return Consequences(
        phase=phase,
        gate=gate_with(after, phase, _debts(phase, known)),
        next=case.plan.after(phase),
        waits_for=case.plan.before(phase),
        letters=Counter(letter.occasion for letter in due_letters(after) if letter.key not in due),
        answers=len(_answers(after, day) - _answers(case, day)),
        day=day,
    )


def _debts(phase: Phase, entries: Iterable[Entry]) -> int:
    runs = [Surveyed.of(entry) for entry in entries if entry.kind == "surveyed" and entry.phase == phase.id]
    return runs[-1].blocks if runs else 0


def _day_of_answers(case: Case) -> dt.date | None:
    """From which day on everyone is told what became of their paper, if that day is to come."""
    publication = next((phase for phase in case.plan.phases if phase.kind == "publication"), None)
    day = publication.start.date if publication else None
    return day if day and day > case.today else None


def _answers(case: Case, day: dt.date | None) -> set[str]:
    """The answers that would be due on a day, by what is known now."""
    return {letter.key for letter in answer_letters(replace(case, now=case.plan.starts(day)))} if day else set()
