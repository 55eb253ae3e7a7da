"""Analysis: papers, talks and figures brought together, categorised, and the units' needs ranked (R66–R75)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from staffelstab.analysis.codebook import Codebook
from staffelstab.analysis.figures import Figure as UnitFigure
from staffelstab.analysis.figures import Membership, membership
from staffelstab.analysis.needs import Ranking, Rating, rank
from staffelstab.case.values import Case, Paper
from staffelstab.documents import charts
from staffelstab.documents.values import Figure, Table, table
from staffelstab.language import Language
from staffelstab.phases import calls, hearings, rejected
from staffelstab.phases.coding import CodedCase, coded
from staffelstab.phases.hearings import HearingState
from staffelstab.phases.survey import Note, SurveyOf, note
from staffelstab.plan.actors import group, name_of, units
from staffelstab.plan.model import Phase, Unit

SEED = 20171215

COUNTS = ("papers", "minutes", *hearings.COUNTS, "statements", "unassigned", "figures", "ratings")
NOTES = (
    *hearings.NOTES,
    "outside",
    "no_figures",
    "figures_missing",
    "figures_odd",
    "no_needs",
    "unassigned",
    *rejected.NOTES,
)


@dataclass(frozen=True, slots=True)
class AnalysisPicture:
    """The phase's results: talks, categories, figures and needs, and the pictures of them by name."""

    hearings: tuple[HearingState, ...]
    coded: CodedCase
    membership: Membership | None
    ranking: Ranking | None
    papers: int
    minutes: int


def survey(case: Case, phase: Phase, codebook: Codebook) -> SurveyOf[AnalysisPicture]:
    """The phase as it stands at the case's moment."""
    return report(case, phase, talks(case, phase), statements(case, phase, codebook), figures(case), ranking(case))


def talks(case: Case, phase: Phase) -> tuple[HearingState, ...]:
    """Each round of talks of the phase: who was heard, who was not and why, and whether the pace will do (R69, R70, R74)."""
    return tuple(
        hearings.state(case, hearing, phase) for hearing in case.plan.hearings if hearing.phase == phase.number
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
    talks: tuple[HearingState, ...],
    statements: CodedCase,
    figures: Membership | None,
    ranking: Ranking | None,
) -> SurveyOf[AnalysisPicture]:
    """Talks, categories, figures and needs put together, and what is missing of them."""
    papers, minutes = _papers(case, phase), _minutes(case)
    picture = AnalysisPicture(talks, statements, figures, ranking, len(papers), len(minutes))
    return SurveyOf(
        phase=phase,
        picture=picture,
        notes=tuple(_notes(case, picture)),
        counts={
            "papers": len(papers),
            "minutes": len(minutes),
            **hearings.counts(talks),
            "statements": len(picture.coded.statements),
            "unassigned": len(picture.coded.unassigned),
            "figures": len(picture.membership.units) if picture.membership else 0,
            "ratings": len(case.needs),
        },
        figures=tuple(_figures(case, picture)),
        tables=_tables(case, picture),
    )


def _papers(case: Case, phase: Phase) -> tuple[Paper, ...]:
    return tuple(paper for call in calls.calls_of(case.plan, phase) for paper in case.of_call(call))


def _minutes(case: Case) -> tuple[Paper, ...]:
    return tuple(paper for paper in case.minutes if not paper.newer)


def _units(case: Case, name: str) -> tuple[Unit, ...]:
    return group(case.plan, name).units


def _notes(case: Case, picture: AnalysisPicture) -> Iterator[Note]:
    yield from hearings.notes(picture.hearings)
    if stray := hearings.outside(case):
        yield note("ask", "outside", n=stray)
    if picture.membership is None:
        yield note("warn", "no_figures")
    elif picture.membership.missing or picture.membership.outdated:
        missing = (*picture.membership.missing, *picture.membership.outdated)
        words = Language(case.plan.language)
        yield note(
            "warn", "figures_missing", n=len(missing), units=words.listed(name_of(case.plan, unit) for unit in missing)
        )
    if picture.membership and picture.membership.alarms:
        yield note("warn", "figures_odd", n=len(picture.membership.alarms))
    if picture.ranking is None:
        yield note("block", "no_needs")
    if picture.coded.unassigned:
        yield note("ask", "unassigned", n=len(picture.coded.unassigned), total=len(picture.coded.statements))
    yield from rejected.notes(case, "interviews", "figures", "needs")


def _figures(case: Case, picture: AnalysisPicture) -> Iterator[Figure]:
    words = Language(case.plan.language)
    for item in picture.hearings:
        yield hearings.matrix(case, item)
    if picture.coded.categories:
        yield charts.bars(
            [(item.name, float(len(item.statements))) for item in picture.coded.categories],
            title=words.say("phases.chart.categories"),
            unit=words.say("phases.chart.statements"),
            language=case.plan.language,
            name="categories",
        )
    if picture.ranking:
        yield charts.intervals(
            [
                (need.need, need.severity, *(need.interval or (need.severity, need.severity)))
                for need in picture.ranking.needs
            ],
            title=words.say("phases.chart.needs"),
            unit=words.say("phases.chart.severity"),
            language=case.plan.language,
            name="needs",
        )


def _tables(case: Case, picture: AnalysisPicture) -> dict[str, Table]:
    found = {"coverage": hearings.coverage_table(picture.hearings), "codes": picture.coded.table()}
    found["minutes"] = calls.passages(_minutes(case))
    if picture.ranking:
        found["needs"] = table(
            ("need", "severity", "low", "high", "coverage"),
            [
                (need.need, f"{need.severity:.3f}", *(f"{edge:.3f}" for edge in need.interval or ()), need.rated_by)
                for need in picture.ranking.needs
            ],
        )
    return found
