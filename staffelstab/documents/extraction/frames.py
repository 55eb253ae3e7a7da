"""Messages between the parent and its worker: a length (8 bytes, big-endian), then that many bytes."""

from __future__ import annotations

import struct
from typing import BinaryIO

HEAD = struct.Struct(">Q")


def framed(*payloads: bytes) -> bytes:
    """The payloads, each behind its length."""
    return b"".join(part for payload in payloads for part in (HEAD.pack(len(payload)), payload))


def read_frame(stream: BinaryIO) -> bytes:
    """The next payload. Raises EOFError when the other side has gone."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        raise EOFError
    (length,) = HEAD.unpack(head)
    payload = stream.read(length)
    if len(payload) < length:
        raise EOFError
    return payload
