"""Call: papers put together to a first overview, every passage with its source, nothing judged yet (R60–R65)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from staffelstab.documents.rendering.manuscript import Table, table
from staffelstab.phases import responses
from staffelstab.phases.coded_statements import Coded, coded
from staffelstab.phases.excerpt import printed
from staffelstab.phases.methods.codebook import Codebook
from staffelstab.phases.methods.duplicates import near_duplicates, repeated
from staffelstab.phases.report import ReportOf
from staffelstab.phases.responses import CallState
from staffelstab.submissions.case.contents import Case, Statement, Submission
from staffelstab.timetable.plan.model import Phase

COMPARABLE = 20_000
"""Paragraphs that are compared with one another; the time grows faster than their number."""

COUNTS, NOTES = responses.COUNTS, responses.NOTES


@dataclass(frozen=True, slots=True)
class CallContent:
    """The calls of the phase; `alike` groups passages that nearly say the same; `parked` are about recruiting (R18).

    `printed` are the refs of the papers whose paragraphs the dossier prints: all of them, unless they are too many to be read.
    """

    states: tuple[CallState, ...]
    alike: tuple[tuple[Statement, ...], ...]
    parked: tuple[Coded, ...]
    printed: frozenset[str]


def survey(case: Case, phase: Phase, codebook: Codebook) -> ReportOf[CallContent]:
    """The phase as it stands at the case's moment."""
    states = answers(case, phase)
    return report(phase, states, similar(states), parked(case, states, codebook))


def answers(case: Case, phase: Phase) -> tuple[CallState, ...]:
    """Who was called and what came in, call by call (R60, R62, R63)."""
    return tuple(responses.state(case, call) for call in responses.calls_of(case.plan, phase))


def similar(states: Sequence[CallState]) -> tuple[tuple[Statement, ...], ...]:
    """Groups of similar passages; of more than can be compared, those that say the very same."""
    statements = tuple(statement for paper in _papers(states) for statement in paper.statements)
    find = near_duplicates if len(statements) <= COMPARABLE else repeated
    return tuple(tuple(statements[i] for i in group.members) for group in find([item.text for item in statements]))


def parked(case: Case, states: Sequence[CallState], codebook: Codebook) -> tuple[Coded, ...]:
    """Passages about what is no subject here, each with where it belongs (R18, R19)."""
    return coded(case, _papers(states), codebook).parked


def report(
    phase: Phase,
    states: tuple[CallState, ...],
    alike: tuple[tuple[Statement, ...], ...],
    set_aside: tuple[Coded, ...],
) -> ReportOf[CallContent]:
    """The first picture, put together: the register, what is alike, what belongs elsewhere, and what is missing."""
    papers = _papers(states)
    content = CallContent(states, alike, set_aside, printed(papers))
    complete = len(content.printed) == len(papers)
    tables = {"register": responses.register(states), "passages": responses.passages(papers)}
    return ReportOf(
        phase=phase,
        content=content,
        notes=tuple(found for state in states for found in responses.notes(state)),
        counts=_sum(states),
        tables=tables if complete else tables | _beside(content),
        annex=() if complete else ("register", "passages", *_beside(content)),
    )


def _papers(states: Sequence[CallState]) -> tuple[Submission, ...]:
    return tuple(paper for state in states for paper in state.papers)


def _beside(content: CallContent) -> dict[str, Table]:
    """What a dossier that prints everything lists itself."""
    alike = [(number, item.ref) for number, group in enumerate(content.alike, 1) for item in group]
    parked = [(item.statement.ref, item.coding.parked) for item in content.parked]
    return {"alike": table(("group", "ref"), alike), "parked": table(("ref", "scope"), parked)}


def _sum(states: tuple[CallState, ...]) -> dict[str, int]:
    total: dict[str, int] = {}
    for state in states:
        for name, count in responses.counts(state).items():
            total[name] = total.get(name, 0) + count
    return total
