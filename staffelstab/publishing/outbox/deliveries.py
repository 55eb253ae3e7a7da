"""What became of each letter for each person, as the ledger knows it.

    released    a person, or a rule of the plan, has let a letter go: its content is what leaves, word for word; or takes it back
    delivery    this person is to get it, and how: entered before anything is tried
    attempt     it is being handed to the mail server
    outcome     what became of that, or what a person says of it

An attempt without an outcome is one during which the machine stopped: nobody knows, and a person is asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from staffelstab.ledger.entries import Attempted, Concluded, Intended, Released
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Entry

State = Literal["to_send", "to_post", "later", "sent", "posted", "refused", "unknown", "withdrawn"]
KINDS = ("released", "delivery", "attempt", "outcome")
GAPS = (
    dt.timedelta(minutes=15),
    dt.timedelta(hours=1),
    dt.timedelta(hours=4),
    dt.timedelta(hours=12),
    dt.timedelta(days=1),
    dt.timedelta(days=1),
    dt.timedelta(days=2),
)
"""After the first attempt, the second …: so long until the next (RFC 5321, 4.5.4.1 asks for four or five days in all)."""
OVER = frozenset({"sent", "posted", "refused", "withdrawn"})
"""Nothing more happens by itself."""


@dataclass
class Delivery:
    """One letter for one person: `way` is "mail" or "post"; `tried` counts the attempts, `last` is when the last one was."""

    letter: str
    person: str
    way: str
    offices: tuple[str, ...]
    state: State
    tried: int = 0
    code: int = 0
    last: dt.datetime | None = None

    def is_due(self, now: dt.datetime) -> bool:
        """Whether it is to be tried now (aware)."""
        if self.state == "to_send":
            return True
        return self.state == "later" and self.last is not None and now >= self.last + GAPS[self.tried - 1]


@dataclass
class Release:
    """A letter that was let go: by which office, when, the content that leaves, and for whom."""

    letter: str
    by: str
    at: dt.datetime
    content: str
    deliveries: list[Delivery] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """Whether everybody has it, or will not get it."""
        return bool(self.deliveries) and all(item.state in OVER for item in self.deliveries)


def releases(ledger: Ledger, until: dt.datetime) -> dict[str, Release]:
    """Every letter that is let go and not taken back, by its key."""
    return releases_in(ledger.entries(*KINDS, until=until))


def releases_in(entries: Iterable[Entry]) -> dict[str, Release]:
    """The same from entries in their order; those of other kinds are passed over."""
    found: dict[str, Release] = {}
    known: dict[tuple[str, str], Delivery] = {}
    for entry in entries:
        if entry.kind == "released":
            _release(found, Released.of(entry))
        elif entry.kind == "delivery" and entry.subject in found:
            meant = Intended.of(entry)
            made = Delivery(meant.letter, meant.person, meant.way, meant.offices, _begin(meant.way))
            known[meant.letter, meant.person] = made
            found[meant.letter].deliveries.append(made)
        elif entry.kind == "attempt":
            begun = Attempted.of(entry)
            if delivery := known.get((begun.letter, begun.person)):
                delivery.state, delivery.tried, delivery.last = "unknown", begun.number, entry.at
        elif entry.kind == "outcome":
            _conclude(known, Concluded.of(entry))
    return found


def _begin(way: str) -> State:
    return "to_send" if way == "mail" else "to_post"


def _release(found: dict[str, Release], said: Released) -> None:
    earlier = found.get(said.letter)
    if said.withdrawn:
        for delivery in earlier.deliveries if earlier else ():
            if delivery.state in ("to_send", "to_post", "later"):
                delivery.state = "withdrawn"
        if earlier and not any(item.state != "withdrawn" for item in earlier.deliveries):
            found.pop(said.letter)
    elif earlier is None and said.content:
        found[said.letter] = Release(said.letter, said.by, said.at, said.content)


def _conclude(known: dict[tuple[str, str], Delivery], said: Concluded) -> None:
    delivery = known.get((said.letter, said.person))
    if delivery is None:
        return
    delivery.code = said.code
    if said.result == "later" and delivery.tried > len(GAPS):
        delivery.state = "refused"
    else:
        delivery.state = said.result
