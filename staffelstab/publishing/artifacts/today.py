"""The first thing in the Prefect UI: "Heute zu tun" in three lines, then the phases and the timetable."""

from __future__ import annotations

from collections.abc import Iterable

from staffelstab.documents.rendering.templates import environment
from staffelstab.ledger.values import Entry
from staffelstab.publishing.artifacts.timetable_image import picture
from staffelstab.publishing.artifacts.todo import Walls, last_walls, left_out, three_lines, walls_line
from staffelstab.publishing.artifacts.working_folder import Folder
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.agenda.appointments import MissedAppointment
from staffelstab.timetable.agenda.catching_up import caught_up, lines
from staffelstab.timetable.plan.overlaps import sentences


def today(
    case: Case,
    entries: Iterable[Entry],
    missed: tuple[MissedAppointment, ...],
    folder: Folder,
    waiting: int = 0,
    unread: int = 0,
    walls: Walls | None = None,
) -> str:
    """The overview of the day as Markdown.

    `waiting`: files that were not complete yet; `unread`: papers still to be read; `walls`: None if this pass has read nothing.
    """
    journal = list(entries)
    return (
        environment(case.plan.language)
        .get_template("artifacts/today.md.j2")
        .render(
            case=case,
            plan=case.plan,
            words=case.plan.words,
            lines=[line.text for line in three_lines(case.plan, case.now, journal, folder, passing=True)],
            waiting=waiting,
            unread=unread,
            walls=[line.text for line in walls_line(case.plan, walls or last_walls(journal))],
            left_out=[item.text for item in left_out(case.plan, folder)],
            missed=list(lines(case.plan, caught_up(case.plan, case.now, journal, missed))),
            states={phase.number: phase_state(case, phase.number) for phase in case.plan.phases},
            spans=sentences(case.plan),
            chart=picture(case),
        )
    )


def phase_state(case: Case, number: int) -> str:
    """Where a phase is, as a key below `overview.state`."""
    if case.handed(number):
        return "done"
    return "running" if case.plan.phase(number).start.day <= case.today else "to_come"
