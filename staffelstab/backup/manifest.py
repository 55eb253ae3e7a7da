"""The manifest of a backup: what lies in it, byte for byte, and which state of the ledger it is."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable

import msgspec

from staffelstab.errors import BackupError
from staffelstab.ledger.heads import Head

FORMAT = 1
"""Raised when a backup is written in another form; one of a newer form is not read."""

INSIDE = "folder/"
"""Below it lies the working folder."""
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
LONGEST_PATH, DEEPEST = 2048, 64
"""So many bytes a path in a backup may have, and so many folders it may lead through; both are more than people make."""
LONGEST = 256 << 20
"""So many bytes a manifest may have; a million files fit in."""


class Packed(msgspec.Struct, frozen=True):
    """A file of the working folder: its path, size, last change in nanoseconds, and SHA-256."""

    path: str
    size: int
    changed: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds. `ledger` is the hash of the ledger's first entry, `entry` and `hash` name its last one."""

    format: int
    program: str
    plan: str
    made: dt.datetime
    ledger: str
    entry: int
    hash: str
    folders: tuple[str, ...]
    files: tuple[Packed, ...]

    @property
    def head(self) -> Head:
        """The last entry of the ledger in the backup."""
        return Head(self.entry, self.hash)


def encoded(manifest: Manifest) -> bytes:
    """The manifest as it lies in the backup: JSON, with one line for each file."""
    rows = [json.dumps(msgspec.to_builtins(packed)) for packed in manifest.files]
    head = {name: value for name, value in msgspec.to_builtins(manifest).items() if name != "files"}
    text = json.dumps(head, indent=1).removesuffix("\n}")
    return f'{text},\n "files": [\n{_lines(rows)}]\n}}\n'.encode()


def sealed(data: bytes) -> bytes:
    """The line by which the manifest is checked, as `sha256sum -c` reads it."""
    return f"{hashlib.sha256(data).hexdigest()}  {MANIFEST}\n".encode()


def decoded(data: bytes) -> Manifest:
    """What a manifest says. Raises BackupError if it is none, or of a newer form."""
    try:
        found = json.loads(data)
        if isinstance(found, dict) and isinstance(form := found.get("format"), int) and form > FORMAT:
            raise BackupError("backup.newer")
        manifest = msgspec.convert(found, Manifest)
    except (ValueError, RecursionError):
        raise BackupError("backup.damaged") from None
    if manifest.made.tzinfo is None:
        raise BackupError("backup.damaged")
    return manifest


def _lines(rows: Iterable[str]) -> str:
    return "".join(f"  {row},\n" for row in rows).removesuffix(",\n") + "\n"
