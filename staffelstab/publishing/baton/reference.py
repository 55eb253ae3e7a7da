"""What a phase hands on: a bag, known by number, kind and hash."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
INFO = "bag-info.txt"
DECLARATION = "bagit.txt"
SIGNATURE = f"{TAG_MANIFEST}.sig"
"""A signature may lie beside the tag manifest; it can be added later and is not part of the hash."""


@dataclass(frozen=True, slots=True)
class Baton:
    """A verified bag. `hash` is SHA-256 of its tag manifest, which vouches for every other file in it."""

    path: Path
    number: int
    kind: str
    hash: str
