"""Publication: what changes for whom, binding milestones, the answer to everyone who contributed, the resubmission (R97–R103)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from staffelstab.documents.rendering.manuscript import Table, table
from staffelstab.phases import rejected
from staffelstab.phases.concept.chapters import Chapter, LinkedPassage, chapters_of, concept_table, orphans_of
from staffelstab.phases.methods.codebook import Codebook
from staffelstab.phases.report import LEVELS, Note, ReportOf, note
from staffelstab.submissions.case.contents import Case, Decision, Submission
from staffelstab.submissions.records.typed_records import GroupChange, Milestone
from staffelstab.timetable.plan.model import Event, Phase

COUNTS = ("changes", "milestones", "years", "binding_years", "papers", "used")
NOTES = ("not_adopted", "no_changes", "years_unbound", "kickoff", "resubmission_open", *rejected.NOTES)
DUTIES = ("not_adopted", "no_changes")


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the horizon and its milestones; `binding` only if at least one is."""

    year: int
    milestones: tuple[Milestone, ...]

    @property
    def binding(self) -> bool:
        """Whether the year has a milestone that binds (R101)."""
        return any(row.binding == "yes" for row in self.milestones)


@dataclass(frozen=True, slots=True)
class Trace:
    """What became of a paper: the passages of the concept that go back to it, and how many of its paragraphs they cite."""

    paper: Submission
    passages: tuple[str, ...]
    cited: int


@dataclass(frozen=True, slots=True)
class PublicationContent:
    """The concept as adopted, the communication plan, the milestones by year, what became of each paper, and the kick-off."""

    adopted: Decision | None
    chapters: tuple[Chapter, ...]
    changes: tuple[GroupChange, ...]
    years: tuple[Year, ...]
    traces: tuple[Trace, ...]
    kickoff: Event | None
    resubmission: tuple[dt.date, ...]

    @property
    def unused(self) -> tuple[Trace, ...]:
        """Papers no passage goes back to: they too get an answer."""
        return tuple(trace for trace in self.traces if not trace.passages)

    @property
    def passages(self) -> int:
        """How many paragraphs the concept has."""
        return sum(len(chapter.passages) for chapter in self.chapters)

    @property
    def orphans(self) -> tuple[LinkedPassage, ...]:
        """Paragraphs no voice stands behind."""
        return orphans_of(self.chapters)


def survey(case: Case, phase: Phase, codebook: Codebook) -> ReportOf[PublicationContent]:
    """The phase as it stands at the case's moment."""
    return published(case, phase)


def published(case: Case, phase: Phase) -> ReportOf[PublicationContent]:
    """The phase without a codebook, which it does not need: for the letters that answer everybody, too."""
    chapters = chapters_of(case)
    return report(case, phase, adopted(case), chapters, years(case), traces(case, chapters))


def report(
    case: Case,
    phase: Phase,
    adopted: Decision | None,
    chapters: tuple[Chapter, ...],
    years: tuple[Year, ...],
    traces: tuple[Trace, ...],
) -> ReportOf[PublicationContent]:
    """What is to be published, put together: the concept, what changes for whom, milestones, answers, kick-off, resubmission."""
    content = PublicationContent(
        adopted=adopted,
        chapters=chapters,
        changes=case.changes,
        years=years,
        traces=traces,
        kickoff=next((event for event in case.plan.events if event.date.date == phase.start.date), None),
        resubmission=case.plan.days_of_return,
    )
    return ReportOf(
        phase=phase,
        content=content,
        notes=tuple(_notes(case, content)),
        counts={
            "changes": len(content.changes),
            "milestones": sum(len(year.milestones) for year in content.years),
            "years": len(content.years),
            "binding_years": sum(year.binding for year in content.years),
            "papers": len(content.traces),
            "used": len(content.traces) - len(content.unused),
        },
        tables={
            "milestones": milestone_table(case),
            "concept": concept_table(content.chapters),
            "traces": _traces_table(content),
            "changes": _changes(content),
        },
    )


def adopted(case: Case) -> Decision | None:
    """The decision by which the concept was adopted; None if it was not."""
    adopting = next((item for item in case.plan.sessions if item.item == "adoption"), None)
    decision = case.decision(adopting.id) if adopting else None
    return decision if decision and decision.outcome == "adopted" else None


def years(case: Case) -> tuple[Year, ...]:
    """Every year of the horizon with its milestones; without a horizon the years that have any (R101)."""
    horizon = case.plan.horizon
    numbers = range(horizon.first, horizon.last + 1) if horizon else sorted({row.year for row in case.milestones})
    return tuple(Year(number, tuple(row for row in case.milestones if row.year == number)) for number in numbers)


def traces(case: Case, chapters: tuple[Chapter, ...]) -> tuple[Trace, ...]:
    """What became of every paper and talk: the passages of the concept that go back to it (U7)."""
    passages: dict[str, list[str]] = {}
    cited: dict[str, set[str]] = {}
    for chapter in chapters:
        for passage in chapter.passages:
            for voice in passage.voices:
                if voice.paper is not None:
                    passages.setdefault(voice.paper.ref, []).append(passage.record.id)
                    cited.setdefault(voice.paper.ref, set()).add(voice.ref)
    return tuple(
        Trace(paper, tuple(dict.fromkeys(passages.get(paper.ref, []))), len(cited.get(paper.ref, ())))
        for paper in (*case.papers, *case.minutes)
        if not paper.newer
    )


def _notes(case: Case, content: PublicationContent) -> Iterator[Note]:
    if content.adopted is None:
        yield note("block", "not_adopted")
    if not content.changes:
        yield note("block", "no_changes")
    bare = [str(year.year) for year in content.years if not year.binding]
    if bare and case.plan.horizon:
        yield note(LEVELS[case.plan.horizon.strength], "years_unbound", years=", ".join(bare))
    if content.kickoff:
        yield note("ask", "kickoff", event=content.kickoff.name, day=content.kickoff.date.date)
    if case.plan.occasion and not case.plan.occasion.date.certain:
        yield note("ask", "resubmission_open", bound_to=case.plan.occasion.name)
    yield from rejected.notes(case, "milestones", "changes")


def milestone_table(case: Case) -> Table:
    """The milestones."""
    return table(
        ("id", "year", "date", "title", "owner", "criterion", "binding"),
        [(row.id, row.year, row.date, row.title, row.owner, row.criterion, row.binding) for row in case.milestones],
    )


def _traces_table(content: PublicationContent) -> Table:
    return table(
        ("paper", "sender", "passages", "cited"),
        [
            (
                trace.paper.ref,
                trace.paper.sender.id if trace.paper.sender else "",
                " ".join(trace.passages),
                trace.cited,
            )
            for trace in content.traces
        ],
    )


def _changes(content: PublicationContent) -> Table:
    return table(
        ("group", "text", "channel", "owner", "date"),
        [(row.group, row.text, row.channel, row.owner, row.date) for row in content.changes],
    )
