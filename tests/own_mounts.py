"""Mounts that nobody but this thread and what it starts can see, and that are gone with it, however it ends (Linux, as root)."""

from __future__ import annotations

import ctypes
import os
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

NEW_MOUNTS = 0x00020000  # CLONE_NEWNS
_libc = ctypes.CDLL(None, use_errno=True)


@contextmanager
def own_mounts() -> Generator[bool]:
    """Within the block mounts are our own; whether that could be had. A kernel that refuses leaves everything as it was."""
    here = Path.cwd()
    with Path("/proc/thread-self/ns/mnt").open("rb") as others:
        if _libc.unshare(NEW_MOUNTS):
            yield False
            return
        try:
            yield subprocess.run(["mount", "--make-rprivate", "/"], capture_output=True, check=False).returncode == 0
        finally:
            assert _libc.setns(others.fileno(), NEW_MOUNTS) == 0, os.strerror(ctypes.get_errno())
            os.chdir(here)  # it was left at the root


def mounted_disk(place: Path, kilobytes: int) -> bool:
    """Mount a disk of so many kilobytes; whether it is there."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(place)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
