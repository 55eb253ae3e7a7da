"""Whether there is room on a disk for a backup, or for what is restored from one; looked at before anything is written."""

from __future__ import annotations

import shutil
from pathlib import Path

from staffelstab.backup.collecting import collect
from staffelstab.backup.manifest import Manifest
from staffelstab.errors import BackupError

_EACH = 4096
"""What a file or folder takes beside its content, at most."""
_MARGIN = 1 << 20


def room_of(root: Path, ledger: int) -> int:
    """How many bytes a backup of the folder takes, its ledger having so many: too many rather than too few."""
    return ledger + sum(_EACH + found.size * found.is_file for found in collect(root)) + _MARGIN


def room_for(manifest: Manifest) -> int:
    """How many bytes that takes which a backup holds."""
    return sum(packed.size + _EACH for packed in manifest.files) + _EACH * len(manifest.folders)


def refuse_full(folder: Path, size: int) -> None:
    """Raises BackupError if fewer than `size` bytes are free on the disk on which the folder lies."""
    free = shutil.disk_usage(folder).free
    if free < size:
        raise BackupError("backup.full", folder=str(folder), needed=_megabytes(size), free=_megabytes(free))


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)
