"""Which file system a folder lies on: SQLite's locks cannot be relied upon across a network."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

_MOUNTS = Path("/proc/mounts")
_NETWORK = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "davfs", "fuse.davfs", "fuse.sshfs", "fuse.rclone")
)


def is_remote(folder: Path) -> bool:
    """Whether `folder` lies on a network drive, as far as this system tells (Linux)."""
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system(PurePosixPath(folder.resolve()), mounts) in _NETWORK


def file_system(folder: PurePosixPath, mounts: str) -> str:
    """The type of the file system that holds `folder`, by the lines of /proc/mounts (octal escapes for blanks)."""
    found, depth = "", -1
    for line in mounts.splitlines():
        fields = [re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), field) for field in line.split(" ")]
        if len(fields) < 3 or not folder.is_relative_to(point := PurePosixPath(fields[1])):
            continue
        if len(point.parts) >= depth:
            found, depth = fields[2], len(point.parts)
    return found
