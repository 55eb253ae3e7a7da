"""Dates of a plan: fixed, relative, open-ended, or unknown with candidates, and always honest about which (R45, R82, U4)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Status = Literal["adopted", "derived", "assumed", "unknown", "open", "confirmed", "amended"]
FACTS = frozenset({"adopted", "confirmed", "amended"})

_WORDS = re.compile(
    r"(?P<count>\d{1,4}|a|an|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<unit>days?|weeks?|working days?)\s+"
    r"(?P<side>before|after)\s+(?P<ref>[\w.-]+)"
)
_SIGNED = re.compile(r"(?P<ref>[\w.-]+?)(?:\s*(?P<sign>[+-])\s*P(?P<count>\d{1,4})(?P<unit>[DW]))?")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Offset:
    """A distance from the date of another item: `days` calendar days, or working days."""

    reference: str
    days: int
    working: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """A date with what is known about it. `date` is None while it is open or unknown, and until the plan is resolved.

    A plan file never says "confirmed" or "amended": the ledger does (`staffelstab.plan.change`). `former` is then the date that
    stood before, if there was one (F08).
    """

    date: dt.date | None = None
    status: Status = "adopted"
    rule: str = ""
    candidates: tuple[dt.date, ...] = ()
    note: str = ""
    added: str = ""
    former: dt.date | None = None

    @property
    def day(self) -> dt.date:
        """The date. Raises ValueError when there is none: callers ask `date` first where a plan may leave it open."""
        if self.date is None:
            raise ValueError(f"no date: {self.status}")
        return self.date

    @property
    def certain(self) -> bool:
        """Whether the date may be written as a fact."""
        return self.date is not None and self.status in FACTS


FIELDS = ("date", "rule", "status", "candidates", "note", "open", "added")


def read_when(raw: object) -> When:
    """The `When` a TOML value stands for: a date, a rule, or a table of FIELDS. Raises ValueError or TypeError."""
    if isinstance(raw, dt.datetime):
        raise TypeError("a date without a time")
    if isinstance(raw, dt.date):
        return When(raw)
    if isinstance(raw, str):
        parse_rule(raw)
        return When(status="derived", rule=raw)
    if isinstance(raw, Mapping):
        return _from_table(raw)
    raise TypeError(type(raw).__name__)


def parse_rule(rule: str) -> Offset:
    """`"one week before lpt"`, `"session - P2D"`, `"3 working days before agm"` or just `"lpt"`. Raises ValueError."""
    text = rule.strip()
    if words := _WORDS.fullmatch(text):
        return _from_words(words)
    if signed := _SIGNED.fullmatch(text):
        count = int(signed["count"] or 0) * (7 if signed["unit"] == "W" else 1)
        return Offset(signed["ref"], -count if signed["sign"] == "-" else count)
    raise ValueError(rule)


def _from_words(match: re.Match[str]) -> Offset:
    word = match["count"]
    count = int(word) if word.isdigit() else 1 if word in {"a", "an"} else _NUMBERS.index(word)
    days = count * (7 if match["unit"].startswith("week") else 1)
    return Offset(match["ref"], -days if match["side"] == "before" else days, match["unit"].startswith("working"))


def _from_table(raw: Mapping[str, object]) -> When:
    unknown = set(raw) - set(FIELDS)
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    date, rule = raw.get("date"), str(raw.get("rule", ""))
    if date is not None and (not isinstance(date, dt.date) or isinstance(date, dt.datetime)):
        raise TypeError("a date without a time")
    if rule:
        parse_rule(rule)
    return When(
        date=date,
        status=_status(raw, date, rule),
        rule=rule,
        candidates=_candidates(raw.get("candidates", [])),
        note=str(raw.get("note", "")),
        added=str(raw.get("added", "")),
    )


def _status(raw: Mapping[str, object], date: dt.date | None, rule: str) -> Status:
    said = raw.get("status")
    for status in ("adopted", "derived", "assumed", "unknown", "open"):
        if said == status:
            return status
    if said is not None:
        raise ValueError(str(said))
    if raw.get("open"):
        return "open"
    if rule:
        return "derived"
    return "unknown" if date is None else "adopted"


def _candidates(raw: object) -> tuple[dt.date, ...]:
    if not isinstance(raw, list) or not all(isinstance(day, dt.date) for day in raw):
        raise TypeError("candidates")
    return tuple(sorted(raw))
