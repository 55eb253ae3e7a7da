"""Publish: once the concept is adopted, what everybody may see goes into the folder `publication/` (R97, R101, R106)."""

from __future__ import annotations

from staffelstab.calendar.editions import editions
from staffelstab.case.values import Case
from staffelstab.documents.press import press
from staffelstab.documents.templates import environment
from staffelstab.documents.values import Manuscript
from staffelstab.dossier.speaking import Speaking
from staffelstab.files import write
from staffelstab.language import Language
from staffelstab.outbox.kit import publication_kit
from staffelstab.phases.publication import PublicationPicture
from staffelstab.phases.survey import SurveyOf
from staffelstab.steps.run import Run


def publish(run: Run, case: Case, survey: SurveyOf[PublicationPicture]) -> tuple[str, ...]:
    """Write the concept and the publication kit. Returns the names written; nothing before the concept is adopted."""
    picture = survey.picture
    if picture.adopted is None:
        return ()
    name = Language(run.plan.language).say("steps.concept_file")
    files = {f"{name}.{ending}": data for ending, data in press(_concept(case, picture)).items()}
    files |= publication_kit(case, picture, editions(run.workspace.root, run.workspace.changes(run.now)))
    for path, data in files.items():
        write(run.workspace.publication / path, data)
    return tuple(files)


def _concept(case: Case, picture: PublicationPicture) -> Manuscript:
    plan, words = case.plan, Language(case.plan.language)
    template = environment(plan.language).get_template("publication/concept.md.j2")
    return Manuscript(
        markdown=template.render(plan=plan, picture=picture, words=words, speaking=Speaking(plan)),
        title=words.say("steps.concept_title"),
        subtitle=words.say("steps.concept_subtitle", title=plan.title),
        language=plan.language,
        stamp=case.now,
        organisation=plan.organisation,
        status="",
    )
