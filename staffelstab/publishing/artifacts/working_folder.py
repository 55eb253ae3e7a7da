"""What a working folder adds to journal and plan for today's work: the letters that lie in its outbox, and what is open in words.

Letters are sent by people, and nobody tells Staffelstab yet; whoever has sent one takes it out of the outbox. What a phase found
open is written down in words when it is run, without any submitted text or name: the journal holds only how many there are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec

from staffelstab.documents.rendering.characters import json_text
from staffelstab.files import write
from staffelstab.timetable.plan.model import Phase
from staffelstab.workspace import Workspace

PLACE = ".open"
MOST = 20
"""So many sentences are kept of each kind."""


class Open(msgspec.Struct, frozen=True):
    """What a phase found open when it was last run, in sentences: what binds, and what is to be settled."""

    blocks: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class Folder(msgspec.Struct, frozen=True):
    """`letters`: names of the files in the outbox; `found_open` by the id of the phase."""

    letters: tuple[str, ...] = ()
    found_open: Mapping[str, Open] = msgspec.field(default_factory=lambda: MappingProxyType({}))


def look(workspace: Workspace) -> Folder:
    """The folder as it lies there."""
    letters = tuple(sorted(path.name for path in workspace.outbox.glob("*.eml")))
    found = sorted((workspace.root / PLACE).glob("*.json"))
    return Folder(letters, {path.stem: _read(path.read_bytes()) for path in found})


def keep(workspace: Workspace, phase: Phase, blocks: Sequence[str], questions: Sequence[str]) -> None:
    """Write down what a phase found open."""
    text = json_text({"blocks": blocks[:MOST], "questions": questions[:MOST]}, 2)
    write(workspace.root / PLACE / f"{phase.id}.json", f"{text}\n".encode())


def _read(data: bytes) -> Open:
    """What was written down; of a file that is not ours nothing: how much is open is known without it."""
    try:
        found = json.loads(data)
        return Open(tuple(map(str, found["blocks"])), tuple(map(str, found["questions"])))
    except (ValueError, KeyError, TypeError):
        return Open()
