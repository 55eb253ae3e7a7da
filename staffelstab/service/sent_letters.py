"""Letters and what became of them: drafted, lying in the outbox, sent as somebody has entered it, or taken out by hand.

Nothing is sent from here. Whoever has sent a letter says so, and the draft moves from `outbox` to `outbox/sent`: an entry of the
journal says when and in whose name, and the text stays at hand. Taking the file out of the folder works as well; then nothing but
that is known. Said by mistake, it can be undone. The entry comes first: a crash in between leaves a draft that lies there still,
and saying it again, which enters nothing twice, moves it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from staffelstab.errors import RecordError
from staffelstab.files import alone_in, make_private
from staffelstab.ledger.entries import Sent, occasion_of, recipients_of
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Entry
from staffelstab.publishing.outbox.letter_names import is_file_of, safe
from staffelstab.service.phase_run import Run
from staffelstab.timetable.plan.actors import find_actor, name_of
from staffelstab.workspace import Workspace

SENT = "sent"
State = Literal["lying", "sent", "taken_out"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter that was drafted at some time. `key` is the letter's, `name` the same in plain characters, as in its file's name.

    `to` are names of offices as the journal has them (a hundred at most), `path` where the draft lies, if it is there.
    """

    key: str
    name: str
    occasion: str
    drafted: dt.datetime
    to: tuple[str, ...]
    path: Path | None
    sent: Sent | None = None

    @property
    def state(self) -> State:
        """Where it is: as long as it lies in the outbox itself it counts as lying there, whatever somebody has said."""
        if self.path and self.path.parent.name != SENT:
            return "lying"
        return "sent" if self.sent else "taken_out"


def letters(run: Run, ledger: Ledger) -> tuple[Kept, ...]:
    """Every letter that was drafted up to now, in that order."""
    entries = ledger.entries("letter", SENT, until=run.now)
    said = _said(entries)
    names = [*_names(run.workspace.outbox), *_names(run.workspace.sent)]
    return tuple(_kept(run, entry, said, names) for entry in entries if entry.kind == "letter")


def mark_sent(run: Run, letter: str, by: str = "", *, undo: bool = False) -> Kept:
    """Enter that a letter was sent (or, with `undo`, was not after all), and move its draft. Harmless if repeated.

    `letter` is the letter's key, the same in plain characters, or the name of its file. Raises RecordError for a letter or an
    office nobody knows, and for one to be taken back of which nobody has said that it was sent.
    """
    actor = find_actor(run.plan, by) if by else None
    if by and actor is None:
        raise RecordError("steps.unknown_actor", actor=by)
    with run.workspace.open() as ledger:
        found = next((item for item in letters(run, ledger) if letter in _names_of(item)), None)
        if found is None:
            raise RecordError("steps.unknown_letter", letter=letter)
        if undo and found.sent is None:
            raise RecordError("steps.not_sent", letter=found.name)
        if undo or found.sent is None:
            said = len(ledger.entries(SENT, subject=found.key))
            ledger.append(
                SENT,
                at=run.now,
                office=run.office,
                subject=found.key,
                key=f"sent:{found.key}:{said}",
                facts={"by": actor.id if actor else run.office, "undone": undo},
            )
        _move(run.workspace, found, run.workspace.outbox if undo else run.workspace.sent)
        return next(item for item in letters(run, ledger) if item.key == found.key)


def _names_of(letter: Kept) -> tuple[str, ...]:
    return letter.key, letter.name, letter.path.stem if letter.path else letter.name


def _said(entries: Iterable[Entry]) -> dict[str, Sent]:
    said: dict[str, Sent] = {}
    for entry in entries:
        if entry.kind == SENT:
            item = Sent.of(entry)
            said.pop(item.letter, None)
            if not item.undone:
                said[item.letter] = item
    return said


def _names(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.eml"))


def _kept(run: Run, entry: Entry, said: dict[str, Sent], paths: Iterable[Path]) -> Kept:
    key = str(entry.key).partition(":")[2]
    return Kept(
        key,
        safe(key),
        occasion_of(entry),
        entry.at.astimezone(run.plan.zone),
        tuple(name_of(run.plan, actor) for actor in recipients_of(entry)),
        next((path for path in paths if is_file_of(path.name, key)), None),
        said.get(key),
    )


def _move(workspace: Workspace, letter: Kept, folder: Path) -> None:
    """Move the draft, if it lies there; one of that name that lies at its goal already is not written over."""
    if letter.path is None or letter.path.parent == folder or (folder / letter.path.name).exists():
        return
    make_private(folder)
    with alone_in(workspace.outbox):
        if letter.path.exists():
            letter.path.rename(folder / letter.path.name)
