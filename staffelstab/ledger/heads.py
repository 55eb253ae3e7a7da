"""Heads of the journal that are kept outside of the ledger: number and hash of an entry that was written once.

Each entry's hash vouches for all entries before it, so a head that somebody else keeps shows that the ledger beside it was
exchanged for an older one, cut, or written anew. They travel in batons, and in a small file beside the ledger that every
transaction adds to. A head may be missing there (a lost line is no damage to the ledger), never the other way round.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from staffelstab.files import PRIVATE_FILE, make_private, write

KEPT = 100
"""So many lines stay when the file is cut short; the newest alone would do."""

_LONGEST = 64 << 10
_LINE = re.compile(r"([1-9][0-9]{0,17}) ([0-9a-f]{64}) ([0-9a-f]{8})")


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """An entry that was there once: its number and its hash."""

    seq: int
    hash: str

    @property
    def line(self) -> str:
        """The head as one line of the file; the sum at its end tells a damaged line from a head that is no longer there."""
        said = f"{self.seq} {self.hash}"
        return f"{said} {_sum(said)}"


@dataclass(frozen=True, slots=True)
class HeadsFile:
    """The file in which a working folder keeps the heads of its ledger (mode 0600), the newest last."""

    path: Path

    def read(self) -> tuple[Head, ...]:
        """The heads, in the order written; a line that is damaged or incomplete says nothing."""
        return tuple(head for line in self._lines() if (head := _read(line)) is not None)

    def damaged(self) -> int:
        """How many lines say nothing; the last one may be incomplete, when a process was killed or the power failed."""
        return sum(_read(line) is None for line in self._lines()[:-1])

    def note(self, head: Head) -> None:
        """Add the newest head. Not waited for: should it be lost, the one before it still tells."""
        make_private(self.path.parent)
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, PRIVATE_FILE)
        try:
            size = os.fstat(handle).st_size
            torn = size and os.pread(handle, 1, size - 1) != b"\n"
            os.write(handle, f"{chr(10) if torn else ''}{head.line}\n".encode())
        finally:
            os.close(handle)
        if size > _LONGEST:
            self.replace(self.read()[-KEPT:])

    def replace(self, heads: Iterable[Head]) -> None:
        """Keep these heads and no others."""
        write(self.path, "".join(f"{head.line}\n" for head in heads).encode())

    def _lines(self) -> list[str]:
        if not self.path.is_file():
            return []
        return self.path.read_bytes().decode("ascii", "replace").splitlines()


def _read(line: str) -> Head | None:
    match = _LINE.fullmatch(line)
    if match is None or _sum(f"{match[1]} {match[2]}") != match[3]:
        return None
    return Head(int(match[1]), match[2])


def _sum(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:8]
