"""The journal of the disturbed year beside that of the undisturbed one: equal but for the recorded delays.

Compared is every entry that says something of the matter: what came in and was read, each letter, each printed and frozen paper,
outcome, hand-over, date, by kind, phase, subject and key, with its facts and the digest of its content. Ids and salts are drawn
anew in each folder, so an id counts as what it stands for. Not compared one by one are the entries by which runs note that they
were there ("pass", "surveyed"): how often something runs is no matter of content.
"""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Entry
from staffelstab.workspace import find
from tests.conftest import BERLIN

NOTES = frozenset({"genesis", "pass", "surveyed"})
DELAY = dt.timedelta(minutes=1)
"""Runs are about their moments to the microsecond; what a person enters, and the pass at opening, takes some seconds."""
BAG = "hash"
"""What a hand-over says of its bag, whose files are compared themselves."""
HASH = re.compile(r"\b[0-9a-f]{64}\b")
SECONDS = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(:\d\d(\.\d+)?)")

Identity = tuple[str, str, str, str]


@dataclass(frozen=True)
class Item:
    """An entry, told without ids: what it is, and what it says."""

    identity: Identity
    at: dt.datetime
    seq: int
    facts: Mapping[str, object]
    digest: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Window:
    """A time for which a delay is known to have a cause: what was due in it came by `until`."""

    begin: dt.datetime
    end: dt.datetime
    until: dt.datetime
    why: str


@dataclass
class Comparison:
    """What two journals have in common, and each difference with its reason."""

    same: int = 0
    phases: set[str] = field(default_factory=set)
    """The phases of what came later, or says something else because of that."""
    delayed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """What frozen papers say differently, line by line."""


def journal(root: Path) -> dict[Identity, Item]:
    """The entries of a folder that say something of the matter, in order."""
    with find(root).open(read_only=True) as ledger:
        entries = ledger.entries()
        names = _names(ledger, entries)
        return {item.identity: item for item in _items(ledger, entries, names)}


def _names(ledger: Ledger, entries: Iterable[Entry]) -> dict[str, str]:
    """What each id stands for: a paper for its content's key, which the folder's secret makes; an object for its digest.

    A letter about a date that was moved is called by the number of the entry, and stands for the entry.
    """
    names: dict[str, str] = {}
    for entry in entries:
        if entry.kind == "received":
            names[entry.subject] = f"paper {entry.key}"
        if entry.kind in {"amended", "confirmed"}:
            names[str(entry.seq)] = f"{entry.kind} {entry.subject}"
        if entry.object:
            names[entry.object] = _digest(ledger.content(entry.object) or b"")
    return names


def _items(ledger: Ledger, entries: Iterable[Entry], names: Mapping[str, str]) -> Iterator[Item]:
    times: dict[Identity, int] = {}
    for entry in entries:
        if entry.kind in NOTES:
            continue
        content = ledger.content(entry.object) if entry.object else None
        plain = (entry.kind, entry.phase, _named(entry.subject, names), _named(entry.key or "", names))
        times[plain] = times.get(plain, 0) + 1
        identity = (*plain[:3], plain[3] or f"no. {times[plain]}")
        facts = {name: _told(value, names) for name, value in entry.facts.items() if name != BAG}
        yield Item(identity, entry.at, entry.seq, facts, _digest(content or b""), content or b"")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _named(text: str, names: Mapping[str, str]) -> str:
    return ":".join(names.get(part, part) for part in text.split(":"))


def _told(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, list):
        return [_told(each, names) for each in value]
    return SECONDS.sub(r"\1", _named(value, names)) if isinstance(value, str) else value


def compare(calm: dict[Identity, Item], live: dict[Identity, Item], windows: Iterable[Window]) -> Comparison:
    """The live journal beside the undisturbed one."""
    found, windows = Comparison(), tuple(windows)
    for identity in (*calm.keys() - live.keys(), *live.keys() - calm.keys()):
        where, item = ("missing", calm[identity]) if identity in calm else ("more", live[identity])
        _tell(found, found.changed, identity, f"{where}: {_shown(item)}", _cause(item.at, item.at, windows))
    common = [identity for identity in calm if identity in live]
    late: set[Identity] = set()
    quoted: set[str] = set()  # in a paper that came later, and therefore in none after it
    follows: set[str] = set()
    for identity in common:
        one, other = calm[identity], live[identity]
        cause = _cause(one.at, other.at, windows)
        if abs(other.at - one.at) > DELAY:
            late.add(identity)
            line = f"{_shown(one)}: {_wall(other.at)}"
            _tell(found, found.delayed, identity, line, cause)
        if (one.facts, one.digest) == (other.facts, other.digest):
            found.same += 1
        else:
            moved = cause if other.at != one.at else ""  # documents bear the second in which they became final
            lines = _lines(one, other)
            if moved:
                quoted |= {line[1:] for line in lines if line.startswith("+> ")}
            elif lost := {line[1:] for line in lines if line.startswith("-> ")}:
                follows |= {identity[2]} if _told_of(lost, quoted) else set()
            moved = moved or ("the delayed paper before it has it already" if identity[2] in follows else "")
            _tell(found, found.changed, identity, f"{_shown(one)}: {_unlike(one, other)}", moved)
            found.lines += lines
    punctual = [identity for identity in common if identity not in late]
    order = sorted(punctual, key=lambda identity: live[identity].seq)
    found.unexplained += [f"another order: {_shown(calm[a])}" for a, b in zip(punctual, order, strict=True) if a != b][
        :20
    ]
    return found


def _told_of(lost: set[str], quoted: set[str]) -> bool:
    """Whether everything that a paper no longer quotes stands in one that came later; who is quoted is told in other words."""
    return {line for line in lost if not line.startswith("> — ")} <= quoted


def _tell(found: Comparison, kind: list[str], identity: Identity, line: str, cause: str) -> None:
    if cause:
        kind.append(f"{line} · {cause}")
        found.phases.add(identity[1])
    else:
        found.unexplained.append(f"{line} · for no known reason")


def _cause(calm: dt.datetime, live: dt.datetime, windows: Iterable[Window]) -> str:
    return next((item.why for item in windows if item.begin <= calm <= item.end and live <= item.until), "")


def _shown(item: Item) -> str:
    kind, phase, subject, key = item.identity
    return f"{_wall(item.at)} {' '.join(filter(None, (kind, phase, subject[:24], key[:60])))}"


def _wall(moment: dt.datetime) -> str:
    return f"{moment.astimezone(BERLIN):%Y-%m-%d %H:%M:%S}"


def _unlike(one: Item, other: Item) -> str:
    names = [name for name in {**one.facts, **other.facts} if one.facts.get(name) != other.facts.get(name)]
    return ", ".join([*names, *(["content"] if one.digest != other.digest else [])])


def _lines(one: Item, other: Item) -> list[str]:
    """How a paper's Markdown differs."""
    if one.digest == other.digest or not one.identity[3].endswith(":md"):
        return []
    before, after = (item.content.decode("utf-8", "replace").splitlines() for item in (one, other))
    changes = difflib.unified_diff(before, after, lineterm="", n=0)
    return [_shown(one), *(line for line in changes if line[:2] not in {"--", "++", "@@"})]


def bags(calm: Path, live: Path, late: set[str]) -> tuple[int, list[str], list[str]]:
    """The bags handed over, file by file: how many are equal, which are not in phases that were `late`, and which elsewhere.

    Times count to the minute, and not the hash by which a bag names the one before.
    """
    same, explained, others = 0, [], []
    places = {path.relative_to(root) for root in (calm, live) for path in (root / "batons").glob("*/data/**/*")}
    for place in sorted(places):
        one, other = (_plain(root / place) for root in (calm, live))
        if one == other:
            same += 1
        elif f"phase-{place.parts[1].partition('-')[0]}" in late:
            explained.append(place.as_posix())
        else:
            others.append(place.as_posix())
    return same, explained, others


def _plain(path: Path) -> bytes:
    data = path.read_bytes() if path.is_file() else str(path.is_dir()).encode()
    if path.suffix not in {".json", ".csv", ".md", ".txt"}:
        return data
    return HASH.sub("#", SECONDS.sub(r"\1", data.decode("utf-8", "replace"))).encode()


def texts(root: Path) -> Iterator[str]:
    """Everything that was submitted or entered, as text: paragraphs, cells, heads of mails, points of discussions."""
    with find(root).open(read_only=True) as ledger:
        for entry in ledger.entries("read", "decided"):
            content = ledger.content(entry.object) if entry.object else None
            if content:
                yield from _strings(json.loads(content))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
