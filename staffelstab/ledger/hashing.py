"""The hashes that prove what the ledger keeps.

An entry's hash is SHA-256 over the canonical JSON of all its other fields, the hash of the entry before it among them.
A commitment is SHA-256 over salt, kind, media type and bytes of a content: with the salt gone, no guess can be tested.
"""

from __future__ import annotations

import hashlib

from staffelstab.ledger.facts import canonical
from staffelstab.ledger.values import Content, Line


def sealed(line: Line) -> Line:
    """The same line with the hash that belongs to it. Raises ValueError if it holds what JSON cannot say."""
    fields = line._asdict()
    del fields["hash"]
    return line._replace(hash=hashlib.sha256(canonical(fields).encode()).hexdigest())


def commit(salt: bytes, content: Content) -> str:
    """The commitment to `content`: SHA-256(salt ‖ kind ‖ 0 ‖ media ‖ 0 ‖ data), hexadecimal."""
    return hashlib.sha256(b"\0".join((salt + content.kind.encode(), content.media.encode(), content.data))).hexdigest()
