"""Publish: once the concept is adopted, what everybody may see goes into the folder `publication/` (R97, R101, R106)."""

from __future__ import annotations

from collections.abc import Sequence

from staffelstab.documents.rendering.manuscript import Manuscript
from staffelstab.documents.rendering.render import FORMATS, printed
from staffelstab.documents.rendering.templates import environment
from staffelstab.files import write
from staffelstab.phases.kinds.publication import PublicationContent
from staffelstab.phases.report import ReportOf
from staffelstab.publishing.calendar.editions import editions
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.publishing.outbox.publication_kit import publication_kit
from staffelstab.service.phase_run import Run
from staffelstab.submissions.case.contents import Case


def publish(run: Run, case: Case, report: ReportOf[PublicationContent]) -> tuple[str, ...]:
    """Write the concept and the publication kit. Returns the names written; nothing before the concept is adopted."""
    content = report.content
    if content.adopted is None:
        return ()
    name = run.plan.words.say("steps.concept_file")
    files = {f"{name}.{ending}": data for ending, data in printed(_concept(case, content)).files.items()}
    files |= publication_kit(case, content, editions(run.workspace.root, run.workspace.changes(run.now)))
    for path, data in files.items():
        write(run.workspace.publication / path, data)
    return tuple(files)


def unpublished(run: Run, names: Sequence[str]) -> tuple[str, ...]:
    """The files of the concept that are missing among the `names` written; none before the concept is adopted."""
    name = run.plan.words.say("steps.concept_file")
    return tuple(file for ending in FORMATS if names and (file := f"{name}.{ending}") not in names)


def _concept(case: Case, content: PublicationContent) -> Manuscript:
    plan, words = case.plan, case.plan.words
    template = environment(plan.language).get_template("publication/concept.md.j2")
    return Manuscript(
        markdown=template.render(plan=plan, content=content, words=words, phrasing=Phrasing(plan)),
        title=words.say("steps.concept_title"),
        subtitle=words.say("steps.concept_subtitle", title=plan.title),
        language=plan.language,
        stamp=case.now,
        organisation=plan.organisation,
        status="",
    )
