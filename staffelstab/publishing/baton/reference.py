"""What a phase hands on: a bag, known by number, kind and hash."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from staffelstab.ledger.heads import Head

MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
INFO = "bag-info.txt"
HEAD = "Ledger-Head"
"""The label under which bag-info.txt names the last entry of the ledger that went into the baton: its number and its hash."""
DECLARATION = "bagit.txt"
SIGNATURE = f"{TAG_MANIFEST}.sig"
"""A signature may lie beside the tag manifest; it can be added later and is not part of the hash."""


@dataclass(frozen=True, slots=True)
class Baton:
    """A verified bag. `hash` is SHA-256 of its tag manifest, which vouches for every other file in it.

    `head` is the ledger's entry of which it was made; batons of earlier versions name none.
    """

    path: Path
    number: int
    kind: str
    hash: str
    head: Head | None = None
