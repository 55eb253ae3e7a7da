"""Finalisation: every idea judged or explained, the three questions, and whether the concept is ready to be adopted (R92–R96).

"Beschlussfertig" is computed, never declared (U19): each condition comes from a sentence of the plan, and is met or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from staffelstab.documents.rendering.manuscript import Table, table
from staffelstab.language import Fact
from staffelstab.phases import rejected
from staffelstab.phases.concept.chapters import Chapter, LinkedPassage, chapters_of, concept_table, orphans_of
from staffelstab.phases.concept.proposed_ideas import LinkedIdea, idea_table, ideas_of
from staffelstab.phases.concept.provenance import Sources
from staffelstab.phases.concept.tried_ideas import LinkedTrial, trials_of
from staffelstab.phases.methods.codebook import Codebook
from staffelstab.phases.report import LEVELS, Note, ReportOf, note
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.typed_records import Answer, Applicability, Assessment, Intervention, Milestone
from staffelstab.timetable.plan.actors import group
from staffelstab.timetable.plan.model import IdeaType, Phase, Question, Strength

CONDITIONS = (
    "section",
    *(f"type_{name}" for name in get_args(IdeaType)),
    *(f"question_{name}" for name in get_args(Question)),
    "all_judged",
    "applicability",
    "milestones",
    "no_orphans",
)
"""What can stand between the concept and its adoption."""
OF_ANY_CONCEPT = frozenset({"all_judged", "no_orphans"})
"""Those that no sentence of a plan asks for."""
COUNTS = ("ideas", "unjudged", "passages", "orphans", "conditions", "met")
NOTES = ("not_in_concept", "dangling", *rejected.NOTES, *(f"unmet_{key}" for key in CONDITIONS))
DUTIES = ("unmet_all_judged", "unmet_no_orphans")


Questions = tuple[tuple[str, Answer | None], ...]
"""The plan's questions to the concept in their order, each with its answer."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An idea, what was tried of it, the verdict on it (None: not judged yet), and the passages it became."""

    idea: LinkedIdea
    trials: tuple[LinkedTrial, ...]
    verdict: Assessment | None
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of readiness. `key` is below `phases.condition`."""

    key: str
    met: bool
    strength: Strength
    facts: dict[str, Fact]


@dataclass(frozen=True, slots=True)
class FinalContent:
    """The concept, the ideas with their verdicts, the answers to the plan's questions, and the conditions of readiness."""

    judged: tuple[Judged, ...]
    chapters: tuple[Chapter, ...]
    questions: Questions
    interventions: tuple[Intervention, ...]
    applicability: tuple[Applicability, ...]
    milestones: tuple[Milestone, ...]
    conditions: tuple[Condition, ...]

    @property
    def ready(self) -> bool:
        """Whether the concept can be put to the vote."""
        return all(item.met for item in self.conditions)

    @property
    def asked(self) -> tuple[Condition, ...]:
        """The conditions that the resolution itself sets."""
        return tuple(item for item in self.conditions if item.key not in OF_ANY_CONCEPT)

    @property
    def orphans(self) -> tuple[LinkedPassage, ...]:
        """Passages no voice stands behind."""
        return orphans_of(self.chapters)

    @property
    def unjudged(self) -> tuple[Judged, ...]:
        """Ideas without a verdict."""
        return tuple(item for item in self.judged if item.verdict is None)


def survey(case: Case, phase: Phase, codebook: Codebook) -> ReportOf[FinalContent]:
    """The phase as it stands at the case's moment."""
    chapters = chapters_of(case)
    verdicts, questions = judged(case, chapters), answers(case)
    return report(case, phase, chapters, verdicts, questions, conditions(case, chapters, verdicts, questions))


def report(
    case: Case,
    phase: Phase,
    chapters: tuple[Chapter, ...],
    judged: tuple[Judged, ...],
    questions: Questions,
    conditions: tuple[Condition, ...],
) -> ReportOf[FinalContent]:
    """The concept as it stands, every idea with its verdict, the answers, and what still stands before its adoption (R92–R96)."""
    content = FinalContent(
        judged=judged,
        chapters=chapters,
        questions=questions,
        interventions=case.interventions,
        applicability=case.applicability,
        milestones=case.milestones,
        conditions=conditions,
    )
    return ReportOf(
        phase=phase,
        content=content,
        notes=tuple(_notes(case, content)),
        counts={
            "ideas": len(content.judged),
            "unjudged": len(content.unjudged),
            "passages": sum(len(chapter.passages) for chapter in content.chapters),
            "orphans": len(content.orphans),
            "conditions": len(content.conditions),
            "met": sum(item.met for item in content.conditions),
        },
        tables={
            "ideas": idea_table(tuple(item.idea for item in content.judged)),
            "concept": concept_table(content.chapters),
            "verdicts": _verdicts(content),
            "conditions": table(
                ("condition", "met"), [(item.key, "yes" if item.met else "no") for item in content.conditions]
            ),
        },
    )


def answers(case: Case) -> Questions:
    """Each question the plan asks of the concept (form, bindingness, reach), and its answer; None while there is none."""
    given = {row.question: row for row in case.questions}
    return tuple((name, given.get(name)) for name in case.plan.concept.questions)


def conditions(
    case: Case, chapters: tuple[Chapter, ...], judged: tuple[Judged, ...], questions: Questions
) -> tuple[Condition, ...]:
    """Whether the concept can be put to the vote, condition by condition: computed, never declared (U19)."""
    return (*_of_the_text(case, chapters, judged, questions), *_of_the_work(case, judged), _voices(chapters))


def judged(case: Case, chapters: tuple[Chapter, ...]) -> tuple[Judged, ...]:
    """Every idea with what was tried of it, the verdict, and the passages of the concept it became."""
    verdicts = {ref: row for row in case.assessments for ref in row.idea}
    trials = trials_of(case)
    passages = [passage for chapter in chapters for passage in chapter.passages]
    found = []
    for idea in ideas_of(case):
        tried = tuple(trial for trial in trials if trial.idea and trial.idea.id == idea.id)
        cited_as = {idea.id.upper(), *(trial.id.upper() for trial in tried)}
        became = tuple(item.record.id for item in passages if cited_as & set(item.record.sources))
        found.append(Judged(idea, tried, verdicts.get(idea.id.upper()), became))
    return tuple(found)


def _of_the_text(
    case: Case,
    chapters: tuple[Chapter, ...],
    judged: tuple[Judged, ...],
    questions: Questions,
) -> Iterator[Condition]:
    """What the concept must contain: the chapters, the types of ideas and the answers the plan asks for."""
    concept = case.plan.concept
    for chapter in chapters:
        if chapter.section:
            yield Condition("section", bool(chapter.passages), chapter.section.strength, {"section": chapter.name})
    kept = [item for item in judged if item.passages]
    for kind in concept.types:
        met = any(item.idea.record.type == kind for item in kept)
        yield Condition(f"type_{kind}", met, concept.strength, {})
    for name, answer in questions:
        yield Condition(f"question_{name}", answer is not None, concept.strength, {})


def _of_the_work(case: Case, judged: tuple[Judged, ...]) -> Iterator[Condition]:
    """What was worked through before: every idea judged, the units asked, a milestone for every year."""
    plan = case.plan
    if judged:
        left = sum(item.verdict is None for item in judged)
        yield Condition("all_judged", left == 0, "should", {"n": left})
    if plan.concept.applicability:
        units = {unit.id for unit in group(plan, plan.concept.applicability).units}
        read = units & {row.unit for row in case.applicability}
        yield Condition("applicability", len(read) == len(units), "must", {"n": len(read), "total": len(units)})
    if plan.horizon:
        years = _missing_years(case)
        facts: dict[str, Fact] = {"years": ", ".join(str(year) for year in years)}
        yield Condition("milestones", not years, plan.horizon.strength, facts)


def _voices(chapters: tuple[Chapter, ...]) -> Condition:
    """Whether something is written, and a voice stands behind every passage."""
    orphans = len(orphans_of(chapters))
    written = any(chapter.passages for chapter in chapters)
    return Condition("no_orphans", written and not orphans, "should", {"n": orphans})


def _missing_years(case: Case) -> tuple[int, ...]:
    horizon = case.plan.horizon
    if horizon is None:
        return ()
    have = {row.year for row in case.milestones}
    return tuple(year for year in range(horizon.first, horizon.last + 1) if year not in have)


def _notes(case: Case, content: FinalContent) -> Iterator[Note]:
    for item in content.conditions:
        if not item.met:
            yield note(LEVELS[item.strength], f"unmet_{item.key}", **item.facts)
    for judged in content.judged:
        if judged.verdict and judged.verdict.verdict in {"adopt", "adapt"} and not judged.passages:
            yield note("ask", "not_in_concept", idea=judged.idea.id)
    for record, ref in Sources(case).dangling((*case.concept, *case.assessments)):
        yield note("warn", "dangling", record=record, ref=ref)
    yield from rejected.notes(
        case, "assessments", "questions", "concept", "applicability", "milestones", "interventions"
    )


def _verdicts(content: FinalContent) -> Table:
    return table(
        ("idea", "verdict", "reason", "trials", "passages"),
        [
            (
                item.idea.id,
                item.verdict.verdict if item.verdict else "",
                item.verdict.reason if item.verdict else "",
                " ".join(trial.id for trial in item.trials),
                " ".join(item.passages),
            )
            for item in content.judged
        ],
    )
