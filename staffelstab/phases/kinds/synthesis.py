"""Synthesis: the perspectives joined under schlecht, gut, zu wenig, gar nicht; who supports what, and what follows (R76–R83)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from staffelstab.documents.rendering.manuscript import Table, table
from staffelstab.phases import rejected
from staffelstab.phases.coded_statements import CodedCase, coded
from staffelstab.phases.concept.provenance import Sources
from staffelstab.phases.methods import perspectives
from staffelstab.phases.methods.codebook import Codebook
from staffelstab.phases.methods.perspectives import Synthesis, join
from staffelstab.phases.report import LEVELS, Note, ReportOf, note
from staffelstab.submissions.case.contents import Case, Submission
from staffelstab.submissions.records.typed_records import Finding
from staffelstab.timetable.plan.model import Call, Perspective, Phase

COUNTS = ("findings", "all_perspectives", "single_voice", "implications", "uncited")
NOTES = (
    "no_findings",
    "perspective_silent",
    "unsupported",
    "dangling",
    "unheard_perspective",
    "uncited",
    "no_implications",
    *rejected.NOTES,
)
DUTIES = ("no_findings", "no_implications")


@dataclass(frozen=True, slots=True)
class SynthesisContent:
    """The joined findings, their records by id, the perspectives in order, and the call that is to follow.

    `coded` is what the codebook alone would say: shown only while nobody has written findings.
    """

    synthesis: Synthesis
    records: dict[str, Finding]
    perspectives: tuple[Perspective, ...]
    unheard: tuple[Perspective, ...]
    uncited: tuple[Submission, ...]
    coded: CodedCase
    next_call: Call | None
    dangling: tuple[tuple[str, str], ...]

    @property
    def implications(self) -> tuple[Finding, ...]:
        """Findings from which something follows (R79)."""
        return tuple(record for record in self.records.values() if record.implication)


def survey(case: Case, phase: Phase, codebook: Codebook) -> ReportOf[SynthesisContent]:
    """The phase as it stands at the case's moment."""
    return report(case, phase, joined(case), uncited(case, phase), statements(case, phase, codebook))


def joined(case: Case) -> Synthesis:
    """The findings under schlecht, gut, zu wenig, gar nicht, each with the perspectives that support it (R76–R79)."""
    sources = Sources(case)
    findings = [perspectives.Finding(row.id, row.heading, row.text, sources.perspectives(row)) for row in case.findings]
    return join(findings, [item.id for item in _joined(case)])


def uncited(case: Case, phase: Phase) -> tuple[Submission, ...]:
    """Papers and talks that no finding goes back to: nobody's voice is dropped in silence."""
    cited = Sources(case).cited(case.findings)
    return tuple(
        paper
        for paper in _papers(case, phase)
        if paper.readable and paper.ref not in cited and not any(item.ref in cited for item in paper.statements)
    )


def statements(case: Case, phase: Phase, codebook: Codebook) -> CodedCase:
    """What the codebook alone would say of everything that came in until now."""
    return coded(case, _papers(case, phase), codebook)


def report(
    case: Case, phase: Phase, synthesis: Synthesis, uncited: tuple[Submission, ...], statements: CodedCase
) -> ReportOf[SynthesisContent]:
    """The joined findings, what follows from them, the call that comes next, and which perspective is missing (R80–R83)."""
    rows = case.findings
    content = SynthesisContent(
        synthesis=synthesis,
        records={row.id: row for row in rows},
        perspectives=_joined(case),
        unheard=_unheard(case, _papers(case, phase)),
        uncited=uncited,
        coded=statements,
        next_call=next((call for call in case.plan.calls if call.phase > phase.number), None),
        dangling=tuple(Sources(case).dangling(rows)),
    )
    return ReportOf(
        phase=phase,
        content=content,
        notes=tuple(_notes(case, content)),
        counts={
            "findings": len(rows),
            "all_perspectives": len(content.synthesis.marked("all")),
            "single_voice": len(content.synthesis.marked("single")),
            "implications": len(content.implications),
            "uncited": len(content.uncited),
        },
        tables={"findings": _table(content), "codes": content.coded.table()},
    )


def _joined(case: Case) -> tuple[Perspective, ...]:
    return tuple(item for item in case.plan.perspectives if item.joined)


def _papers(case: Case, phase: Phase) -> tuple[Submission, ...]:
    return tuple(paper for paper in (*case.papers, *case.minutes) if not paper.newer and _before(case, phase, paper))


def _before(case: Case, phase: Phase, paper: Submission) -> bool:
    return not paper.call or case.plan.call(paper.call).phase <= phase.number


def _unheard(case: Case, papers: tuple[Submission, ...]) -> tuple[Perspective, ...]:
    spoken = {paper.perspective for paper in papers}
    return tuple(item for item in case.plan.perspectives if item.id not in spoken)


def _notes(case: Case, content: SynthesisContent) -> Iterator[Note]:
    if not content.records:
        yield note("block", "no_findings")
    for name in content.synthesis.silent if content.records else ():
        found = next(item for item in content.perspectives if item.id == name)
        yield note(LEVELS[found.strength], "perspective_silent", perspective=found.name)
    for finding in content.synthesis.marked("none"):
        yield note("warn", "unsupported", finding=finding.finding.id)
    for record, ref in content.dangling:
        yield note("warn", "dangling", record=record, ref=ref)
    for perspective in content.unheard:
        yield note("warn" if perspective.joined else "ask", "unheard_perspective", perspective=perspective.name)
    if content.uncited and content.records:
        yield note("ask", "uncited", n=len(content.uncited))
    if content.records and not content.implications:
        yield note("block", "no_implications")
    yield from rejected.notes(case, "findings")


def _table(content: SynthesisContent) -> Table:
    return table(
        ("id", "heading", "support", "perspectives", "text", "cause", "sources", "implication"),
        [
            (
                item.finding.id,
                item.finding.heading,
                item.support,
                " ".join(sorted(item.finding.perspectives)),
                item.finding.text,
                content.records[item.finding.id].cause,
                "; ".join(content.records[item.finding.id].sources),
                content.records[item.finding.id].implication,
            )
            for section in content.synthesis.sections
            for item in section.findings
        ],
    )
