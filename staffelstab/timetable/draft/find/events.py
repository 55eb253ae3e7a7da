"""Events with a day, which nothing may slip past, and the time that is left (R28, R46)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from staffelstab.timetable.draft.find.ids import free_id, ids_of
from staffelstab.timetable.draft.find.timetable import Timetable, marked
from staffelstab.timetable.draft.plan_entries import Call, Event, Session
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Piece
from staffelstab.timetable.draft.text.names import bare, slug, written_out
from staffelstab.timetable.draft.words.event_words import EVENT, TIME_LEFT
from staffelstab.timetable.plan.when import When
from staffelstab.timetable.reading.dates import Mention
from staffelstab.timetable.reading.strength import strength_of
from staffelstab.timetable.vocabulary.words import any_of

_ARTICLE = re.compile(rf"\b(?:{any_of('events.article')})\s+(?=[^\s])", re.IGNORECASE)
_TWO_DAYS = any_of("events.two_days")
_LINK = re.compile(
    rf"\s*(?:,|\(|:|–|-)?\s*(?:(?:{any_of('events.takes_place')})\s+)?(?:(?:{any_of('events.takes_place_rest')})\s+)?"
    rf"(?:{any_of('events.on')})?\s*(?:\d{{1,2}}\.?\s*(?:{_TWO_DAYS}|/|[-–])\s*)?$",
    re.IGNORECASE,
)
_FIRST_OF_TWO = re.compile(rf"(\d{{1,2}})\.?\s*(?:{_TWO_DAYS}|/|\+|&|[-–])\s*$")
_LONGEST_NAME = 70


@dataclass(frozen=True, slots=True)
class Events:
    """Events, and by which names each of them is spoken of: its own, its acronym, and that written out."""

    items: tuple[Event, ...]
    names: Mapping[str, Event]

    def named_in(self, what: str) -> Event | None:
        """The event that a few words name, wholly or in part."""
        words = what.strip().casefold()
        names = ((name.casefold(), event) for name, event in self.names.items())
        return next((event for name, event in names if name in words or words in name), None)


@dataclass(frozen=True, slots=True)
class _Occurrence:
    """An event as a sentence names it, with its day."""

    piece: Piece
    name: str
    date: dt.date
    mention: Mention


def find_events(
    document: Document,
    timetable: Timetable,
    sessions: Sequence[Session],
    calls: Sequence[Call],
    taken: Collection[str],
) -> Events:
    """Every event with a day, one for each day, but for those of sessions and calls; none gets an id that is `taken`."""
    names: dict[str, Event] = {}
    events: list[Event] = []
    for occurrence in _occurrences(document, timetable):
        date = occurrence.date
        if date <= timetable.resolved_on or _is_theirs(occurrence, sessions, calls):
            continue
        if all(event.date != When(date) for event in names.values()):
            short, full = _acronym(document, occurrence.name)
            event = _event(document, occurrence, short, full, [*taken, *ids_of(events)])
            events.append(event)
            names |= {name: event for name in (occurrence.name, short, full) if name}
    return Events(tuple(events), names)


def _occurrences(document: Document, timetable: Timetable) -> Iterator[_Occurrence]:
    for piece in document.sentences:
        for mention in document.layout.mentions(piece.text):
            if mention.grain != "day":
                continue
            if name := _event_before(piece.text, mention) or _event_beside(document, piece):
                settled = timetable.settled(mention, document.section_at(piece))
                yield _Occurrence(piece, name, _first_of_two(piece.text, mention, settled), mention)


def _is_theirs(occurrence: _Occurrence, sessions: Sequence[Session], calls: Sequence[Call]) -> bool:
    """Whether the sentence is that of a session on this very day, or of a call."""
    text = occurrence.piece.text
    if any(session.quote == text and session.date.date == occurrence.date for session in sessions):
        return True
    return any(call.quote == text for call in calls)


def _event_before(text: str, mention: Mention) -> str:
    """The event named right before a day: "die 3. Tagung des 14. LPT am …", "the local elections take place on …"."""
    before = _LINK.sub("", text[: mention.start])
    articles = list(_ARTICLE.finditer(before))
    name = before[articles[-1].end() :] if articles else before
    if len(name) > _LONGEST_NAME or re.search(r"[;:!?(),]", name):
        return ""
    return bare(name) if EVENT.search(name) or EVENT.search(name.lower()) else ""


def _event_beside(document: Document, piece: Piece) -> str:
    """The event in the other cell of a table's row."""
    rest = document.layout.beside_day(piece)
    return bare(rest) if len(rest) <= _LONGEST_NAME and EVENT.search(rest.lower()) else ""


def _first_of_two(text: str, mention: Mention, date: dt.date) -> dt.date:
    """17 August for "am 17./18. August"."""
    other = _FIRST_OF_TWO.search(text[: mention.start])
    day = int(other[1]) if other else 0
    return date.replace(day=day) if 0 < day < date.day else date


def _acronym(document: Document, name: str) -> tuple[str, str]:
    """The acronym in a name, and what it stands for; "" where the text does not write it out."""
    short = next(iter(re.findall(r"\b[A-ZÄÖÜ]{3,5}\b", name)), "")
    return short, written_out(short, document.layout.source.text) if short else ""


def _event(document: Document, occurrence: _Occurrence, short: str, full: str, taken: Collection[str]) -> Event:
    name, mention, text = occurrence.name, occurrence.mention, occurrence.piece.text
    shown = name.replace(short, f"{short} ({full})") if full else name
    questions = [document.ask("year", day=occurrence.date)] if mention.added else []
    questions += [document.ask("acronym", short=short)] if short and not full else []
    return Event(
        id=free_id(slug(full or short or name, 30), taken),
        name=shown[0].upper() + shown[1:],
        date=marked(occurrence.date, mention),
        wall=True,
        strength=strength_of(text),
        quote=text,
        questions=tuple(questions),
        passages=(occurrence.piece.passage,),
    )


def find_limits(document: Document, taken: Collection[str]) -> tuple[Event, ...]:
    """ "Bis maximal August / September": the last day of each month named is a wall, in both readings (R28)."""
    events: list[Event] = []
    for piece in document.sentences:
        ends = _ends(document, piece)
        for place, end in enumerate(ends):
            reading = "limit" if len(ends) == 1 else ("limit_narrow", "limit_wide")[place]
            ids = [*taken, *ids_of(events)]
            questions = (document.ask("limit"),) if place == 0 else ()
            events.append(_limit(document, piece, end, reading, ids, questions))
    return tuple(events)


def _ends(document: Document, piece: Piece) -> list[dt.date]:
    """The last days of the months, at most two, by which a sentence says the time to be over."""
    limit = TIME_LEFT.search(piece.text)
    months = [item for item in document.layout.mentions(piece.text) if item.grain in {"month", "quarter", "half"}]
    return sorted({item.last for item in months if limit and item.start >= limit.start()})[:2]


def _limit(
    document: Document, piece: Piece, end: dt.date, reading: str, taken: Collection[str], questions: tuple[str, ...]
) -> Event:
    return Event(
        id=free_id(document.say(f"name.{reading}_id"), taken),
        name=document.say(f"name.{reading}", day=end),
        date=When(end, "derived", note=document.say("note.limit")),
        wall=True,
        strength=strength_of(piece.text),
        quote=piece.text,
        questions=questions,
        passages=(piece.passage,),
    )
