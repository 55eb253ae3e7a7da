"""The first thing in the Prefect UI: "Heute zu tun" in three lines, then the phases and the timetable."""

from __future__ import annotations

from collections.abc import Iterable

from staffelstab.case.values import Case
from staffelstab.documents.templates import environment
from staffelstab.language import Language
from staffelstab.ledger.values import Entry
from staffelstab.overview.folder import Folder
from staffelstab.overview.picture import picture
from staffelstab.overview.todo import three_lines
from staffelstab.plan.spans import sentences
from staffelstab.steps.catching_up import caught_up, lines
from staffelstab.steps.round import Missed


def today(case: Case, entries: Iterable[Entry], missed: tuple[Missed, ...], folder: Folder, waiting: int = 0) -> str:
    """The overview of the day as Markdown. `waiting`: files that were not complete yet."""
    journal = list(entries)
    return (
        environment(case.plan.language)
        .get_template("artifacts/today.md.j2")
        .render(
            case=case,
            plan=case.plan,
            words=Language(case.plan.language),
            lines=three_lines(case.plan, case.now, journal, folder, passing=True),
            waiting=waiting,
            missed=list(lines(case.plan, caught_up(case.plan, case.now, journal, missed))),
            states={phase.number: _state(case, phase.number) for phase in case.plan.phases},
            spans=sentences(case.plan),
            chart=picture(case),
        )
    )


def _state(case: Case, number: int) -> str:
    if case.handed(number):
        return "done"
    return "running" if case.plan.phase(number).start.day <= case.today else "to_come"
