"""Trials: short-term ideas tried out, failure being a result, and unanimity for longer ones (R88–R91, U15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from staffelstab.documents.rendering.manuscript import Table, table
from staffelstab.phases import rejected
from staffelstab.phases.concept.proposed_ideas import LinkedIdea, ideas_of
from staffelstab.phases.concept.tried_ideas import LinkedTrial, trials_of
from staffelstab.phases.methods.codebook import Codebook
from staffelstab.phases.methods.unanimity import Position, Unanimity, unanimity
from staffelstab.phases.report import Note, ReportOf, note
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.actors import units
from staffelstab.timetable.plan.model import Phase, Plan

LONGER = ("medium", "long")

COUNTS = ("trials", "ended", "running", "untried", "unanimous")
NOTES = ("no_trials", "trial_without_idea", "no_stop_rule", "no_lesson", "untried", *rejected.NOTES)
DUTIES = ("no_trials",)


@dataclass(frozen=True, slots=True)
class Demand:
    """A medium- or long-term idea and whether the actors ask for it with one voice (R90)."""

    idea: LinkedIdea
    unanimity: Unanimity


@dataclass(frozen=True, slots=True)
class TrialsContent:
    """Trial cards, short-term ideas nobody tries yet, and the longer ideas with the actors' positions."""

    trials: tuple[LinkedTrial, ...]
    untried: tuple[LinkedIdea, ...]
    demands: tuple[Demand, ...]


def survey(case: Case, phase: Phase, codebook: Codebook) -> ReportOf[TrialsContent]:
    """The phase as it stands at the case's moment."""
    return report(case, phase, trials_of(case), demands(case))


def demands(case: Case) -> tuple[Demand, ...]:
    """The longer ideas on which the actors have spoken, and whether with one voice (R90)."""
    return tuple(_demands(case, ideas_of(case)))


def report(
    case: Case, phase: Phase, trials: tuple[LinkedTrial, ...], demands: tuple[Demand, ...]
) -> ReportOf[TrialsContent]:
    """The trial cards, failure being a result, what nobody tries yet, and what is asked for with one voice (R88–R91)."""
    tried = {trial.idea.id for trial in trials if trial.idea}
    content = TrialsContent(
        trials=trials,
        untried=tuple(idea for idea in ideas_of(case) if idea.record.term == "short" and idea.id not in tried),
        demands=demands,
    )
    return ReportOf(
        phase=phase,
        content=content,
        notes=tuple(_notes(case, content)),
        counts={
            "trials": len(trials),
            "ended": sum(trial.ended for trial in trials),
            "running": sum(not trial.ended for trial in trials),
            "untried": len(content.untried),
            "unanimous": sum(demand.unanimity.unanimous for demand in content.demands),
        },
        tables={"trials": _table(trials)},
    )


def actors_of(plan: Plan) -> tuple[str, ...]:
    """Whose voice unanimity needs: the bodies, every unit, and the offices that speak for a perspective or answer for a chapter."""
    responsible = {section.responsible for section in plan.sections}
    return (
        *(body.id for body in plan.bodies if body.perspective),
        *(unit.id for unit in units(plan)),
        *(office.id for office in plan.offices if office.perspective or office.id in responsible),
    )


def _demands(case: Case, ideas: tuple[LinkedIdea, ...]) -> Iterator[Demand]:
    positions = _positions(case)
    for idea in ideas:
        if idea.record.term in LONGER and idea.id.upper() in positions:
            yield Demand(idea, unanimity(positions[idea.id.upper()], actors_of(case.plan)))


def _positions(case: Case) -> dict[str, dict[str, Position]]:
    """Who said what by idea: a group speaks for those of its units that have not spoken themselves."""
    groups = {item.id: tuple(unit.id for unit in item.units) for item in case.plan.groups}
    found: dict[str, dict[str, Position]] = {}
    for row in sorted(case.positions, key=lambda row: row.actor not in groups):
        for ref in row.idea:
            found.setdefault(ref, {}).update(dict.fromkeys(groups.get(row.actor, (row.actor,)), row.position))
    return found


def _notes(case: Case, content: TrialsContent) -> Iterator[Note]:
    if not content.trials:
        yield note("warn", "no_trials")
    for trial in content.trials:
        if trial.idea is None:
            yield note("warn", "trial_without_idea", trial=trial.id)
        if not trial.record.stop_rule:
            yield note("ask", "no_stop_rule", trial=trial.id)
        if trial.ended and not trial.record.lesson:
            yield note("warn", "no_lesson", trial=trial.id)
    if content.untried:
        yield note("ask", "untried", n=len(content.untried))
    yield from rejected.notes(case, "trials", "positions")


def _table(trials: tuple[LinkedTrial, ...]) -> Table:
    return table(
        ("idea", "id", "place", "owner", "start", "end", "hypothesis", "stop_rule", "result", "lesson"),
        [
            (
                "; ".join(row.idea),
                row.id,
                row.place,
                row.owner,
                row.start,
                row.end,
                row.hypothesis,
                row.stop_rule,
                row.result,
                row.lesson,
            )
            for row in (trial.record for trial in trials)
        ],
    )
