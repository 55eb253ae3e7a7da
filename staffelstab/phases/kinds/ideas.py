"""Ideas: what papers and sheets propose, each tied to findings or flagged, and who took part (R84–R87)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from staffelstab.phases import rejected, responses
from staffelstab.phases.coded_statements import Coded, CodedCase, coded
from staffelstab.phases.concept.proposed_ideas import LinkedIdea, idea_table, ideas_of
from staffelstab.phases.concept.provenance import Sources
from staffelstab.phases.methods.codebook import Codebook
from staffelstab.phases.report import Note, ReportOf, note
from staffelstab.phases.responses import CallState
from staffelstab.submissions.case.contents import Case, Submission
from staffelstab.submissions.records.typed_records import Term
from staffelstab.timetable.plan.actors import folded
from staffelstab.timetable.plan.model import Perspective, Phase

COUNTS = ("called", "delivered", "papers", "ideas", "unlinked", "short_term", "loose")
NOTES = (
    *responses.NOTES,
    "no_ideas",
    "unlinked",
    "no_feasibility",
    "dangling",
    "optional_silent",
    "loose",
    *rejected.NOTES,
)
DUTIES = ("no_ideas",)


@dataclass(frozen=True, slots=True)
class Share:
    """A target group or level that the plan names, and the numbers of the ideas made for it; none of them is a gap (R21, R23)."""

    name: str
    ideas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IdeasContent:
    """The ideas, the calls they came by, participation by perspective, and paragraphs that became no idea.

    `targets` and `levels` say how the ideas are spread over what the plan wants considered.
    """

    ideas: tuple[LinkedIdea, ...]
    states: tuple[CallState, ...]
    participation: Counter[str]
    optional: tuple[Perspective, ...]
    loose: tuple[Coded, ...]
    parked: tuple[Coded, ...]
    dangling: tuple[tuple[str, str], ...]
    targets: tuple[Share, ...]
    levels: tuple[Share, ...]

    def of_term(self, term: Term) -> tuple[LinkedIdea, ...]:
        """Ideas that can be carried out in this term."""
        return tuple(idea for idea in self.ideas if idea.record.term == term)

    @property
    def unlinked(self) -> tuple[LinkedIdea, ...]:
        """Ideas without a finding."""
        return tuple(idea for idea in self.ideas if not idea.linked)


def survey(case: Case, phase: Phase, codebook: Codebook) -> ReportOf[IdeasContent]:
    """The phase as it stands at the case's moment."""
    states = answers(case, phase)
    return report(case, phase, states, ideas_of(case), unused(case, states, codebook))


def answers(case: Case, phase: Phase) -> tuple[CallState, ...]:
    """Who was called for ideas and what came in."""
    return tuple(responses.state(case, call) for call in case.plan.calls if call.phase == phase.number)


def unused(case: Case, states: Sequence[CallState], codebook: Codebook) -> CodedCase:
    """The paragraphs of the papers, coded, that became no idea, and those that belong elsewhere (R18)."""
    codes = coded(case, _papers(states), codebook)
    cited = Sources(case).cited(case.ideas)
    loose = tuple(item for item in codes.statements if item.statement.ref not in cited and not item.coding.parked)
    return replace(codes, statements=loose)


def report(
    case: Case, phase: Phase, states: tuple[CallState, ...], ideas: tuple[LinkedIdea, ...], unused: CodedCase
) -> ReportOf[IdeasContent]:
    """The ideas with the findings they go back to, who took part, and what became of every paragraph (R84–R87)."""
    papers = _papers(states)
    content = IdeasContent(
        ideas=ideas,
        states=states,
        participation=Counter(paper.perspective for paper in papers),
        optional=tuple(item for item in case.plan.perspectives if not item.joined),
        loose=unused.statements,
        parked=unused.parked,
        dangling=tuple(Sources(case).dangling(case.ideas)),
        targets=_shares(case.plan.concept.targets, [(row.id, row.target) for row in case.ideas]),
        levels=_shares(case.plan.concept.levels, [(row.id, row.level) for row in case.ideas]),
    )
    return ReportOf(
        phase=phase,
        content=content,
        notes=tuple(_notes(case, content)),
        counts={
            **_counts(states),
            "ideas": len(content.ideas),
            "unlinked": len(content.unlinked),
            "short_term": len(content.of_term("short")),
            "loose": len(content.loose),
        },
        tables={
            "ideas": idea_table(content.ideas),
            "register": responses.register(states),
            "passages": responses.passages(papers),
        },
    )


def _papers(states: Sequence[CallState]) -> tuple[Submission, ...]:
    return tuple(paper for state in states for paper in state.papers)


def _shares(names: Sequence[str], told: Sequence[tuple[str, str]]) -> tuple[Share, ...]:
    """Which of these (idea, cell) name what; a cell may name several."""
    return tuple(Share(name, tuple(idea for idea, cell in told if folded(name) in _parts(cell))) for name in names)


def _parts(cell: str) -> set[str]:
    """What a cell names: itself, or several things in a row."""
    return {folded(part) for part in (cell, *re.split(r"[,;/+]|\b(?:und|and)\b", cell))}


def _counts(states: tuple[CallState, ...]) -> dict[str, int]:
    return {
        "called": sum(len(state.answers) for state in states),
        "delivered": sum(len(state.delivered) for state in states),
        "papers": sum(len(state.papers) for state in states),
    }


def _notes(case: Case, content: IdeasContent) -> Iterator[Note]:
    for state in content.states:
        yield from responses.notes(state)
    if not content.ideas:
        yield note("block", "no_ideas")
    for idea in content.unlinked:
        yield note("ask", "unlinked", idea=idea.id)
    for idea in content.ideas:
        if not idea.record.term or not idea.record.effort:
            yield note("ask", "no_feasibility", idea=idea.id)
    for record, ref in content.dangling:
        yield note("warn", "dangling", record=record, ref=ref)
    for perspective in content.optional:
        if not content.participation[perspective.id]:
            yield note("ask", "optional_silent", perspective=perspective.name)
    if content.loose:
        yield note("ask", "loose", n=len(content.loose))
    yield from rejected.notes(case, "ideas")
