"""One run of a phase: where it works, on what, at which moment, in which office's name; and how it begins."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from staffelstab.errors import BatonError
from staffelstab.ledger.entries import HandedOn
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Entry
from staffelstab.phases.methods.codebook import Codebook
from staffelstab.publishing.baton.checking import verify
from staffelstab.publishing.baton.reference import Baton
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.case.gather import gather
from staffelstab.timetable.plan.actors import office_at
from staffelstab.timetable.plan.model import Phase, Plan
from staffelstab.workspace import Workspace, find


@dataclass(frozen=True, slots=True)
class Run:
    """A run at `now` (aware); `phase` is None for the daily pass."""

    workspace: Workspace
    plan: Plan
    now: dt.datetime
    phase: Phase | None = None

    @property
    def office(self) -> str:
        """In whose name the run acts."""
        return office_at(self.plan, self.now.astimezone(self.plan.zone).date())

    @property
    def of(self) -> Phase:
        """The phase. Raises ValueError for a run without one: a programming mistake."""
        if self.phase is None:
            raise ValueError("this run has no phase")
        return self.phase

    def case(self, ledger: Ledger, before: Entry | None = None) -> Case:
        """What is known now, or what was known when an earlier entry was written."""
        return gather(ledger, self.plan, before.at if before else self.now, before=before)

    @property
    def edition(self) -> str:
        """Which edition of plan and codebook the run works with: a short hash of both, and of what was changed since."""
        own = self.workspace.codebook(self.plan)
        text = self.workspace.plan_file.read_bytes() + (own.read_bytes() if own else b"")
        since = "".join(repr((known.change, known.at, known.by)) for known in self.workspace.changes(self.now))
        return hashlib.sha256(text + since.encode()).hexdigest()[:16]

    def codebook(self) -> Codebook:
        """The plan's codebook, or the one that comes with the product."""
        own = self.workspace.codebook(self.plan)
        return Codebook.load(own) if own else Codebook.default(self.plan.language)


def open_run(root: Path, now: dt.datetime) -> Run:
    """A run without a phase; a time without a zone, as a form may give it, is the plan's.

    Raises StaffelstabError if `root` is no working folder, PlanError.
    """
    workspace = find(root)
    if now.tzinfo is None:
        now = now.replace(tzinfo=workspace.adopted().zone)
    plan = workspace.plan(now)
    return Run(workspace, plan, now.astimezone(plan.zone))


def begin(root: Path, phase: int, now: dt.datetime) -> Run:
    """A run of one phase, its predecessor's baton verified byte by byte.

    While the predecessor is still open (phases may overlap, R40) there is nothing to verify yet. Raises StaffelstabError for a
    phase the plan does not have, BatonError if what was handed over is not what lies there now.
    """
    run = open_run(root, now)
    try:
        found = run.plan.phase(phase)
    except KeyError:
        raise BatonError("steps.unknown_phase", phase=phase) from None
    run = Run(run.workspace, run.plan, run.now, found)
    with run.workspace.open(read_only=True) as ledger:
        predecessor(run, ledger)
    return run


def predecessor(run: Run, ledger: Ledger) -> Baton | None:
    """The verified baton of the phase before; None if there is none yet. Raises BatonError."""
    before = run.plan.before(run.of)
    if before is None:
        return None
    entry = ledger.find(f"handed_over:{before.number}")
    if entry is None:
        return None
    baton = verify(run.workspace.batons / baton_name(before))
    if baton.hash != HandedOn.of(entry).hash:
        raise BatonError("steps.foreign_baton", baton=baton.path.name)
    return baton


def baton_name(phase: Phase) -> str:
    """The folder of a phase's baton."""
    return f"{phase.number}-{phase.kind}"
