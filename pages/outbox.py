"""The outbox: which letters lie there to be sent, what each says, and which of them were sent; nothing is sent from here."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from starlette.responses import Response

from pages.documents import document, stored
from pages.entering import entering, for_pages, is_meanwhile
from pages.forms import SEEN, seen
from pages.visit import Visit
from staffelstab.errors import RecordError, StaffelstabError
from staffelstab.legible import legible_name
from staffelstab.publishing.outbox.deliveries import Release
from staffelstab.publishing.outbox.due_letters import OCCASIONS
from staffelstab.publishing.outbox.letter_names import is_file_of
from staffelstab.publishing.outbox.stored_letters import Heading, heading_of, letter_in
from staffelstab.publishing.outbox.writing import unwrapped
from staffelstab.service.sending import released
from staffelstab.service.sent_letters import Kept, letters, mark_sent
from staffelstab.timetable.plan.actors import name_of

MANY = 6
"""More names than these are not all shown in a list of letters."""


@dataclass(frozen=True, slots=True)
class Row:
    """A letter in a list: what it is about, to whom, and since when it lies there or when it was sent.

    `released` says what became of it for those who are to get it, if somebody has let it go.
    """

    letter: Kept
    subject: str
    to: tuple[str, ...]
    more: int
    address: str
    file: str
    days: int
    released: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The letters of one occasion."""

    occasion: str
    rows: tuple[Row, ...]


def show(visit: Visit) -> Response:
    """All letters: what lies there first, by occasion."""
    found = _letters(visit)
    known = released(visit.run)
    rows = [_row(visit, letter, known.get(letter.key)) for letter in found]
    lying = [row for row in rows if row.letter.state == "lying"]
    done = [row for row in rows if row.letter.state != "lying"]
    return visit.shown(
        "outbox",
        groups=[*_grouped(lying)],
        lying=len(lying),
        since=min((row.letter.drafted for row in lying), default=None),
        sent=sorted((row for row in done if row.letter.state == "sent"), key=_sent_at, reverse=True),
        taken_out=[row for row in done if row.letter.state == "taken_out"],
        others=_others(visit, found),
        folder=str(visit.run.workspace.outbox),
        office=name_of(visit.plan, visit.run.office),
    )


def show_letter(visit: Visit) -> Response:
    """One letter whole."""
    return _shown(visit)


def _shown(visit: Visit, refused: str = "") -> Response:
    """The letter with its button, and why what was to be entered was not."""
    letter = _named(visit)
    whole = letter_in(letter.path) if letter.path else None
    return visit.shown(
        "letter",
        status=422 if refused else 200,
        letter=letter,
        whole=whole,
        text=unwrapped(whole.text) if whole else "",
        to=whole.heading.to if whole and whole.heading.to else letter.to,
        sizes=[(item.name, len(item.data)) for item in whole.enclosures] if whole else [],
        subject=_subject(visit, letter, whole.heading if whole else None),
        sent_by=name_of(visit.plan, letter.sent.by) if letter.sent else "",
        sent_on=letter.sent.at.astimezone(visit.plan.zone) if letter.sent else None,
        file=letter.path.name if letter.path else "",
        office=name_of(visit.plan, visit.run.office),
        hidden={SEEN: seen(visit.run)},
        refused=refused,
    )


def enter(visit: Visit) -> Response:
    """Enter that a letter was sent, or that it was not after all."""
    letter, undo = _named(visit), visit.fields.ticked("undo")
    try:
        with entering(visit) as run:
            mark_sent(run, letter.key, undo=undo)
    except StaffelstabError as error:
        said_twice = is_meanwhile(error) or error.key == "steps.not_sent"
        if not (said_twice and _stands(_named(visit), undo=undo)):
            return _shown(visit, for_pages(error, visit.plan.language))
    if undo:
        return visit.go(f"outbox/{letter.name}", "not_sent")
    return visit.go("outbox", "sent")


def _stands(letter: Kept, *, undo: bool) -> bool:
    """Whether this is how it stands already: the form was sent twice."""
    return letter.sent is None if undo else letter.state == "sent"


def download(visit: Visit) -> Response:
    """The letter as a mail (`mail`), or one of its enclosures by its number from 1."""
    letter, part = _named(visit), visit.given["part"]
    if letter.path is None:
        raise RecordError("pages.error.nothing_here")
    if part == "mail":
        return stored(letter.path.parent, letter.path.name)
    whole = letter_in(letter.path)
    number = int(part) if part.isascii() and part.isdigit() and len(part) < 5 else 0
    if whole is None or not 1 <= number <= len(whole.enclosures):
        raise RecordError("pages.error.nothing_here")
    enclosure = whole.enclosures[number - 1]
    return document(enclosure.data, enclosure.name)


def _letters(visit: Visit) -> tuple[Kept, ...]:
    with visit.run.workspace.open(read_only=True) as ledger:
        return letters(visit.run, ledger)


def _named(visit: Visit) -> Kept:
    found = next((item for item in _letters(visit) if item.name == visit.given["letter"]), None)
    if found is None:
        raise RecordError("pages.error.nothing_here")
    return found


def _row(visit: Visit, letter: Kept, release: Release | None) -> Row:
    heading = heading_of(letter.path) if letter.path else None
    to = heading.to if heading and heading.to else letter.to
    return Row(
        letter,
        _subject(visit, letter, heading),
        to[:MANY],
        max(0, len(to) - MANY),
        visit.link(f"outbox/{letter.name}"),
        letter.path.name if letter.path else "",
        (visit.now.date() - letter.drafted.date()).days,
        _counted(visit, release) if release else "",
    )


def _counted(visit: Visit, release: Release) -> str:
    """For how many it is how."""
    words, states = visit.words, Counter(item.state for item in release.deliveries)
    told = [words.say(f"mailing.count.{state}", n=n) for state, n in sorted(states.items())]
    return words.say("pages.outbox.is_released", told=words.listed(told) if told else words.say("pages.release.waits"))


def _subject(visit: Visit, letter: Kept, heading: Heading | None) -> str:
    """What the draft says it is about; of one that is gone its occasion."""
    return (heading.subject if heading else "") or _occasion(visit, letter.occasion)


def _occasion(visit: Visit, occasion: str) -> str:
    key = f"pages.outbox.occasion.{occasion}"
    return visit.words.say(key) if visit.words.knows(key) else occasion


def _grouped(rows: Iterable[Row]) -> Iterable[Group]:
    """By occasion in the product's order, the newest letter first."""
    order = {occasion: number for number, occasion in enumerate(OCCASIONS)}

    def place(row: Row) -> int:
        return order.get(row.letter.occasion, len(order))

    newest = sorted(rows, key=lambda row: row.letter.drafted, reverse=True)
    for _, found in groupby(sorted(newest, key=place), key=place):
        group = tuple(found)
        yield Group(group[0].letter.occasion, group)


def _sent_at(row: Row) -> dt.datetime:
    return row.letter.sent.at if row.letter.sent else row.letter.drafted


def _others(visit: Visit, found: Iterable[Kept]) -> list[str]:
    """What lies in the outbox and is no letter of ours, by name."""
    keys = [letter.key for letter in found]
    names = [path.name for path in sorted(visit.run.workspace.outbox.glob("*.eml"))]
    return [legible_name(name) for name in names if not any(is_file_of(name, key) for key in keys)]
