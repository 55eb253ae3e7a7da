"""What commands print, whoever wrote it: nothing steers the terminal, and no terminal is too poor for a sentence.

Everything a command prints goes through a `Terminal` stream. Only the progress of a rehearsal speaks to the terminal below it, in
codes of its own, and makes strings legible itself.
"""

from __future__ import annotations

import codecs
import io
import sys
from collections.abc import Generator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TextIO, cast

from staffelstab.legible import legible

_PLAIN = {
    "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss",
    "„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "·": "-", "→": "->", "\u00a0": " ",
    "✓": "+", "✗": "x",
}  # fmt: skip
"""How German and English are written where a terminal has letters of ASCII only."""

PLAINER = "staffelstab.plainer"


def _plainer(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(_PLAIN.get(letter) or _written_out(letter) for letter in missing), error.end


def _written_out(letter: str) -> str:
    return letter.encode("ascii", "backslashreplace").decode("ascii")


codecs.register_error(PLAINER, _plainer)


class Terminal(io.TextIOBase):
    """A text stream in front of another: characters that steer are written out."""

    def __init__(self, below: TextIO) -> None:
        self.below = below
        if isinstance(below, io.TextIOWrapper):
            below.reconfigure(errors=PLAINER)

    @property
    def encoding(self) -> str:  # type: ignore[override]  # read-only here, and nobody sets it
        """That of the stream below."""
        return self.below.encoding

    def write(self, text: str, /) -> int:
        """Write the text, legible."""
        self.below.write(legible(text))
        return len(text)

    def close(self) -> None:
        """Nothing: the stream below is somebody else's."""

    def flush(self) -> None:
        """Flush the stream below."""
        self.below.flush()

    def isatty(self) -> bool:
        """Whether the stream below is a terminal."""
        return self.below.isatty()

    def fileno(self) -> int:
        """The descriptor of the stream below."""
        return self.below.fileno()

    def writable(self) -> bool:
        """It is."""
        return True


def below(stream: TextIO) -> TextIO:
    """The stream that takes codes for the terminal."""
    return stream.below if isinstance(stream, Terminal) else stream


@contextmanager
def legible_output() -> Generator[None]:
    """Within the block whatever is printed is legible."""
    said, warned = cast(TextIO, Terminal(sys.stdout)), cast(TextIO, Terminal(sys.stderr))
    with redirect_stdout(said), redirect_stderr(warned):
        yield
