"""The notations a day is written in, and the seed's text: what the tests of reading share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tests.conftest import ROOT

SEED = (ROOT / "examples/mitgliederarbeit-2018/resolution.txt").read_text(encoding="utf-8")

GERMAN = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
GERMAN_SHORT = ("Jan.", "Feb.", "Mrz.", "Apr.", "Mai", "Jun.", "Jul.", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.")
ENGLISH = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS_DE = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _nth(day: int) -> str:
    ending = "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


DAY_NOTATIONS: dict[str, Callable[[dt.date], str]] = {
    "15. Dezember 2017": lambda d: f"{d.day}. {GERMAN[d.month - 1]} {d.year}",
    "05. Dez. 2017": lambda d: f"{d.day:02}. {GERMAN_SHORT[d.month - 1]} {d.year}",
    "15.DEZEMBER 2017": lambda d: f"{d.day}.{GERMAN[d.month - 1].upper()} {d.year}",
    "15. Maerz 2017": lambda d: f"{d.day}. {GERMAN[d.month - 1].replace('ä', 'ae')} {d.year}",
    "hard spaces": lambda d: f"{d.day}.\u00a0{GERMAN[d.month - 1]}\u202f{d.year}",
    "broken line": lambda d: f"{d.day}.\n{GERMAN[d.month - 1]} {d.year}",
    "emphasis": lambda d: f"*{d.day}. {GERMAN[d.month - 1]} {d.year}*",
    "Freitag, 15. Dezember 2017": lambda d: f"{WEEKDAYS_DE[d.weekday()]}, den {d.day}. {GERMAN[d.month - 1]} {d.year}",
    "15.12.2017": lambda d: f"{d.day:02}.{d.month:02}.{d.year}",
    "1.2.2017": lambda d: f"{d.day}.{d.month}.{d.year}",
    "Fr., 15. 12. 2017": lambda d: f"{WEEKDAYS_DE[d.weekday()][:2]}., {d.day}. {d.month}. {d.year}",
    "am 1.2.17": lambda d: f"am {d.day}.{d.month}.{d.year % 100:02}",
    "2017-12-15": lambda d: d.isoformat(),
    "15 December 2017": lambda d: f"{d.day} {ENGLISH[d.month - 1]} {d.year}",
    "15 Dec 2017": lambda d: f"{d.day} {ENGLISH[d.month - 1][:3]} {d.year}",
    "15th of December, 2017": lambda d: f"{_nth(d.day)} of {ENGLISH[d.month - 1]}, {d.year}",
    "December 15, 2017": lambda d: f"{ENGLISH[d.month - 1]} {d.day}, {d.year}",
    "Dec. 15th 2017": lambda d: f"{ENGLISH[d.month - 1][:3]} {_nth(d.day)}, {d.year}",
    "Friday 15 December 2017": lambda d: f"{WEEKDAYS_EN[d.weekday()]} {d.day} {ENGLISH[d.month - 1]} {d.year}",
}
"""Each must give the day back."""

YEARLESS_NOTATIONS: dict[str, Callable[[dt.date], str]] = {
    "15. Dezember": lambda d: f"{d.day}. {GERMAN[d.month - 1]}",
    "am 15.12.": lambda d: f"am {d.day}.{d.month}.",
    "Freitag, 15. Dezember": lambda d: f"{WEEKDAYS_DE[d.weekday()]}, {d.day}. {GERMAN[d.month - 1]}",
    "15 December": lambda d: f"{d.day} {ENGLISH[d.month - 1]}",
    "December 15th": lambda d: f"{ENGLISH[d.month - 1]} {_nth(d.day)}",
    "by December 15": lambda d: f"by {ENGLISH[d.month - 1]} {d.day}",
}
"""Each must give the day back when asked near it, and nothing when asked without."""
