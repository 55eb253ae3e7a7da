"""The plans of this server, each with what is to be done first and when it meets next; the way from one plan to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pages.site import Site
from staffelstab.documents.rendering.templates import environment
from staffelstab.errors import StaffelstabError
from staffelstab.language import Language
from staffelstab.publishing.artifacts.todo import FOR_INFORMATION, KINDS, todo
from staffelstab.publishing.artifacts.working_folder import look
from staffelstab.service.phase_run import Run
from staffelstab.timetable.agenda.appointments import upcoming


@dataclass(frozen=True, slots=True)
class PlanShown:
    """A plan in the list, in its own language; `refused` says why one cannot be shown, and then the rest is empty."""

    id: str
    title: str
    language: str
    refused: str = ""
    to_do: int = 0
    first: str = ""
    coming: str = ""
    coming_day: dt.date | None = None

    @property
    def words(self) -> Language:
        """The plan's language."""
        return Language(self.language)


def plans_page(site: Site, home: str, language: str) -> str:
    """The page, in `language`, which is that of the first plan that can be read."""
    shown = environment(language).get_template("pages/plans.html.j2")
    return shown.render(words=Language(language), home=home, plans=[*_plans(site, language)])


def _plans(site: Site, language: str) -> Iterator[PlanShown]:
    for name, folder in site.plans().items():
        try:
            run = site.open(folder)
            yield _shown(run)
        except StaffelstabError as error:
            yield PlanShown(name, name, language, refused=error.text(language))


def _shown(run: Run) -> PlanShown:
    plan = run.plan
    with run.workspace.open(read_only=True) as ledger:
        entries = ledger.entries(*KINDS, until=run.now)
    lines = [item for item in todo(plan, run.now, entries, look(run.workspace)) if item.key not in FOR_INFORMATION]
    coming = next(iter(upcoming(plan, run.now.date())), None)
    return PlanShown(
        plan.id,
        plan.title,
        plan.language,
        to_do=len(lines),
        first=lines[0].text if lines else "",
        coming=plan.words.say(f"dossier.occasion.{coming.occasion}", name=coming.name) if coming else "",
        coming_day=coming.day if coming else None,
    )
