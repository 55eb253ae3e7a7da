"""Search: asked by a form that is sent, answered under an address that says nothing of what was asked.

What people look for may be a name or an illness. In an address it would stay in the browser's history and suggestions, in
bookmarks, and in the logs of whatever stands before the server in a larger installation. So the words are sent as a form's content
(POST), kept in this process's memory under a random number, and the browser is led to that number (GET): going back from a citation
works, a reload asks nothing again, and history holds the number alone. The number works within the same signed-in session only, and
is forgotten with the process or when newer searches take its place. Neither the page's title nor a log names the words.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote

from starlette.responses import Response

from pages.visit import Visit
from staffelstab.ledger.entropy import LIVE
from staffelstab.service.phase_run import Run
from staffelstab.service.search.citable_passages import KINDS, Kind
from staffelstab.service.search.index import LONGEST, SHOWN, Hit, Kept

MOST_ASKED = 500
"""So many searches are remembered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looked for; `kind` "" for everything."""

    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A hit with its address."""

    hit: Hit
    address: str


class Searches:
    """What was asked lately, by place and number. May be shared by threads."""

    def __init__(self, most: int = MOST_ASKED) -> None:
        self._asked: OrderedDict[tuple[str, str], Asked] = OrderedDict()
        self._most = most
        self._one = threading.Lock()

    def remember(self, place: str, asked: Asked) -> str:
        """The number under which the question is known at this place from now on."""
        number = LIVE.bytes(12, "search").hex()
        with self._one:
            self._asked[place, number] = asked
            while len(self._asked) > self._most:
                self._asked.popitem(last=False)
        return number

    def find(self, place: str, number: str) -> Asked | None:
        """The question; None if it is no longer known."""
        return self._asked.get((place, number))


SEARCHES = Searches()
INDEXES = Kept()
PREPARING = threading.Lock()


def ask(visit: Visit) -> Response:
    """Take a question, and lead to its answer."""
    kind = visit.fields.text("kind")
    asked = Asked(visit.fields.text("words")[: 2 * LONGEST], kind if kind in KINDS else "")
    return visit.go(f"archive/search/{SEARCHES.remember(visit.place, asked)}")


def answer(visit: Visit) -> Response:
    """What was found."""
    asked = SEARCHES.find(visit.place, visit.given["number"])
    if asked is None:
        return visit.shown("search", status=410, asked=Asked("", ""), found=None, citations=(), kinds=KINDS, most=SHOWN)
    found = INDEXES.index(visit.run).ask(asked.words, cast(Kind, asked.kind) if asked.kind else None)
    citations = [Citation(hit, visit.link(address(hit))) for hit in found.hits]
    return visit.shown("search", asked=asked, found=found, citations=citations, kinds=KINDS, most=SHOWN)


def address(hit: Hit) -> str:
    """Where a passage stands, below the plan's address."""
    passage = hit.passage
    anchor = f"#{passage.anchor}" if passage.anchor else ""
    match passage.kind:
        case "paper" | "minutes":
            return f"archive/papers/{passage.place}{anchor}"
        case "decision":
            return f"sessions/{quote(passage.place)}"
        case "letter":
            return f"outbox/{passage.place}"
        case "change":
            return "dates"
        case _:
            return f"archive/{'sheets' if anchor else 'records'}/{quote(passage.place, safe='')}{anchor}"


def prepare(run: Run) -> None:
    """Make the index while somebody is still typing; never twice at once."""
    if PREPARING.acquire(blocking=False):
        threading.Thread(target=_prepared, args=(run,), daemon=True).start()


def _prepared(run: Run) -> None:
    try:
        INDEXES.index(run)
    except Exception:  # noqa: BLE001 -- whoever asks is told; a thread's own report would quote what somebody wrote
        return
    finally:
        PREPARING.release()
