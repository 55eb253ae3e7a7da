"""The report of a rehearsal: one HTML page that tells the story and leads to every paper."""

from __future__ import annotations

import datetime as dt

from staffelstab.documents.rendering.templates import environment
from staffelstab.files import write
from staffelstab.publishing.calendar.timetable_drawing import TIMETABLE, timetable
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.simulation.story import Story
from staffelstab.workspace import Workspace


def report(workspace: Workspace, told: Story, *, sabotage: tuple[str, ...] = (), until: dt.date | None = None) -> None:
    """Write `index.html` into the working folder."""
    plan = told.plan
    words = plan.words
    page = (
        environment(plan.language)
        .get_template("report/index.html.j2")
        .render(
            told=told,
            plan=plan,
            words=words,
            phrasing=Phrasing(plan),
            sabotage=[words.say(f"story.sabotage.{name}") for name in sabotage],
            until=until,
            picture=f"{TIMETABLE}.svg" if (workspace.calendar / f"{TIMETABLE}.svg").is_file() else "",
            alt=timetable(plan, until).alt,
        )
    )
    write(workspace.root / "index.html", page.encode())
