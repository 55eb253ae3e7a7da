"""Containers: archives with anything in them, in one another, mislabelled and broken."""

from __future__ import annotations

import random
import struct
import zipfile

from tests.fuzzing.bases import Bases, Sample
from tests.fuzzing.changes import ODD_TEXTS, bytes_changed
from tests.fuzzing.zips import archive, archive_changed


def made(chance: random.Random, bases: Bases) -> Sample:
    """An archive of samples, changed."""
    members = [_member(chance, bases, n) for n in range(chance.choice((0, 1, 2, 5, 12)))]
    data = archive(members, method=chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))
    for _ in range(chance.choice((0, 0, 1, 4, 55))):
        if len(data) > 1_000_000:
            break
        data = archive([(f"in{chance.choice(('.zip', '.txt', '.eml', '.docx'))}", data)])
    match chance.randrange(4):
        case 0:
            data = archive_changed(chance, data)
        case 1:
            data = _tables(chance, data)
        case 2:
            data = bytes_changed(chance, data)
        case _:
            data = chance.choice((b"", b"MZ" + bytes(100), b"#!/bin/sh\n")) + data
    return Sample(chance.choice(("a.zip", "a.docx", "a.txt", "a.eml", "x")), "zip", data)


def _member(chance: random.Random, bases: Bases, number: int) -> tuple[str, bytes]:
    sample = bases.any(chance)
    data = sample.data if chance.random() < 0.6 else bytes_changed(chance, sample.data)
    name = chance.choice((sample.name, sample.name, *ODD_TEXTS)).replace("\0", "")[:60_000] or f"{number}"
    return (name if chance.random() < 0.8 else f"{chance.choice(('../', '/', 'a/b/', 'C:/'))}{name}"), data


def _tables(chance: random.Random, data: bytes) -> bytes:
    """Sizes, methods, flags and places of the archive's own tables."""
    changed = bytearray(data)
    for mark, length in ((b"PK\x01\x02", 46), (b"PK\x03\x04", 30), (b"PK\x05\x06", 22)):
        at = data.rfind(mark) if chance.random() < 0.5 else data.find(mark)
        if at >= 0:
            field = chance.randrange(4, length - 1)
            value = chance.choice((0, 1, 8, 12, 14, 93, 99, 0xFFFF, chance.randrange(65536)))
            changed[at + field : at + field + 2] = struct.pack("<H", value)
    return bytes(changed)
