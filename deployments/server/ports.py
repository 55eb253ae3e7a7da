"""Which port a working folder's interface has: that of the last time, so that bookmarks hold, or else the next one that is free."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from staffelstab.files import write

PORT = 4200
TRIED = 100
"""So many ports from `PORT` on are tried."""

_FILE = "port"


def candidates(home: Path) -> Iterator[int]:
    """The ports to try for the server whose folder is `home`, the best first."""
    last = remembered_port(home)
    if last:
        yield last
    yield from (port for port in range(PORT, PORT + TRIED) if port != last)


def remembered_port(home: Path) -> int | None:
    """The port of the last time; None if there was none."""
    try:
        found = int((home / _FILE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return found if 0 < found < 1 << 16 else None


def remember_port(home: Path, port: int) -> None:
    """Keep the port for the next time."""
    write(home / _FILE, f"{port}\n".encode())
