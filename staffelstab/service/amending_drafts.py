"""The draft of an amending resolution, written from the journal: the same entry gives the same files."""

from __future__ import annotations

from pathlib import Path

from staffelstab.documents.rendering.render import printed
from staffelstab.files import write
from staffelstab.ledger.values import Entry
from staffelstab.service.phase_run import Run
from staffelstab.timetable.amend.amending_resolution import AmendingResolution, manuscript
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.consequences import consequences
from staffelstab.timetable.plan.change import RecordedChange
from staffelstab.workspace import change_of

FORMATS = ("md", "docx", "odt")


def write_motion(run: Run, first: Entry) -> tuple[Path, ...]:
    """Write the resolution that an amendment asks for; `first` is the entry that carries its reason."""
    motion = _motion(run, first)
    name = run.plan.words.say("amend.file.motion")
    folder = run.workspace.amendments / _folder(run, first)
    made = printed(manuscript(motion), FORMATS).files
    for ending, data in made.items():
        write(folder / f"{name}.{ending}", data)
    return tuple(folder / f"{name}.{ending}" for ending in made)


def _folder(run: Run, first: Entry) -> str:
    """The day and the item; a second amendment of the item on that day gets a folder of its own."""
    zone = run.plan.zone
    day = first.at.astimezone(zone).date()
    with run.workspace.open(read_only=True) as ledger:
        entries = ledger.entries("amended", subject=first.subject)
    ones = [entry for entry in entries if change_of(entry).group == entry.key and entry.seq <= first.seq]
    number = sum(entry.at.astimezone(zone).date() == day for entry in ones)
    return f"{day.isoformat()}-{first.subject}" + (f"-{number}" if number > 1 else "")


def _motion(run: Run, first: Entry) -> AmendingResolution:
    with run.workspace.open(read_only=True) as ledger:
        entries = ledger.entries("confirmed", "amended", until=run.now)
        reason = ledger.content(first.object or "") or b""
    decided = change_of(first)
    group = [entry for entry in entries if change_of(entry).group == first.key]
    before = Basis(run.workspace.root, _changes([entry for entry in entries if entry.seq < first.seq]))
    moves = [recorded.change for recorded in _changes(group)]
    return AmendingResolution(
        plan=before.plan,
        rows=consequences(before.plan, before.after(moves), moves),
        reason=reason.decode(),
        by=decided.by,
        told=list(decided.told),
        at=first.at.astimezone(run.plan.zone),
        authorised=decided.authorised,
    )


def _changes(entries: list[Entry]) -> tuple[RecordedChange, ...]:
    return tuple(change_of(entry) for entry in entries)
