"""What the notations of `shapes` name, one by one: a day, month, quarter, half-year or year, its year said or not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from staffelstab.language import LANGUAGES
from staffelstab.timetable.reading.months import NUMBER, WEEKDAY_NUMBER, only, ordinal
from staffelstab.timetable.reading.shapes import ANY, CUE, LABEL, LEAD
from staffelstab.timetable.reading.two_figures import century, kind_of, stand_alone
from staffelstab.timetable.vocabulary.words import any_of, has

Grain = Literal["day", "month", "quarter", "half", "year"]
_MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_STREET = re.compile(rf"(?:{any_of('dates.street')})\s{{1,3}}(?:{any_of('dates.street_of')})\s{{1,3}}$", re.I)
"""Behind it a day is part of an address: "Straße des 17. Juni"."""

_BEFORE_A_NAME = only(tuple(language for language in LANGUAGES if not has("dates.nouns_capitalised", language)))
"""Months behind which a word with a capital is a family name, in languages that write other nouns small."""

_WINDOW = 24  # characters before a date that are looked at


@dataclass(frozen=True, slots=True)
class Atom:
    """A date as far as the text says it. `month` is the first month of a period, `weekday` 0 for Monday.

    `weak` is what could also be something else ("Mai", "14.1."): it counts only where a date beside it gives it the year.
    """

    start: int
    end: int
    grain: Grain
    year: int | None
    month: int = 1
    day: int = 1
    weekday: int | None = None
    weak: bool = False

    def first(self, year: int) -> dt.date:
        """Its first day in that year. Raises ValueError for the 31st of February."""
        return dt.date(year, self.month, self.day)

    def last(self, year: int) -> dt.date:
        """Its last day in that year. Raises ValueError for the 31st of February."""
        first = self.first(year)
        if self.grain == "day":
            return first
        months = self.month - 1 + _MONTHS_OF[self.grain]
        return dt.date(year + months // 12, months % 12 + 1, 1) - dt.timedelta(1)


def atoms(text: str) -> Iterator[Atom]:
    """Every date and period named in the text, in order; only days that exist in some year."""
    for match in ANY.finditer(text):
        if not _in_address(text, match.start()):
            yield from (atom for atom in _read(match) if _exists(atom))


def _in_address(text: str, at: int) -> bool:
    """Whether a web address or the name of a file runs on here."""
    before = text[max(0, at - 200) : at]
    if not before or before[-1].isspace():
        return False
    word = before.split()[-1]
    return "://" in word or word.startswith("www.")


def _exists(atom: Atom) -> bool:
    try:
        atom.first(atom.year or 2000)
    except ValueError:
        return False
    return True


def _read(match: re.Match[str]) -> Iterator[Atom]:
    for group, reader in _READERS:
        if match[group] is not None:
            return reader(match)
    return iter(())


def _before(match: re.Match[str], at: int) -> str:
    return match.string[max(0, at - _WINDOW) : at]


def _number(name: str) -> int:
    return NUMBER[name.rstrip(".").lower()]


def _weekday(match: re.Match[str]) -> int | None:
    words = re.findall(r"[^\W\d_]+", match["weekday"] or "")
    return (
        WEEKDAY_NUMBER[words[0].lower().removesuffix("s") if len(words[0]) > 5 else words[0].lower()] if words else None
    )


def _iso(match: re.Match[str]) -> Iterator[Atom]:
    year, month, day = (int(part) for part in match["iso"].split("-"))
    if 1600 <= year < 2200:
        yield Atom(match.start(), match.end(), "day", year, month, day)


def _dotted(match: re.Match[str]) -> Iterator[Atom]:
    day, month = (int(part) for part in re.findall(r"\d+", match["dotted"]))
    start = match.start("dotted")
    if LABEL.search(_before(match, match.start())):
        return
    year = int(match["year_dotted"]) if match["year_dotted"] else None
    if match["short_dotted"]:
        year = century(match["short_dotted"])
        if not (_cued(match) or "0" in {match["dotted"][0], match["dotted"].split(".")[1].strip()[:1]} or day > 12):
            return
    atom = Atom(start, match.end(), "day", year, month, day, weak=year is None and not _cued(match))
    yield from _with_leads(match, atom)


def _slashed(match: re.Match[str]) -> Iterator[Atom]:
    one, two = (int(part) for part in re.findall(r"\d+", match["slashed"]))
    if (one > 12) != (two > 12):
        yield Atom(match.start(), match.end(), "day", int(match["year_slashed"]), min(one, two), max(one, two))


def _cued(match: re.Match[str]) -> bool:
    return bool(match["weekday"] or CUE.search(_before(match, match.start())))


def _day_first(match: re.Match[str]) -> Iterator[Atom]:
    if not match["year_day"] and _STREET.search(_before(match, match.start())):
        return
    month, end = _number(match["month_day"]), match.end()
    year = int(match["year_day"]) if match["year_day"] else None
    if match["short_day"] and (year := _two_figures(match, "short_day", match["month_day"])) is None:
        end = match.end("month_day")
    if not match["leads"] and not match["point"].startswith(".") and LABEL.search(_before(match, match.start("day"))):
        yield Atom(match.start("month_day"), end, "month", year, month, weak=year is None)
        return
    yield from _with_leads(match, Atom(match.start("day"), end, "day", year, month, int(match["day"])))


def _with_leads(match: re.Match[str], last: Atom) -> Iterator[Atom]:
    """The days before the last one that share its month: "3. und 10. Juni"."""
    leads = (
        list(
            LEAD.finditer(
                match.string,
                *match.span("leads"),
            )
        )
        if match["leads"]
        else []
    )
    if leads and LABEL.search(_before(match, match.start("leads"))):
        leads = leads[1:]
    days = [int(lead[1]) for lead in leads]
    if days and (days != sorted(days) or days[-1] >= last.day):
        leads = []
    for lead in leads:
        yield replace(last, start=lead.start(), end=lead.end(), year=None, day=int(lead[1]), weak=last.weak)
    start = match.start() if not match["leads"] else last.start
    yield replace(last, start=start, weekday=None if match["leads"] else _weekday(match))


def _two_figures(match: re.Match[str], group: str, name: str) -> int | None:
    """The year that the figures of a group stand for, "’18" in any case; None where they count something else."""
    figures = match[group]
    if figures and (figures[0] in "'’" or stand_alone(match.string, name, match.end(group))):
        return century(figures)
    return None


def _month_first(match: re.Match[str]) -> Iterator[Atom]:
    name = match["month_first"].rstrip(".")
    month, year = _number(name), int(match["year_first"]) if match["year_first"] else None
    day = Atom(
        match.start(), match.end("days_first"), "day", year, month, _figures(match["days_first"]), _weekday(match)
    )
    if not (year or match["th"] or match["day_last"]):
        kind = kind_of(match.string, match.start("month_first"), match.end(), name, match["days_first"])
        if kind == "year":
            yield Atom(match.start("month_first"), match.end(), "month", century(match["days_first"]), month)
        if kind != "day":
            return
    day = replace(day, weak=not (year or match["th"] or _cued(match)))
    if not match["day_last"]:
        yield replace(day, end=match.end())
        return
    yield replace(day, year=None)
    yield replace(day, start=match.start("day_last"), end=match.end(), day=int(match["day_last"]), weekday=None)


def _figures(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _month(match: re.Match[str]) -> Iterator[Atom]:
    name, end = match["month"], match.end()
    year = int(match["year_month"]) if match["year_month"] else None
    if match["short_month"] and (year := _two_figures(match, "short_month", name)) is None:
        end = match.end("month")
    before = _before(match, match.start())
    if name[0].islower() or re.search(r"\d[.)]?\s{0,3}$", before):
        return
    named = name.lower() in _BEFORE_A_NAME and re.match(r"\s(?-i:[A-Z])", match.string[end : end + 2])
    yield Atom(
        match.start(), end, "month", year, _number(name), weak=year is None and (bool(named) or not CUE.search(before))
    )


def _quarter(match: re.Match[str]) -> Iterator[Atom]:
    yield from _part(match, "quarter", "q", 3)


def _half(match: re.Match[str]) -> Iterator[Atom]:
    yield from _part(match, "half", "h", 6)


def _part(match: re.Match[str], grain: Literal["quarter", "half"], short: str, months: int) -> Iterator[Atom]:
    number = int(match[short]) if match[short] else ordinal(match[grain])
    year = match[f"year_{grain}"]
    if number * months <= 12:
        weak = year is None and match[short] is not None
        yield Atom(match.start(), match.end(), grain, int(year) if year else None, (number - 1) * months + 1, weak=weak)


def _year(match: re.Match[str]) -> Iterator[Atom]:
    group = next(name for name in ("year_said", "year_cued", "year_from") if match[name])
    start = match.start() if group == "year_said" else match.start(group)
    yield Atom(start, match.end(group), "year", int(match[group]))


_READERS = (
    ("iso", _iso),
    ("dotted", _dotted),
    ("slashed", _slashed),
    ("day", _day_first),
    ("month_first", _month_first),
    ("month", _month),
    ("quarter", _quarter),
    ("q", _quarter),
    ("half", _half),
    ("h", _half),
    ("year_said", _year),
    ("year_cued", _year),
    ("year_from", _year),
)
