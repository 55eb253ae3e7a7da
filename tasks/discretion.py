"""What Prefect may learn of a failure: our own sentences whole, of everything else only its kind and its place.

Prefect writes the message of an exception into its database and beside it. A message of ours holds ids and file names; that of an
unforeseen one may quote what it stumbled over, a paper or a name. The exception itself stays attached as the cause, for the
terminal of whoever looks for the mistake.
"""

from __future__ import annotations

from contextlib import ContextDecorator
from pathlib import Path
from traceback import extract_tb
from types import TracebackType

from staffelstab.errors import StaffelstabError

ROOT = Path(__file__).resolve().parent.parent


class Discretion(ContextDecorator):
    """A block or function in which an unforeseen exception becomes a StaffelstabError without its message."""

    def __enter__(self) -> Discretion:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and issubclass(kind, Exception) and not issubclass(kind, StaffelstabError):
            raise StaffelstabError("tasks.unforeseen", kind=kind.__name__, place=_place(trace)) from error


def _place(trace: TracebackType | None) -> str:
    """File and line of the innermost of our own functions."""
    frames = [(Path(frame.filename), frame.lineno) for frame in extract_tb(trace)]
    ours = [(path, line) for path, line in frames if path.is_relative_to(ROOT) and "site-packages" not in path.parts]
    path, line = (ours or frames)[-1]
    return f"{path.relative_to(ROOT).as_posix() if ours else path.name}:{line}"
