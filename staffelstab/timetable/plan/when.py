"""Dates of a plan: fixed, relative, open-ended, or unknown with candidates, and always honest about which (R45, R82, U4)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Literal

import msgspec

Status = Literal["adopted", "derived", "assumed", "unknown", "open", "confirmed", "amended"]
FACTS = frozenset({"adopted", "confirmed", "amended"})

_WORDS = re.compile(
    r"(?P<count>\d{1,4}|a|an|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<unit>days?|weeks?|working days?)\s+"
    r"(?P<side>before|after)\s+(?P<ref>[\w.-]+)"
)
_SIGNED = re.compile(r"(?P<ref>[\w.-]+?)(?:\s*(?P<sign>[+-])\s*P(?P<count>\d{1,4})(?P<unit>[DW]))?")
_QUOTED_DATE = re.compile(r"\d{4}-\d\d?-\d\d?")
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Offset(msgspec.Struct, frozen=True):
    """A distance from the date of another item: `days` calendar days, or working days."""

    reference: str
    days: int
    working: bool = False


class When(msgspec.Struct, frozen=True):
    """A date with what is known about it. `date` is None while it is open or unknown, and until the plan is resolved.

    A plan file never says "confirmed" or "amended": the ledger does (`change.py`). `former` is then the date that
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

    @property
    def unsettled(self) -> bool:
        """Whether somebody still has to say which day it is."""
        return bool(self.candidates) or self.status in {"unknown", "assumed"}


class WhenError(ValueError):
    """A value that is no date of a plan: `kind` is a message below `plan.problem`, `key` the field of a table that is wrong."""

    def __init__(self, kind: str, key: str = "", value: object = "") -> None:
        super().__init__(kind)
        self.kind, self.key, self.value = kind, key, value


STATUSES = ("adopted", "derived", "assumed", "unknown", "open")
"""What a plan file may say about a date; what was confirmed or amended, the ledger knows."""
RULE = "|".join(rf"^\s*{re.sub(r'[?]P<[a-z]+>', '', pattern.pattern)}\s*$" for pattern in (_WORDS, _SIGNED))
"""A rule in either notation, as a pattern that every regular-expression engine knows."""
PARTS = ("year", "month", "day")
"""What of a date may have been added to the resolution's words."""
FIELDS = ("date", "rule", "status", "candidates", "note", "open", "added")


def read_when(raw: object) -> When:
    """The `When` a TOML value stands for: a date, a rule, or a table of FIELDS. Raises WhenError."""
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        return When(raw)
    if isinstance(raw, str):
        return When(status="derived", rule=_rule(raw))
    if isinstance(raw, Mapping):
        return _from_table(raw)
    raise WhenError("date", value=raw)


def _rule(raw: object, key: str = "") -> str:
    if not isinstance(raw, str) or _QUOTED_DATE.fullmatch(raw.strip()):
        raise WhenError("date", key, raw)
    try:
        parse_rule(raw)
    except ValueError as error:
        raise WhenError("date", key, raw) from error
    return raw


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
    unknown = sorted(set(raw) - set(FIELDS))
    if unknown:
        raise WhenError("unknown_field", unknown[0], unknown[0])
    date = _day(raw["date"], "date") if "date" in raw else None
    rule = _rule(raw["rule"], "rule") if raw.get("rule") else ""
    return When(
        date=date,
        status=_status(raw, date, rule),
        rule=rule,
        candidates=_candidates(raw.get("candidates", [])),
        note=_text(raw, "note"),
        added=_added(raw),
    )


def _day(raw: object, key: str) -> dt.date:
    if not isinstance(raw, dt.date) or isinstance(raw, dt.datetime):
        raise WhenError("date_only", key, raw)
    return raw


def _text(raw: Mapping[str, object], key: str) -> str:
    value = raw.get(key, "")
    if not isinstance(value, str):
        raise WhenError("text", key, value)
    return value


def _added(raw: Mapping[str, object]) -> str:
    value = _text(raw, "added")
    if value and value not in PARTS:
        raise WhenError("choice", "added", value)
    return value


def _status(raw: Mapping[str, object], date: dt.date | None, rule: str) -> Status:
    said = raw.get("status")
    for status in ("adopted", "derived", "assumed", "unknown", "open"):
        if said == status:
            return status
    if said is not None:
        raise WhenError("ledger_only" if said == "confirmed" or said == "amended" else "status", "status", said)
    if not isinstance(raw.get("open", False), bool):
        raise WhenError("open", "open", raw["open"])
    if raw.get("open"):
        return "open"
    if rule:
        return "derived"
    return "unknown" if date is None else "adopted"


def _candidates(raw: object) -> tuple[dt.date, ...]:
    if not isinstance(raw, list):
        raise WhenError("candidates", "candidates", raw)
    return tuple(sorted(_day(day, "candidates") for day in raw))
