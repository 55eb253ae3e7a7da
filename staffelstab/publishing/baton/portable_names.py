"""File names that arrive unharmed on the successor's computer, whichever it is.

BagIt encodes "%" and line breaks in manifests, `sha256sum` does not decode them, Windows refuses some characters, macOS writes
umlauts in two characters: so such names are refused or written in their composed form (NFC).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from staffelstab.errors import BatonError

_PART = re.compile(r'[^\x00-\x1f\x7f\ud800-\udfff\\/%:*?"<>|\s.][^\x00-\x1f\x7f\ud800-\udfff\\/%:*?"<>|]*(?<![\s.])')
_LONGEST = 240
"""Bytes in one part of a path; common file systems end at 255."""


def portable(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """`files` by composed name, sorted. Raises BatonError for a name that does not travel, or two that fall together."""
    composed: dict[str, bytes] = {}
    seen: set[str] = set()
    for name in sorted(files):
        nfc = unicodedata.normalize("NFC", name)
        if not all(_PART.fullmatch(part) and len(part.encode()) <= _LONGEST for part in nfc.split("/")):
            raise BatonError("baton.name", file=nfc.encode("utf-8", "replace").decode()[:_LONGEST])
        if nfc.casefold() in seen:
            raise BatonError("baton.twice", file=nfc)
        seen.add(nfc.casefold())
        composed[nfc] = files[name]
    return dict(sorted(composed.items()))
