"""The role list of a working folder: read, compared, entered; whom nothing can be sent to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from staffelstab.documents.extraction.reader_pool import Original, readers
from staffelstab.errors import RecordError
from staffelstab.files import read_inside
from staffelstab.people.holdings import Holding, Unreached, holdings, resolve
from staffelstab.people.importing import Change, compare, enter
from staffelstab.people.role_list import ListedRow, listed
from staffelstab.service.phase_run import Run
from staffelstab.submissions.records.sheets import RejectedRow
from staffelstab.timetable.agenda.distribution_list import distribution_list
from staffelstab.timetable.plan.actors import Actor, actors, audience, group
from staffelstab.timetable.plan.model import Plan

LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class Compared:
    """A list against what is known: what it would change, which rows cannot be taken, and up to which entry it was compared."""

    changes: tuple[Change, ...]
    rejected: tuple[RejectedRow, ...]
    basis: int

    @property
    def news(self) -> tuple[Change, ...]:
        """What would be entered."""
        return tuple(change for change in self.changes if change.what in ("new", "changed", "vacant"))


def compare_list(run: Run, file: Path) -> Compared:
    """What the list in `file` would change. Raises RecordError if it cannot be read at all."""
    data = read_inside(file.parent, file.name, LARGEST)
    if data is None:
        raise RecordError("people.error.unreadable", file=file.name)
    found = tuple(listed(run.plan, _tables(file.name, data)))
    with run.workspace.open(read_only=True) as ledger:
        known, basis = holdings(ledger, run.now), ledger.newest().seq
    changes = compare(known, (row for row in found if isinstance(row, ListedRow)))
    return Compared(changes, tuple(row for row in found if isinstance(row, RejectedRow)), basis)


def _tables(name: str, data: bytes) -> list[tuple[tuple[str, ...], ...]]:
    """The sheet's tables, read in the walled child as every paper is."""
    with readers() as reading:
        [(_, found)] = reading.read_all([Original("list", name, data)])
    if found.status == "unreadable" or not found.tables:
        raise RecordError("people.error.unreadable", file=name)
    return [table.rows for table in found.tables]


def enter_list(run: Run, compared: Compared) -> int:
    """Enter what was compared. Raises RecordError for rows that cannot be taken, or if the people have changed meanwhile."""
    if compared.rejected:
        raise RecordError("people.error.rejected")
    with run.workspace.open() as ledger:
        return enter(ledger, compared.changes, at=run.now, office=run.office, basis=compared.basis)


def people_of(run: Run) -> tuple[Holding, ...]:
    """Everybody who is known, those of the past and of the future too."""
    with run.workspace.open(read_only=True) as ledger:
        return holdings(ledger, run.now)


def unreached(plan: Plan, known: Iterable[Holding], run: Run) -> tuple[Unreached, ...]:
    """The offices that the plan will write to and to which nothing can be sent today."""
    return resolve(plan, known, (actor.id for actor in written_to(plan)), run.now.date())[1]


def written_to(plan: Plan) -> tuple[Actor, ...]:
    """Whoever the plan will write to: its offices, those it calls, those on the distribution list, those it wants to talk to."""
    named = [office.id for office in plan.offices]
    named += [actor for call in plan.calls for actor in call.audience.actors]
    named += [actor.id for actor in distribution_list(plan)]
    named += [unit.id for hearing in plan.hearings for unit in group(plan, hearing.group).units]
    known = actors(plan)
    return audience(plan, tuple(name for name in dict.fromkeys(named) if name in known))
