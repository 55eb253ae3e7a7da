"""What a working folder adds to journal and plan for today's work: the letters that lie in its outbox, and what is open in words.

Letters are sent by people, and nobody tells Staffelstab yet; whoever has sent one takes it out of the outbox. What a phase found
open is written down in words when it is run, without any submitted text or name: the journal holds only how many there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import msgspec

from staffelstab.documents.rendering.characters import json_text
from staffelstab.files import read_values, write
from staffelstab.submissions.case.left_lying import NOTHING as NOTHING_LYING
from staffelstab.submissions.case.left_lying import LeftLying, read_left_lying
from staffelstab.timetable.plan.model import Phase
from staffelstab.workspace import Workspace

PLACE = ".open"
PAPERS = "papers.json"
NAMED = 1000
"""So many sentences about papers are kept."""

MOST = 20
"""So many sentences are kept of each kind."""


class Open(msgspec.Struct, frozen=True):
    """What a phase found open when it was last run, in sentences: what binds, and what is to be settled."""

    blocks: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


class Cautious(msgspec.Struct, frozen=True):
    """How many papers a person should know something about, and what, in sentences with names."""

    papers: int = 0
    sentences: tuple[str, ...] = ()


NOTHING_TO_HEED = Cautious()


class Folder(msgspec.Struct, frozen=True):
    """`letters`: names of the files in the outbox; `left_lying`: what was not taken from the inbox; `found_open` by phase."""

    letters: tuple[str, ...] = ()
    left_lying: LeftLying = NOTHING_LYING
    cautions: Cautious = NOTHING_TO_HEED
    found_open: Mapping[str, Open] = msgspec.field(default_factory=lambda: MappingProxyType({}))


def look(workspace: Workspace) -> Folder:
    """The folder as it lies there."""
    letters = tuple(sorted(path.name for path in workspace.outbox.glob("*.eml")))
    found = sorted((workspace.root / PLACE).glob("*.json"))
    found_open = {path.stem: read_values(workspace.root, f"{PLACE}/{path.name}", Open) or Open() for path in found}
    cautions = read_values(workspace.root, f"{PLACE}/{PAPERS}", Cautious) or NOTHING_TO_HEED
    return Folder(letters, read_left_lying(workspace.root), cautions, found_open)


def keep(workspace: Workspace, phase: Phase, blocks: Sequence[str], questions: Sequence[str]) -> None:
    """Write down what a phase found open."""
    text = json_text({"blocks": blocks[:MOST], "questions": questions[:MOST]}, 2)
    write(workspace.root / PLACE / f"{phase.id}.json", f"{text}\n".encode())


def keep_cautions(workspace: Workspace, papers: int, sentences: Sequence[str]) -> None:
    """Write down what to know about the reading of papers; a file that says so stays until there is nothing any more."""
    path = workspace.root / PLACE / PAPERS
    if papers or path.exists():
        text = json_text({"papers": papers, "sentences": sentences[:NAMED]}, 2)
        write(path, f"{text}\n".encode())
