"""Analysis: papers, talks and figures brought together, categorised, and the units' needs ranked (R66–R75)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from staffelstab.documents.rendering import charts
from staffelstab.documents.rendering.manuscript import Figure, Table, table
from staffelstab.phases import interviews, rejected, responses
from staffelstab.phases.coded_statements import CodedCase, coded
from staffelstab.phases.interviews import InterviewState
from staffelstab.phases.methods.codebook import Codebook
from staffelstab.phases.methods.membership import Figure as UnitFigure
from staffelstab.phases.methods.membership import Membership, membership
from staffelstab.phases.methods.needs import Ranking, Rating, rank
from staffelstab.phases.report import Note, ReportOf, note
from staffelstab.submissions.case.contents import Case, Submission
from staffelstab.timetable.plan.actors import group, name_of, units
from staffelstab.timetable.plan.model import Phase, Unit

SEED = 20171215

COUNTS = ("papers", "minutes", *interviews.COUNTS, "statements", "unassigned", "figures", "ratings")
NOTES = (
    *interviews.NOTES,
    "outside",
    "no_figures",
    "figures_missing",
    "figures_odd",
    "no_needs",
    "unassigned",
    *rejected.NOTES,
)
DUTIES = ("no_figures", "no_needs")


@dataclass(frozen=True, slots=True)
class AnalysisContent:
    """The phase's results: talks, categories, figures and needs, and the pictures of them by name."""

    hearings: tuple[InterviewState, ...]
    coded: CodedCase
    membership: Membership | None
    ranking: Ranking | None
    papers: int
    minutes: int


def survey(case: Case, phase: Phase, codebook: Codebook) -> ReportOf[AnalysisContent]:
    """The phase as it stands at the case's moment."""
    return report(case, phase, talks(case, phase), statements(case, phase, codebook), figures(case), ranking(case))


def talks(case: Case, phase: Phase) -> tuple[InterviewState, ...]:
    """Each round of talks of the phase: who was heard, who was not and why, and whether the pace will do (R69, R70, R74)."""
    return tuple(
        interviews.state(case, hearing, phase) for hearing in case.plan.hearings if hearing.phase == phase.number
    )


def statements(case: Case, phase: Phase, codebook: Codebook) -> CodedCase:
    """Every statement of papers and talks with its category, counted by perspective and region (R72)."""
    return coded(case, (*_papers(case, phase), *_minutes(case)), codebook)


def figures(case: Case) -> Membership | None:
    """The units' membership figures joined; None if there are none."""
    if not case.figures:
        return None
    given = [UnitFigure(row.unit, row.year, row.members, row.joined, row.left) for row in case.figures]
    asked = [unit for unit in units(case.plan) if unit.region] or list(units(case.plan))
    return membership(given, [unit.id for unit in asked], {unit.id: unit.region for unit in asked if unit.region})


def ranking(case: Case) -> Ranking | None:
    """What the units need most, with how sure the order is (R73); None while nobody has rated anything."""
    ratings = [Rating(row.unit, row.need, row.severity, row.role) for row in case.needs]
    if not ratings:
        return None
    rated = {rating.unit for rating in ratings}
    asked = [unit.id for hearing in case.plan.hearings if not hearing.attempt for unit in _units(case, hearing.group)]
    return rank(ratings, list(dict.fromkeys([*asked, *sorted(rated - set(asked))])), SEED)


def report(
    case: Case,
    phase: Phase,
    talks: tuple[InterviewState, ...],
    statements: CodedCase,
    figures: Membership | None,
    ranking: Ranking | None,
) -> ReportOf[AnalysisContent]:
    """Talks, categories, figures and needs put together, and what is missing of them."""
    papers, minutes = _papers(case, phase), _minutes(case)
    content = AnalysisContent(talks, statements, figures, ranking, len(papers), len(minutes))
    return ReportOf(
        phase=phase,
        content=content,
        notes=tuple(_notes(case, content)),
        counts={
            "papers": len(papers),
            "minutes": len(minutes),
            **interviews.counts(talks),
            "statements": len(content.coded.statements),
            "unassigned": len(content.coded.unassigned),
            "figures": len(content.membership.units) if content.membership else 0,
            "ratings": len(case.needs),
        },
        figures=tuple(_figures(case, content)),
        tables=_tables(case, content),
    )


def _papers(case: Case, phase: Phase) -> tuple[Submission, ...]:
    return tuple(paper for call in responses.calls_of(case.plan, phase) for paper in case.of_call(call))


def _minutes(case: Case) -> tuple[Submission, ...]:
    return tuple(paper for paper in case.minutes if not paper.newer and not paper.withdrawn)


def _units(case: Case, name: str) -> tuple[Unit, ...]:
    return group(case.plan, name).units


def _notes(case: Case, content: AnalysisContent) -> Iterator[Note]:
    yield from interviews.notes(content.hearings)
    if stray := interviews.outside(case):
        yield note("ask", "outside", n=stray)
    if content.membership is None:
        yield note("warn", "no_figures")
    elif content.membership.missing or content.membership.outdated:
        missing = (*content.membership.missing, *content.membership.outdated)
        words = case.plan.words
        yield note(
            "warn", "figures_missing", n=len(missing), units=words.listed(name_of(case.plan, unit) for unit in missing)
        )
    if content.membership and content.membership.alarms:
        yield note("warn", "figures_odd", n=len(content.membership.alarms))
    if content.ranking is None:
        yield note("block", "no_needs")
    if content.coded.unassigned:
        yield note("ask", "unassigned", n=len(content.coded.unassigned), total=len(content.coded.statements))
    yield from rejected.notes(case, "interviews", "figures", "needs")


def _figures(case: Case, content: AnalysisContent) -> Iterator[Figure]:
    words = case.plan.words
    for item in content.hearings:
        yield interviews.matrix(case, item)
    if content.coded.categories:
        yield charts.bars(
            [(item.name, float(len(item.statements))) for item in content.coded.categories],
            title=words.say("phases.chart.categories"),
            unit=words.say("phases.chart.statements"),
            language=case.plan.language,
            name="categories",
        )
    if content.ranking:
        yield charts.intervals(
            [
                (need.need, need.severity, *(need.interval or (need.severity, need.severity)))
                for need in content.ranking.needs
            ],
            title=words.say("phases.chart.needs"),
            unit=words.say("phases.chart.severity"),
            language=case.plan.language,
            name="needs",
        )


def _tables(case: Case, content: AnalysisContent) -> dict[str, Table]:
    found = {"coverage": interviews.coverage_table(content.hearings), "codes": content.coded.table()}
    found["minutes"] = responses.passages(_minutes(case))
    if content.ranking:
        found["needs"] = table(
            ("need", "severity", "low", "high", "coverage"),
            [
                (need.need, f"{need.severity:.3f}", *(f"{edge:.3f}" for edge in need.interval or ()), need.rated_by)
                for need in content.ranking.needs
            ],
        )
    return found
