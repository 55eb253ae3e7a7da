"""The year a text leaves out (R43): from the date beside it, else from `near`.

"vom 3. April bis zum 5. Mai 2027": the first date shares the year that is said. Where that would run backwards ("15. Dezember
bis 14. Januar 2018"), it is the year before, and marked as inferred. A date that follows one with a year is the first such day
after it. What is left takes the year in which it lies nearest to `near` (the year before, of or after `near`; of two equally near,
the later), and a weekday that is said must agree if it does in one of the three. Without `near` it is not a date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from staffelstab.timetable.reading.atoms import Atom
from staffelstab.timetable.reading.links import Link


@dataclass(frozen=True, slots=True)
class Dated:
    """An atom, its year, and whether that year had to be inferred."""

    atom: Atom
    year: int | None
    inferred: bool = False

    @property
    def first(self) -> dt.date:
        """Its first day; only asked once the year is known."""
        return self.atom.first(self.year or 0)


def fill(chain: Sequence[Atom], links: Sequence[Link], near: dt.date | None) -> list[Dated]:
    """The chain with its years; `links[n]` stands between `chain[n]` and `chain[n + 1]`. Year None: not to be known."""
    dated = _backwards([Dated(atom, atom.year) for atom in chain], links)
    at = next((n for n, one in enumerate(dated) if one.year is not None), None)
    if at is None and near is not None:
        at = next((n for n, one in enumerate(dated) if not one.atom.weak), None)
        if at is not None:
            dated[at] = replace(dated[at], year=_nearest(dated[at].atom, near), inferred=True)
            dated = _backwards(dated, links)
    return _forwards(dated, near)


def _backwards(dated: list[Dated], links: Sequence[Link]) -> list[Dated]:
    for n in range(len(dated) - 2, -1, -1):
        one, after = dated[n], dated[n + 1]
        if one.year is None and after.year is not None:
            dated[n] = _shared(one, after, links[n])
    return dated


def _shared(one: Dated, after: Dated, link: Link) -> Dated:
    same = _in_year(one.atom, after.year)
    if same is not None and same <= after.first:
        return replace(one, year=after.year, inferred=after.inferred)
    earlier = _in_year(one.atom, (after.year or 0) - 1)
    return replace(one, year=(after.year or 0) - 1, inferred=True) if link == "range" and earlier else one


def _forwards(dated: list[Dated], near: dt.date | None) -> list[Dated]:
    for n, one in enumerate(dated):
        before = dated[n - 1] if n else None
        if one.year is None and before is not None and before.year is not None:
            years = (before.year, before.year + 1)
            year = next((y for y in years if (day := _in_year(one.atom, y)) and day >= before.first), None)
            dated[n] = replace(one, year=year, inferred=True)
        elif one.year is None and near is not None and not one.atom.weak:
            dated[n] = replace(one, year=_nearest(one.atom, near), inferred=True)
    return dated


def _in_year(atom: Atom, year: int | None) -> dt.date | None:
    try:
        return atom.first(year or 0)
    except ValueError:
        return None


def _nearest(atom: Atom, near: dt.date) -> int | None:
    days = [day for year in (near.year + 1, near.year, near.year - 1) if (day := _in_year(atom, year))]
    fitting = [day for day in days if atom.weekday is not None and day.weekday() == atom.weekday]
    return min(fitting or days, key=lambda day: abs(day - near)).year if days else None
