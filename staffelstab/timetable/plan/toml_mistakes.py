"""What is wrong in a plan file that is no TOML: the line, and a message in place of the reader's own words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass

from staffelstab.timetable.plan.locate import statement_before
from staffelstab.timetable.plan.toml_file import too_many_dots
from staffelstab.timetable.vocabulary.words import any_of

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_CHARACTER = re.compile(r"'[^']+'|\"[^\"]+\"")
_LONG_NUMBER = re.compile(r"\d{1000}")
_STATEMENT = re.compile(r"\s*(\[|[\w-]+\s*=)")
_FROM_THE_BEGINNING = frozenset({"open_text", "open_list", "double"})
_KINDS = (
    ("Cannot overwrite", "double"),
    ("Duplicate inline table key", "double"),
    ("Cannot declare", "double"),
    ("Cannot redefine", "double"),
    ("Cannot mutate", "double"),
    ("Invalid date", "no_day"),
    ("Unterminated string", "open_text"),
    ("Unclosed", "open_list"),
    ("Illegal character '\\n'", "open_text"),
    ("Illegal character", "character"),
    ("Found invalid character", "character"),
    ("Unescaped", "backslash"),
    ("Invalid hex value", "backslash"),
    ("Escaped character", "backslash"),
    ('Expected \'"""\'', "open_text"),
    ("Expected \"'''\"", "open_text"),
    ('Expected "\'"', "open_text"),
    ("Expected ']", "header"),
    ("Expected '='", "equals"),
    ("Expected newline", "rest"),
    ("Invalid initial character for a key part", "key"),
    ("Invalid statement", "key"),
    ("Invalid value", "value"),
)
"""How the reader's messages begin, and the sentence for each."""


_MEANT = (
    (
        re.compile(r"[^#\"']*=\s*(?:\d{1,2}\.\s?(?:\d|[^\W\d]{3})|\d{1,2}/\d{1,2}/\d|\d{1,2} [A-Z][a-z]{2})"),
        "german_day",
    ),
    (re.compile(rf"[^#\"']*=\s*(?:{any_of('sentences.yes_or_no')})\b", re.I), "yes_no"),
)
"""What people write for a day (22.11.2025, 5. März) and for yes and no, and the sentence for each."""


@dataclass(frozen=True, slots=True)
class TomlMistake:
    """What is no TOML: `kind` is a message below `plan.toml`, `line` counts from 1, `detail` is the reader's own word."""

    kind: str
    line: int
    detail: str = ""


def toml_mistake(text: str, error: ValueError | RecursionError) -> TomlMistake:
    """What an error of `toml_file.parsed` says about the file."""
    if isinstance(error, RecursionError):
        return TomlMistake("nested", _deepest(text))
    if isinstance(error, tomllib.TOMLDecodeError):
        return _said(text, str(error))
    digits = _LONG_NUMBER.search(text)  # Python turns no number of more than 4,300 digits into one
    return TomlMistake("number", text.count("\n", 0, digits.start() if digits else 0) + 1)


def _said(text: str, message: str) -> TomlMistake:
    place = _PLACE.search(message)
    detail = message[: place.start()] if place else message
    kind = next((kind for begins, kind in _KINDS if detail.startswith(begins)), "other")
    last = text.count("\n") + 1
    line, column = (int(place[1]), int(place[2])) if place and place[1] else (last, len(text) - text.rfind("\n"))
    begun = statement_before(text, line, column)
    at_end = not (place and place[1]) and text.rstrip().endswith(("[", "{", ","))
    if kind in {"key", "value", "other"} and (at_end or _within_brackets(text, line, column, begun)):
        kind = "open_list"
    if kind in {"rest", "value"}:
        row = text.split("\n")[line - 1]
        kind = next((meant for pattern, meant in _MEANT if pattern.match(row)), kind)
    quoted = _CHARACTER.search(detail)
    return TomlMistake(kind, begun if kind in _FROM_THE_BEGINNING else line, quoted[0] if quoted else detail)


def _within_brackets(text: str, line: int, column: int, begun: int) -> bool:
    """Whether a list was left open, so that the next statement was taken for an entry, or an inline table broken over lines."""
    row = text.split("\n")[line - 1]
    return (begun < line and _STATEMENT.match(row) is not None) or row[: column - 1].rstrip().endswith(("{", "{,"))


def _deepest(text: str) -> int:
    """The line with a key of too many parts, otherwise the one with the most brackets opened."""
    if dots := too_many_dots(text):
        return text.count("\n", 0, dots.start()) + 1
    lines = text.split("\n")
    return max(range(len(lines)), key=lambda number: lines[number].count("[") + lines[number].count("{")) + 1
