"""What people read: the message catalogue and the writing of dates, times and numbers in the plan's language.

A language is a folder in `templates/`. How it writes dates and numbers is in its `language.toml` (`Forms`). Messages lie in
`messages/<area>.toml`; the key `"intake.reason.password"` is `password` in the table `reason` of `intake.toml`. A message that
counts something is a table with `one` and `other`, chosen by the fact `n`; it may have `only` for the case that what is counted is
one of one, chosen by the fact `total`.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

Fact = str | int | float | dt.date | dt.datetime | None

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
LANGUAGES = tuple(sorted(path.parent.name for path in TEMPLATES.glob("*/language.toml")))
"""The codes of all languages that a plan can have."""

ORIGINAL = "de"
"""The language in which everything is written first; spoken where no plan and no reader names another."""


class Forms(NamedTuple):
    """How a language writes days, numbers and lists: everything its `language.toml` says.

    `months`, `weekdays` (from Monday) and `day` do without Babel, which takes longer to load than `staffelstab status` may take.
    """

    locale: str
    months: Sequence[str]
    weekdays: Sequence[str]
    day: str
    brief_day: str
    brief_day_and_year: str
    short_day: str
    moment: str
    weekday_letters: int
    decimal_point: str
    thousands: str
    conjunction: str
    quotes: str
    cell_separator: str
    holidays: str
    stemmer: str
    time_zone: str
    country: str

    @property
    def region(self) -> str:
        """The country of the locale: "GB" for "en_GB"."""
        return self.locale.partition("_")[2]


class Language(NamedTuple):
    """One language: its messages, and how it writes dates and numbers."""

    code: str

    @property
    def forms(self) -> Forms:
        """How it writes days, numbers and lists. Raises KeyError for an unknown language."""
        return _forms(self.code)

    def say(self, key: str, /, **facts: Fact) -> str:
        """The message under `key`, its facts filled in. Raises KeyError for an unknown key: a programming mistake."""
        message = self.entry(key)
        if isinstance(message, Mapping):
            message = message[_form(message, facts)]
        return str(message).format_map({name: self._shown(fact) for name, fact in facts.items()})

    def entry(self, key: str) -> object:
        """What the catalogue holds under `key`: a message, a table of messages or a list of words."""
        area, _, rest = key.partition(".")
        node: object = catalogue(self.code, area)
        for part in rest.split("."):
            if not isinstance(node, Mapping):
                raise KeyError(key)
            node = node[part]
        return node

    def knows(self, key: str) -> bool:
        """Whether the catalogue has anything under `key`."""
        try:
            self.entry(key)
        except KeyError:
            return False
        return True

    def day(self, date: dt.date) -> str:
        """14. Januar 2018 · 14 January 2018"""
        return self.forms.day.format(day=date.day, month=self.forms.months[date.month - 1], year=date.year)

    def brief_day(self, date: dt.date, *, with_year: bool = False) -> str:
        """14.1. · 14 Jan · 14.1.18 · 14 Jan 18"""
        return self._formatted(date, self.forms.brief_day_and_year if with_year else self.forms.brief_day)

    def short_day(self, date: dt.date) -> str:
        """14.01.2018 · 14/01/2018"""
        return date.strftime(self.forms.short_day)

    def weekday(self, date: dt.date) -> str:
        """Sonntag · Sunday"""
        return self.forms.weekdays[date.weekday()]

    def short_weekday(self, date: dt.date) -> str:
        """So · Sun"""
        return self.weekday(date)[: self.forms.weekday_letters]

    def moment(self, at: dt.datetime) -> str:
        """14. Januar 2018, 23:59 Uhr — in the zone `at` carries."""
        return self.forms.moment.format(day=self.day(at.date()), time=at.strftime("%H:%M"))

    def number(self, value: float, digits: int = 0) -> str:
        """1.234,5 · 1,234.5"""
        marks = str.maketrans(",.", self.forms.thousands + self.forms.decimal_point)
        return f"{value:,.{digits}f}".translate(marks)

    def listed(self, items: Iterable[str]) -> str:
        """a, b und c"""
        words = list(items)
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {self.forms.conjunction} {words[-1]}"

    def quoted(self, text: str) -> str:
        """„text“ · “text”"""
        return self.forms.quotes.format(text)

    def _formatted(self, date: dt.date, pattern: str) -> str:
        from babel.dates import format_date

        return format_date(date, pattern, self.forms.locale)

    def _shown(self, fact: Fact) -> str | int:
        if isinstance(fact, dt.datetime):
            return self.moment(fact)
        if isinstance(fact, dt.date):
            return self.day(fact)
        if isinstance(fact, float):
            return self.number(fact, 1)
        return "" if fact is None else fact


def agree(count: int, one: str, other: str, total: int | None = None) -> str:
    """The form that agrees with `count`, or with `count` of `total`: where there is only one, none of it is singular too."""
    return one if 1 in (count, total) else other


def _form(message: Mapping[str, object], facts: Mapping[str, Fact]) -> str:
    if facts.get("total") == 1 and "only" in message:
        return "only"
    return "one" if facts.get("n") == 1 else "other"


@cache
def catalogue(language: str, area: str) -> Mapping[str, object]:
    """The messages of one area, read once."""
    path = TEMPLATES / language / "messages" / f"{area}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KeyError(f"{area} ({language})") from None


@cache
def _forms(language: str) -> Forms:
    path = TEMPLATES / language / "language.toml"
    try:
        return Forms(**tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise KeyError(language) from None
