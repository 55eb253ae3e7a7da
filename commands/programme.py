"""What the audience of a rehearsal sees: a bar with the date, the phase and what just happened; at the end what lies where."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.table import Table

from staffelstab.language import Language
from staffelstab.plan.model import Plan
from staffelstab.rehearsal.stage import Moment
from staffelstab.rehearsal.story import Story, happenings
from staffelstab.workspace import Workspace


class Programme:
    """The progress of one rehearsal; a context manager. Colours obey NO_COLOR; without a terminal only the lines are printed."""

    def __init__(self, plan: Plan, scenes: int) -> None:
        self._plan = plan
        self._words = Language(plan.language)
        self._console = Console(highlight=False)
        self._progress = Progress(
            TextColumn("{task.fields[day]}"),
            BarColumn(bar_width=28),
            TaskProgressColumn(),
            TextColumn("{task.description}"),
            console=self._console,
            transient=True,
        )
        self._task = self._progress.add_task(self._words.say("cli.rehearse.opening"), total=scenes, day="")

    def __enter__(self) -> Programme:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def show(self, workspace: Workspace, moment: Moment) -> None:
        """One scene has been played."""
        day = moment.scene.at.astimezone(self._plan.zone).date()
        with workspace.open(read_only=True) as ledger:
            new = [entry for entry in ledger.entries() if entry.seq > moment.before]
        told = [item.text for item in happenings(self._plan, new)]
        self._progress.update(
            self._task, completed=moment.number, day=self._words.short_day(day), description=self._phases(moment)
        )
        if told:
            self._console.print(f"[bold]{self._words.short_day(day)}[/bold]  {' '.join(told)}", soft_wrap=True)

    def _phases(self, moment: Moment) -> str:
        day = moment.scene.at.astimezone(self._plan.zone).date()
        running = [
            f"{phase.number} {phase.name}"
            for phase in self._plan.phases
            if phase.start.day <= day and (phase.end.date is None or day <= phase.end.date)
        ]
        return " · ".join(running) or self._words.say("cli.rehearse.between")

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
            self._words.say(
                "cli.rehearse.done",
                batons=self._words.say("cli.rehearse.batons", n=len(told.batons)),
                letters=self._words.say("cli.rehearse.letters", n=told.letters),
                index=str(workspace.root / "index.html"),
            ),
            soft_wrap=True,
        )
