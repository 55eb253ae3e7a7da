"""What people read: the message catalogue and the writing of dates, times and numbers in the plan's language.

Messages lie in `templates/<language>/messages/<area>.toml`; the key `"intake.reason.password"` is `password` in the table
`reason` of `intake.toml`. A message that counts something is a table with `one` and `other`, chosen by the fact `n`.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Fact = str | int | float | dt.date | dt.datetime | None

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
LANGUAGES = ("de", "en")

_LOCALE = {"de": "de_DE", "en": "en_GB"}
_DAY = {
    "de": "{day}. {month} {year}",
    "en": "{day} {month} {year}",
}  # without Babel, which takes longer than `status` may
_MOMENT = {"de": "{day}, {time} Uhr", "en": "{day}, {time}"}
_AND = {"de": "und", "en": "and"}
_QUOTES = {"de": "„{}“", "en": "“{}”"}


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its messages, and how it writes dates and numbers."""

    code: str

    def say(self, key: str, /, **facts: Fact) -> str:
        """The message under `key`, its facts filled in. Raises KeyError for an unknown key: a programming mistake."""
        message = self.entry(key)
        if isinstance(message, Mapping):
            message = message["one" if facts.get("n") == 1 else "other"]
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
        from staffelstab.reading.months import FULL

        return _DAY[self.code].format(
            day=date.day, month=FULL[date.month - 1][LANGUAGES.index(self.code)], year=date.year
        )

    def short_day(self, date: dt.date) -> str:
        """14.01.2018 · 14/01/2018"""
        return date.strftime("%d.%m.%Y" if self.code == "de" else "%d/%m/%Y")

    def weekday(self, date: dt.date) -> str:
        """Sonntag · Sunday"""
        from babel.dates import format_date

        return format_date(date, "EEEE", _LOCALE[self.code])

    def moment(self, at: dt.datetime) -> str:
        """14. Januar 2018, 23:59 Uhr — in the zone `at` carries."""
        return _MOMENT[self.code].format(day=self.day(at.date()), time=at.strftime("%H:%M"))

    def number(self, value: float, digits: int = 0) -> str:
        """1.234,5 · 1,234.5"""
        text = f"{value:,.{digits}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.code == "de" else text

    def listed(self, items: Iterable[str]) -> str:
        """a, b und c"""
        words = list(items)
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {_AND[self.code]} {words[-1]}"

    def quoted(self, text: str) -> str:
        """„text“ · “text”"""
        return _QUOTES[self.code].format(text)

    def _shown(self, fact: Fact) -> str | int:
        if isinstance(fact, dt.datetime):
            return self.moment(fact)
        if isinstance(fact, dt.date):
            return self.day(fact)
        if isinstance(fact, float):
            return self.number(fact, 1)
        return "" if fact is None else fact


@cache
def catalogue(language: str, area: str) -> Mapping[str, object]:
    """The messages of one area, read once."""
    path = TEMPLATES / language / "messages" / f"{area}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise KeyError(f"{area} ({language})") from None
