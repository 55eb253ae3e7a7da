"""Redaction: what Prefect may learn of a failure. Our own sentences whole, of everything else only its kind and its place.

Prefect writes the message of an exception into its database and beside it. A message of ours holds ids and file names; that of an
unforeseen one may quote what it stumbled over, a paper or a name. The exception itself stays attached as the cause, for whoever
looks for the mistake.
"""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb
from types import TracebackType

from staffelstab.errors import StaffelstabError

ROOT = Path(__file__).resolve().parent.parent
OURS = frozenset({"commands", "deployments", "flows", "tasks", "staffelstab", "tests"})
"""Our own folders, beside which an installation keeps everybody else's."""


def redacted(error: Exception) -> StaffelstabError:
    """The error itself if it is one of ours; otherwise one that tells its kind and place, with the error as its cause."""
    if isinstance(error, StaffelstabError):
        return error
    made = StaffelstabError("tasks.unforeseen", kind=type(error).__name__, place=_place(error.__traceback__))
    made.__cause__ = error
    return made


def _place(trace: TracebackType | None) -> str:
    """File and line of the innermost of our own functions; of any function where none of ours is involved."""
    frames = [(Path(frame.filename), frame.lineno) for frame in extract_tb(trace)]
    if not frames:
        return "?"
    ours = [
        (path, line) for path, line in frames if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in OURS
    ]
    path, line = (ours or frames)[-1]
    return f"{path.relative_to(ROOT).as_posix() if ours else path.name}:{line}"
