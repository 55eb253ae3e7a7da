"""The tar file of a backup, in the one form in which we write it, so that reading can compare every byte.

What `tar` makes of it everybody can see without Staffelstab. Members are ordinary files and folders for their owner only. A name
that is long or not ASCII stands in a pax record before its member, as does a size that the old header has no room for. Python's own
module writes headers that have changed from version to version; a backup must be readable for years.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import BinaryIO

from staffelstab.errors import BackupError

BLOCK = 512
END = bytes(2 * BLOCK)
"""What stands at the end, and nothing after it."""

_FILE, _FOLDER, _MORE = b"0", b"5", b"x"
_MODES = {_FILE: 0o600, _FOLDER: 0o700, _MORE: 0o600}
_MOST = 8**11 - 1
_LONGEST = 16 << 10
_RECORD = re.compile(rb"([1-9][0-9]*) (path|size)=(.*)\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Member:
    """A file, or a folder, whose name ends in "/": how long it is, and when it was changed last (seconds)."""

    name: str
    size: int = 0
    seconds: int = 0

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.name.endswith("/")

    @property
    def header(self) -> bytes:
        """Everything that stands before the content."""
        name, kind = os.fsencode(self.name), _FOLDER if self.is_folder else _FILE
        records = _record(b"path", name) if len(name) > 100 or not name.isascii() else b""
        if self.size > _MOST:
            records += _record(b"size", b"%d" % self.size)
        more = _block(b"pax", len(records), 0, _MORE) + records + padding(len(records)) if records else b""
        short = bytes(letter for letter in name if letter < 0x80)[:100]
        return more + _block(short, min(self.size, _MOST), self.seconds, kind)


def whole_seconds(nanoseconds: int) -> int:
    """A time as a header has it, which knows neither parts of a second nor all years."""
    return min(max(nanoseconds // 1_000_000_000, 0), _MOST)


def padding(size: int) -> bytes:
    """What fills the last block of a content."""
    return bytes(-size % BLOCK)


def next_member(stream: BinaryIO) -> Member | None:
    """The member whose header begins here, its content comes next; None at the end. Raises BackupError if it is not of ours."""
    begin = stream.tell()
    block = stream.read(BLOCK)
    if block == END[:BLOCK]:
        if stream.read(2 * BLOCK) != END[BLOCK:]:
            raise BackupError("backup.damaged")
        return None
    records = b""
    if block[156:157] == _MORE:
        size = _number(block[124:135])
        if size > _LONGEST:
            raise BackupError("backup.damaged")
        records = stream.read(size + len(padding(size)))[:size]
        block = stream.read(BLOCK)
    member = _member(block, _values(records))
    length = stream.tell() - begin
    stream.seek(begin)
    if stream.read(length) != member.header:
        raise BackupError("backup.damaged")
    return member


def _member(block: bytes, more: dict[bytes, bytes]) -> Member:
    if len(block) != BLOCK:
        raise BackupError("backup.damaged")
    name = more.get(b"path", block[:100].rstrip(b"\0"))
    size = _number(more[b"size"], 10) if b"size" in more else _number(block[124:135])
    return Member(os.fsdecode(name), size, _number(block[136:147]))


def _values(records: bytes) -> dict[bytes, bytes]:
    """What the records before a member say; whatever else stands there is found out when the header is compared."""
    found: dict[bytes, bytes] = {}
    while match := re.match(rb"([1-9][0-9]{0,8}) ", records):
        record, records = records[: int(match[1])], records[int(match[1]) :]
        if known := _RECORD.fullmatch(record):
            found[known[2]] = known[3]
    return found


def _record(name: bytes, value: bytes) -> bytes:
    """A pax record, which begins with its own length."""
    rest = b" %s=%s\n" % (name, value)
    length = len(rest)
    while len(b"%d" % length) + len(rest) != length:
        length = len(b"%d" % length) + len(rest)
    return b"%d%s" % (length, rest)


def _block(name: bytes, size: int, seconds: int, kind: bytes) -> bytes:
    before = name.ljust(100, b"\0") + b"%07o\0" % _MODES[kind] + 2 * b"0000000\0" + b"%011o\0%011o\0" % (size, seconds)
    after = kind + bytes(100) + b"ustar\00000" + bytes(64) + 2 * b"0000000\0" + bytes(167)
    return before + b"%06o\0 " % (sum(before) + sum(after) + 8 * ord(" ")) + after


def _number(digits: bytes, base: int = 8) -> int:
    try:
        return int(digits, base)
    except ValueError:
        raise BackupError("backup.damaged") from None
