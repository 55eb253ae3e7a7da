"""A small working folder that is for real (no rehearsal), and backups of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from staffelstab.backup.make import Made, Wish, make_backup
from staffelstab.backup.manifest import Manifest, Packed, encoded, sealed
from staffelstab.backup.tar import END, Member, padding, whole_seconds
from staffelstab.workspace import Workspace, create, find
from tests.conftest import at
from tests.year import PARTY

NOON = at("2018-01-08 12:00")
CANARY = "Kanarienvogel-Erika-Mustermann"
"""A name that nobody has: in the folder, and nowhere else."""


def real_folder(root: Path) -> Workspace:
    """A new working folder with two papers in its inbox, one of them in a file named after a person."""
    workspace = create(PARTY, root, now=at("2017-12-15"))
    for name, text in ((f"{CANARY}.txt", f"Von: {CANARY}\n\nDie Gewässer."), ("Bedürfnisse.txt", "Ein Text.")):
        paper = workspace.inbox / "beitraege" / name
        paper.write_text(text, encoding="utf-8")
        os.utime(paper, ns=(1_515_400_000_123_456_789,) * 2)
    return workspace


def back_up(root: Path, target: Path, now: dt.datetime = NOON, **wish: object) -> Made:
    """A backup into a folder, which is made if it is not there."""
    target.mkdir(exist_ok=True)
    return make_backup(find(root), target, now, Wish(**wish))  # type: ignore[arg-type]  # named as the fields are


def enter(root: Path, n: int, first: int = 0) -> None:
    """So many entries more."""
    with find(root).open() as ledger:
        for number in range(first, first + n):
            ledger.append("note", at=NOON, key=f"note:{number}")


def files(root: Path) -> dict[str, tuple[str, int, int]]:
    """Every file of a folder but the ledger and what is about this very copy: hash, time of change, mode."""
    apart = {"ledger.db", "ledger.db-wal", "ledger.db-shm", ".backup"}
    return {
        path.relative_to(root).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name not in apart
    }


def folders(root: Path) -> list[str]:
    """Every folder below a folder."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_dir())


def forged(contents: Iterable[tuple[str, bytes]], inside: Iterable[str] = (), **changed: object) -> bytes:
    """A backup that is in order in itself, whatever its paths are: as somebody would make it who means harm."""
    packed, data = [], Member("folder/").header
    names = list(inside)
    for name in names:
        data += Member(f"folder/{name}/").header
    for path, content in contents:
        packed.append(Packed(path, len(content), 0, hashlib.sha256(content).hexdigest()))
        data += Member(f"folder/{path}", len(content), whole_seconds(0)).header + content + padding(len(content))
    fields: dict[str, object] = {
        "format": 1,
        "program": "0",
        "plan": "p",
        "made": NOON,
        "ledger": "0" * 64,
        "entry": 1,
        "hash": "0" * 64,
        "folders": tuple(names),
        "files": tuple(packed),
    }
    manifest = encoded(Manifest(**fields | changed))  # type: ignore[arg-type]  # named as the fields are
    for name, content in (("manifest.json", manifest), ("manifest.sha256", sealed(manifest))):
        data += Member(name, len(content)).header + content + padding(len(content))
    return data + END
