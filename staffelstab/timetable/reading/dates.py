"""Days and periods named in a text, and the ranges between them, in German and English notation alike (R02, R31-R39, R43, R47).

Read are days ("15. Dez. 2017", "14.1.18", "January 14th, 2018", "2027-05-14"), months ("DEZ 17", "Ende Mai"), quarters, half-years
and years, with a weekday in front, with emphasis around, over one line break. How each is written stands in `shapes`; how a
missing year is found, in `years`. A false date is worse than a missed one:

- A date without a year is returned only where a date beside it or `near` gives the year.
- A bare number is a year only when said as one: "im Jahr 2019", "des Jahres 2019", "bis 2019", "für 2019", "by 2027"; not
  "Mitgliederoffensive 2015", and not where a counted noun follows ("bis 2000 Mitglieder").
- Two figures after a month are a year after capitals ("DEZ 17"), an apostrophe ("Mai ’18") or a German name ("Mai 18"). After an
  English name they are a day ("May 18"); after a name that both have, the word before decides ("ab Aug 18", "by August 18").
- "14.1.18" needs a word such as "am" before it or figures that no version number has ("14.01.18"); 5/6/2027 is not read at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from staffelstab.timetable.reading.atoms import Atom, Grain, atoms
from staffelstab.timetable.reading.links import Link, after_between, deadline, link, opening, origin, part_of
from staffelstab.timetable.reading.years import Dated, fill


@dataclass(frozen=True, slots=True)
class Mention:
    """One date or period named in a text.

    `first` and `last` are the same day for a day, else the first and the last day of the month, quarter, half-year or year.
    `start` and `end` are offsets in the text (a weekday in front belongs to it, emphasis does not). `added` is "year" where the
    text does not say the year and it was inferred. `part` is a month of which only a part is meant, verbatim ("Mitte
    November 2025", "early June"); `first` and `last` stay those of the whole month.
    """

    first: dt.date
    last: dt.date
    grain: Grain
    start: int
    end: int
    added: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A range in a text, with the words that make it one: "vom … bis …", "DEZ 17 / JAN 18", "from 3 to 14 May 2027".

    `last` is None for "ab 25. August 2018", `first` is None for "bis spätestens 14. Januar 2018". A period that is one mention
    ("im ersten Halbjahr 2018") is no span.
    """

    first: Mention | None
    last: Mention | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Chain:
    """Dates that follow one another with nothing but a link between them; None where one is not to be known."""

    mentions: tuple[Mention | None, ...]
    links: tuple[Link, ...]


def mentions(text: str, near: dt.date | None = None) -> tuple[Mention, ...]:
    """Every date and period named in the text, in order. A missing year becomes the one nearest to `near`."""
    return tuple(found for chain in _chains(text, near) for found in chain.mentions if found)


def spans(text: str, near: dt.date | None = None) -> tuple[Span, ...]:
    """Every range named in the text, in order; one that ends before it begins is none."""
    return tuple(span for chain in _chains(text, near) for span in _spans(text, chain))


def _chains(text: str, near: dt.date | None) -> Iterator[_Chain]:
    for chain, links in _linked(text):
        dated = fill(chain, links, near)
        yield _Chain(tuple(_mention(text, one) for one in dated), tuple(links))


def _linked(text: str) -> Iterator[tuple[list[Atom], list[Link]]]:
    chain: list[Atom] = []
    links: list[Link] = []
    for atom in atoms(text):
        between = link(text, chain[-1].end, atom.start) if chain else None
        if between is None and chain:
            yield chain, links
            chain, links = [], []
        elif between is not None:
            links.append("range" if between == "each" and after_between(text, chain[-1].start) else between)
        chain.append(atom)
    if chain:
        yield chain, links


def _mention(text: str, dated: Dated) -> Mention | None:
    if dated.year is None:
        return None
    atom = dated.atom
    added = "year" if dated.inferred else ""
    part = part_of(text, atom.start, atom.end) if atom.grain == "month" else ""
    return Mention(dated.first, atom.last(dated.year), atom.grain, atom.start, atom.end, added, part)


def _spans(text: str, chain: _Chain) -> Iterator[Span]:
    taken: set[int] = set()
    for n, kind in enumerate(chain.links):
        first, last = chain.mentions[n : n + 2]
        if kind != "range" or n in taken or not first or not last:
            continue
        taken |= {n, n + 1}
        if first.first <= last.last:
            begin = origin(text, first.start)
            yield Span(first, last, first.start if begin is None else begin, last.end)
    yield from (
        span for n, one in enumerate(chain.mentions) if one and n not in taken for span in _one_sided(text, one)
    )


def _one_sided(text: str, one: Mention) -> Iterator[Span]:
    if (start := opening(text, one.start)) is not None:
        yield Span(one, None, start, one.end)
    elif (start := deadline(text, one.start)) is not None:
        yield Span(None, one, start, one.end)
