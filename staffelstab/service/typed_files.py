"""What somebody typed into a text file of the working folder for a form, so that no form ever learns it."""

from __future__ import annotations

from pathlib import Path

from staffelstab.documents.extraction.plain import plain_text
from staffelstab.errors import RecordError
from staffelstab.files import read_inside
from staffelstab.workspace import Workspace

LARGEST = 1_000_000
"""Bytes of such a file: more than anybody types."""


def typed_text(workspace: Workspace, path: Path) -> str | None:
    """The text of an ordinary file in the working folder; None where nothing lies.

    Raises RecordError if it is no plain text, too large, or no file of this folder but a link to somewhere else.
    """
    if not path.exists() and not path.is_symlink():
        return None
    content = read_inside(workspace.root, path.relative_to(workspace.root).as_posix(), LARGEST)
    text = None if content is None else plain_text(content, LARGEST)
    if text is None:
        raise RecordError("steps.notes_unreadable", file=path.name)
    return text
