"""Heads of the journal that are kept outside of the ledger: number and hash of an entry that was written once.

Each entry's hash vouches for all entries before it, so a head that somebody else keeps shows that the ledger beside it was
exchanged for an older one, cut, or written anew. They travel in batons, and in a small file beside the ledger that every
transaction adds to. A second such file lies outside of the working folder, where whoever puts back an older copy of the whole
folder does not reach by mistake. A head may be missing there (a lost line is no damage to the ledger), never the other way round.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from contextlib import suppress
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
    """The file in which a working folder keeps the heads of its ledger (mode 0600), the newest last.

    `elsewhere` is the second file, outside of the folder. It is a help: where it cannot be written, the first one has to do.
    """

    path: Path
    elsewhere: Path | None = None

    def read(self) -> tuple[Head, ...]:
        """The heads, in the order written; a line that is damaged or incomplete says nothing."""
        return (*_heads(self.path), *(_heads(self.elsewhere) if self.elsewhere else ()))

    def damaged(self) -> int:
        """How many lines say nothing; the last one may be incomplete, when a process was killed or the power failed."""
        return sum(_read(line) is None for line in _lines(self.path)[:-1])

    def note(self, head: Head) -> None:
        """Add the newest head. Not waited for: should it be lost, the one before it still tells."""
        _add(self.path, head)
        if self.elsewhere:
            with suppress(OSError):
                _add(self.elsewhere, head)

    def replace(self, heads: Iterable[Head]) -> None:
        """Keep these heads and no others."""
        kept = tuple(heads)
        _keep(self.path, kept)
        if self.elsewhere:
            try:
                _keep(self.elsewhere, kept)
            except OSError:
                if self.elsewhere.exists():
                    raise  # it would go on saying what no longer holds


def kept_elsewhere(folder: Path) -> Path | None:
    """Where this machine keeps the heads of a working folder outside of it; None if the user has no home.

    The file is called by a hash of the folder's place, so a copy of the folder in another place has another one.
    """
    place = state_folder()
    called = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    return place / f"{called}.heads" if place else None


def state_folder() -> Path | None:
    """Where what we keep of one user lies, outside of any working folder (XDG_STATE_HOME); None without a home."""
    given, home = os.environ.get("XDG_STATE_HOME", ""), os.environ.get("HOME", "")
    place = Path(given) if given else Path(home) / ".local" / "state"
    return place / "staffelstab" if place.is_absolute() else None


def _heads(path: Path) -> tuple[Head, ...]:
    return tuple(head for line in _lines(path) if (head := _read(line)) is not None)


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        return []
    return path.read_bytes().decode("ascii", "replace").splitlines()


def _add(path: Path, head: Head) -> None:
    make_private(path.parent)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, PRIVATE_FILE)
    try:
        size = os.fstat(handle).st_size
        torn = size and os.pread(handle, 1, size - 1) != b"\n"
        os.write(handle, f"{chr(10) if torn else ''}{head.line}\n".encode())
    finally:
        os.close(handle)
    if size > _LONGEST:
        _keep(path, _heads(path)[-KEPT:])


def _keep(path: Path, heads: Iterable[Head]) -> None:
    write(path, "".join(f"{head.line}\n" for head in heads).encode())


def _read(line: str) -> Head | None:
    match = _LINE.fullmatch(line)
    if match is None or _sum(f"{match[1]} {match[2]}") != match[3]:
        return None
    return Head(int(match[1]), match[2])


def _sum(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:8]
