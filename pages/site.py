"""What is shown: the working folders of one or more plans, at which moment, and who knows their runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from pages.runs import Runs
from staffelstab.errors import StaffelstabError
from staffelstab.service.phase_run import Run, open_run
from staffelstab.workspace import find

PATIENCE = 10.0


@dataclass(frozen=True)
class Site:
    """The working folders shown, live or all `frozen` at a moment; `clock` tells the present (aware).

    `patience`: so many seconds somebody at a form waits until a pass lets go of the ledger.
    """

    folders: tuple[Path, ...]
    frozen: dt.datetime | None
    clock: Callable[[], dt.datetime]
    runs: Runs
    patience: float = PATIENCE

    def plans(self) -> dict[str, Path]:
        """The folder of each plan by the plan's id; one whose plan cannot be read goes by its name, and says why when asked."""
        return {_id_of(folder): folder for folder in self.folders}

    def open(self, folder: Path) -> Run:
        """The folder as it is now. Raises StaffelstabError."""
        run = open_run(folder, self._moment(folder))
        return replace(run, workspace=msgspec.structs.replace(run.workspace, patience=self.patience))

    def _moment(self, folder: Path) -> dt.datetime:
        """The present; of a plan shown frozen the moment shown, or that of the last entry since."""
        if self.frozen is None:
            return self.clock()
        with find(folder).open(read_only=True) as ledger:
            return max(ledger.latest_time(), self.frozen)


def _id_of(folder: Path) -> str:
    try:
        return find(folder).adopted().id
    except StaffelstabError:
        return folder.name
