"""The progress of a rehearsal: a bar with the date, the phase and what just happened; at the end what lies where."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.table import Table
from rich.text import Text

from commands.terminal import below
from staffelstab.legible import legible, legible_name
from staffelstab.simulation.simulate import Step
from staffelstab.simulation.story import Story, happenings
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace


class ProgressDisplay:
    """The progress of one rehearsal; a context manager. Colours obey NO_COLOR; without a terminal only the lines are printed."""

    def __init__(self, plan: Plan, events: int) -> None:
        self._plan = plan
        self._words = plan.words
        self._console = Console(highlight=False, markup=False, emoji=False, file=below(sys.stdout))
        self._progress = Progress(
            TextColumn("{task.fields[day]}", markup=False),
            BarColumn(bar_width=28),
            TaskProgressColumn(),
            TextColumn("{task.description}", markup=False),
            console=self._console,
            transient=True,
        )
        self._task = self._progress.add_task(self._words.say("cli.rehearse.opening"), total=events, day="")

    def __enter__(self) -> ProgressDisplay:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def show(self, workspace: Workspace, step: Step) -> None:
        """One event has happened."""
        day = step.event.at.astimezone(self._plan.zone).date()
        with workspace.open(read_only=True) as ledger:
            new = [entry for entry in ledger.entries() if entry.seq > step.before]
        told = [item.text for item in happenings(self._plan, new)]
        self._progress.update(
            self._task, completed=step.number, day=self._words.short_day(day), description=self._phases(step)
        )
        if told:
            far = "" if self._console.is_terminal else f"  {step.number}/{step.of}"  # where no bar is drawn
            line = Text.assemble((self._words.short_day(day), "bold"), f"{far}  {legible_name(' '.join(told))}")
            self._console.print(line, soft_wrap=True)

    def _phases(self, step: Step) -> str:
        day = step.event.at.astimezone(self._plan.zone).date()
        running = [
            f"{phase.number} {phase.name}"
            for phase in self._plan.phases
            if phase.start.day <= day and (phase.end.date is None or day <= phase.end.date)
        ]
        return legible_name(" · ".join(running)) or self._words.say("cli.rehearse.between")

    def end(self, workspace: Workspace, told: Story) -> None:
        """The documents, and where to begin reading."""
        table = Table(
            *(self._words.say(f"cli.rehearse.head.{name}") for name in ("session", "outcome", "missing", "files"))
        )
        for item in told.sessions:
            outcome = self._words.say(f"dossier.outcome.{item.outcome}") if item.outcome else "–"
            binding = sum(level == "block" for level, _ in item.missing)
            missing = (
                self._words.say("cli.rehearse.missing", n=len(item.missing), binding=binding) if item.missing else "–"
            )
            files = " ".join(path.suffix[1:] for path in item.files) or "–"
            table.add_row(self._words.short_day(item.session.date.day), outcome, missing, files)
        self._console.print(table)
        self._console.print(
            legible(
                self._words.say(
                    "cli.rehearse.done",
                    batons=self._words.say("cli.rehearse.batons", n=len(told.batons)),
                    letters=self._words.say("cli.rehearse.letters", n=told.letters),
                    index=str(workspace.root / "index.html"),
                )
            ),
            soft_wrap=True,
        )
