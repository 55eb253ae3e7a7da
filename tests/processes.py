"""What Linux tells of processes: who started whom, with which words, and where they listen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

LISTENING = "0A"
_FAMILIES = ("tcp", "tcp6")


def descendants(process: int) -> Iterator[int]:
    """The processes that a process has started, and those that they have."""
    for thread in Path(f"/proc/{process}/task").glob("*"):
        for child in told(process, f"task/{thread.name}/children").split():
            yield int(child)
            yield from descendants(int(child))


def told(process: int, name: str) -> str:
    """A file of a process; empty if it has gone."""
    try:
        return Path(f"/proc/{process}/{name}").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def parent_of(process: int) -> int:
    """Who started a process; 0 if it has gone."""
    return int((told(process, "stat").rpartition(")")[2].split() or ["", "0"])[1])


def listening(process: int) -> list[tuple[str, int]]:
    """Where a process listens: address, as Linux writes it, and port."""
    own = set()
    for descriptor in Path(f"/proc/{process}/fd").glob("*"):
        with suppress(OSError):
            own.add(str(descriptor.readlink()))
    lines = [line.split() for family in _FAMILIES for line in told(process, f"net/{family}").splitlines()[1:]]
    places = [words[1].split(":") for words in lines if words[3] == LISTENING and f"socket:[{words[9]}]" in own]
    return [(address, int(port, 16)) for address, port in places]
