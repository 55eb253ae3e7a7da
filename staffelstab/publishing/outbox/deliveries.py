"""What became of each letter for each person, as the ledger knows it.

    released    a person, or a rule of the plan, has let a letter go: its content is what leaves, word for word; or takes it back
    addressed   on this day it was decided to whom it goes; whoever becomes reachable later is not sent it by surprise
    delivery    this person is to get it, and how: entered before anything is tried
    attempt     it is being handed to the mail server
    outcome     what became of that, or what a person says of it
    sent        somebody has sent the letter by hand: nothing more of it leaves
    restored    an older ledger was put back: what was open then may have left since

An attempt without an outcome is one during which the machine stopped: nobody knows, and a person is asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import msgspec

from staffelstab.ledger.entries import Attempted, Concluded, Intended, Released, Sent
from staffelstab.ledger.values import Entry

if TYPE_CHECKING:
    from staffelstab.ledger.store import Ledger

State = Literal[
    "to_send",
    "to_post",
    "later",
    "sent",
    "posted",
    "refused",
    "no_address",
    "unknown",
    "withdrawn",
    "by_hand",
    "settled",
]
KINDS = ("released", "addressed", "delivery", "attempt", "outcome", "sent", "restored")
GAPS = (
    dt.timedelta(minutes=15),
    dt.timedelta(hours=1),
    dt.timedelta(hours=4),
    dt.timedelta(hours=12),
    dt.timedelta(days=1),
    dt.timedelta(days=1),
    dt.timedelta(days=2),
)
"""After the first attempt, the second …: at least so long until the next (RFC 5321, 4.5.4.1 asks for four or five days in all)."""
OPEN = frozenset({"to_send", "to_post", "later"})
"""It is still to leave."""
ASKED = frozenset({"unknown", "refused", "no_address", "to_post"})
"""A person has to say or to do something."""


class Delivery(msgspec.Struct):
    """One letter for one person: `way` is "mail" or "post"; `tried` counts all attempts, `in_row` those since a person last asked
    for one, `last` is when the last one was."""

    letter: str
    person: str
    way: str
    offices: tuple[str, ...]
    state: State
    tried: int = 0
    in_row: int = 0
    code: int = 0
    last: dt.datetime | None = None

    @property
    def begin(self) -> State:
        """How it begins, and begins anew."""
        return "to_send" if self.way == "mail" else "to_post"

    def is_due(self, now: dt.datetime) -> bool:
        """Whether it is to be tried now (aware)."""
        if self.state == "to_send":
            return True
        return self.state == "later" and (self.last is None or now >= self.last + GAPS[self.in_row - 1])


class Release(msgspec.Struct):
    """A letter that was let go: by which office, when, the content that leaves, and for whom.

    `is_open` until it is taken back; `is_addressed` once it was decided to whom it goes; `times` counts how often it was let go.
    """

    letter: str
    by: str
    at: dt.datetime
    content: str
    is_open: bool = True
    is_addressed: bool = False
    times: int = 1
    deliveries: list[Delivery] = msgspec.field(default_factory=list)

    @property
    def leaves(self) -> bool:
        """Whether anything of it is still to leave."""
        return self.is_open and (not self.is_addressed or any(item.state in OPEN for item in self.deliveries))

    @property
    def over(self) -> bool:
        """Whether nothing is left to be done about it by anybody."""
        return self.is_addressed and not any(item.state in OPEN | ASKED for item in self.deliveries)

    def delivery_to(self, person: str) -> Delivery | None:
        """What is known of it for one person."""
        return next((item for item in self.deliveries if item.person == person), None)


def releases(ledger: Ledger, until: dt.datetime | None = None) -> dict[str, Release]:
    """Every letter that was let go, by its key, as it stands at a moment; without one as it stands now."""
    return releases_in(ledger.entries(*KINDS, until=until))


def releases_in(entries: Iterable[Entry]) -> dict[str, Release]:
    """The same from entries in their order; those of other kinds are passed over."""
    found: dict[str, Release] = {}
    for entry in entries:
        match entry.kind:
            case "released":
                _release(found, Released.of(entry))
            case "addressed" if entry.subject in found:
                found[entry.subject].is_addressed = True
            case "delivery" if entry.subject in found:
                _intend(found[entry.subject], Intended.of(entry))
            case "attempt" if entry.subject in found:
                _try(found[entry.subject], Attempted.of(entry), entry.at)
            case "outcome" if entry.subject in found:
                _conclude(found[entry.subject], Concluded.of(entry))
            case "sent":
                said = Sent.of(entry)
                if said.letter in found:
                    _by_hand(found[said.letter], undone=said.undone)
            case "restored":
                _restored(found)
    return found


def _release(found: dict[str, Release], said: Released) -> None:
    release = found.get(said.letter)
    if said.withdrawn:
        if release:
            release.is_open = False
            _turn(release, OPEN, "withdrawn")
    elif release is None and said.content:
        found[said.letter] = Release(said.letter, said.by, said.at, said.content)
    elif release is not None and not release.is_open:
        release.by, release.at, release.content = said.by, said.at, said.content or release.content
        release.is_open, release.is_addressed = True, False
        release.times += 1


def _intend(release: Release, meant: Intended) -> None:
    """Whoever is meant gets it; who has it, or may have it, not a second time."""
    known = release.delivery_to(meant.person)
    if known is None:
        made = Delivery(meant.letter, meant.person, meant.way, meant.offices, "to_send")
        made.state = made.begin
        release.deliveries.append(made)
    elif known.state == "withdrawn":
        known.way, known.offices, known.in_row = meant.way, meant.offices, 0
        known.state = known.begin


def _try(release: Release, begun: Attempted, at: dt.datetime) -> None:
    delivery = release.delivery_to(begun.person)
    if delivery:
        delivery.state, delivery.tried, delivery.last = "unknown", begun.number, at
        delivery.in_row += 1


def _conclude(release: Release, told: Concluded) -> None:
    delivery = release.delivery_to(told.person)
    if delivery is None:
        return
    delivery.code = told.code
    if told.said and told.result == "later":
        delivery.state, delivery.in_row = "to_send", 0
    elif told.result == "later" and delivery.in_row > len(GAPS):
        delivery.state = "refused"
    else:
        delivery.state = told.result


def _by_hand(release: Release, *, undone: bool) -> None:
    if not undone:
        release.is_open = release.is_open and release.is_addressed  # nobody is addressed any more
        _turn(release, OPEN, "by_hand")
        return
    for delivery in release.deliveries:
        if delivery.state == "by_hand":
            delivery.state = delivery.begin


def _restored(found: dict[str, Release]) -> None:
    """What was still to leave may have left after the older ledger was made: a person is asked."""
    for release in found.values():
        if release.is_open and not release.is_addressed:
            release.is_open = False
        _turn(release, frozenset({"to_send", "later"}), "unknown")


def _turn(release: Release, states: frozenset[str], state: State) -> None:
    for delivery in release.deliveries:
        if delivery.state in states:
            delivery.state = state
