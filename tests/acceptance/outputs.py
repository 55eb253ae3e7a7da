"""What a working folder holds for people: its documents byte by byte, its hand-overs, its journal."""

from __future__ import annotations

import csv
import hashlib
import subprocess
import sys
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

from staffelstab.ledger.values import Entry
from staffelstab.workspace import find

FOR_PEOPLE = ("sessions", "batons", "calendar", "outbox", "publication", "reports", "index.html")
FORMATS = ("docx", "html", "md", "odt", "pdf")


def deliverables(root: Path, *, of: Iterable[str] = FOR_PEOPLE) -> dict[str, str]:
    """SHA-256 of every file that is made for people, by its path in the working folder."""
    places = [root / name for name in of]
    files = [path for place in places for path in (place.rglob("*") if place.is_dir() else [place]) if path.is_file()]
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)}


def journal(root: Path, *kinds: str) -> list[Entry]:
    """The entries of the ledger."""
    with find(root).open(read_only=True) as ledger:
        return ledger.entries(*kinds)


def table(root: Path, baton: str, name: str) -> list[dict[str, str]]:
    """A table that went along with a hand-over, row by row."""
    path = root / "batons" / baton / "data" / "tables" / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def info(bag: Path) -> dict[str, str]:
    """What a hand-over says of itself."""
    lines = (bag / "bag-info.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines)


def checked_by_coreutils(bag: Path) -> int:
    """Exit code of `sha256sum -c` over everything a bag lists, by a program that knows nothing of us."""
    lists = ["manifest-sha256.txt", "tagmanifest-sha256.txt"]
    return subprocess.run(["sha256sum", "--strict", "--quiet", "-c", *lists], cwd=bag, check=False).returncode


def checked_by_bagit(bag: Path) -> int:
    """Exit code of the reference implementation of BagIt."""
    command = [sys.executable, "-m", "bagit", "--quiet", "--validate", str(bag)]
    return subprocess.run(command, capture_output=True, check=False).returncode


def links(page: Path) -> list[str]:
    """Every address an HTML page leads to."""
    found = _Links()
    found.feed(page.read_text(encoding="utf-8"))
    return found.addresses


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value for name, value in attrs if name in {"href", "src"} and value]
