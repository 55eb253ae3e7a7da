"""Call: papers put together to a first picture, every passage with its source, nothing judged yet (R60–R65)."""

from __future__ import annotations

from dataclasses import dataclass

from staffelstab.analysis.codebook import Codebook
from staffelstab.analysis.duplicates import near_duplicates
from staffelstab.case.values import Case, Statement
from staffelstab.phases import calls
from staffelstab.phases.calls import CallState
from staffelstab.phases.coding import Coded, coded
from staffelstab.phases.survey import Note, Survey
from staffelstab.plan.model import Phase


@dataclass(frozen=True, slots=True)
class CallPicture:
    """The calls of the phase; `alike` groups passages that nearly say the same; `parked` are about recruiting (R18)."""

    states: tuple[CallState, ...]
    alike: tuple[tuple[Statement, ...], ...]
    parked: tuple[Coded, ...]


def survey(case: Case, phase: Phase, codebook: Codebook) -> Survey:
    """The phase as it stands at the case's moment."""
    states = tuple(calls.state(case, call) for call in calls.calls_of(case.plan, phase))
    papers = tuple(paper for state in states for paper in state.papers)
    statements = tuple(statement for paper in papers for statement in paper.statements)
    alike = tuple(
        tuple(statements[i] for i in group.members) for group in near_duplicates([item.text for item in statements])
    )
    notes: list[Note] = [found for state in states for found in calls.notes(state)]
    return Survey(
        phase=phase,
        picture=CallPicture(states, alike, coded(case, papers, codebook).parked),
        notes=tuple(notes),
        counts=_sum(states),
        tables={"register": calls.register(states), "passages": calls.passages(papers)},
    )


def _sum(states: tuple[CallState, ...]) -> dict[str, int]:
    total: dict[str, int] = {}
    for state in states:
        for name, count in calls.counts(state).items():
            total[name] = total.get(name, 0) + count
    return total
