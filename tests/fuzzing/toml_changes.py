"""Changes to a TOML file that mostly leave it TOML: other types, extremes, keys and tables doubled, removed, exchanged."""

from __future__ import annotations

import random
import re

from tests.fuzzing.changes import DAYS, NUMBERS, ODD_TEXTS, text_changed

_VALUE = re.compile(r"^([ \t]*[\w-]+[ \t]*=[ \t]*)(.+)$", re.MULTILINE)
_INLINE = re.compile(r"([\w-]+ = )(\"[^\"\n]*\"|\d[\d-]*|true|false)(?=[ ,}\]])")
_TABLE = re.compile(r"^\[\[?[\w.]+\]\]?[ \t]*$", re.MULTILINE)

LITERALS = (
    *(day for day in DAYS if re.fullmatch(r"[\d-]+T?[\d:]*", day)), *NUMBERS, "true", "false", "[]", "{}", '""',
    "[[]]", "[{}]", "[1, 2]", '["a", 1, 2027-03-01]', "12:30:00", "2027-03-15T12:00:00", "2027-03-15T12:00:00+23:59",
    "0001-01-01T00:00:00-12:00", "-0.0", "+nan", "[" * 300 + "]" * 300, "{a = " * 150 + "1" + "}" * 150,
    "[" + "1, " * 3000 + "]", "[" + '"vorstand", ' * 3000 + "]", "'''\n\n'''",
    "{ date = 2027-03-20, status = \"proposed\" }", "{ candidates = [2027-03-20, 0001-01-01, 9999-12-31] }",
    "{ open = true }", '{ rule = "five working days before session" }', '{ adopted = [], proposed = ["vorstand"] }',
    "2027-03-20", "2027-02-28", "0b101",
)  # fmt: skip
RULES = (
    "two weeks before mv", "9999 months before mv", "a day after vorstand-maerz", "five working days before session",
    "last friday before mv", "zwei Wochen vor mv", "first monday in march", "fifth sunday after mv",
    "umfrage.deadline", "vorstand-maerz.papers_due", "resolution", "1000000 working days after resolution",
    "0 days before mv", "-1 weeks before mv", "mv", "two weeks before " * 40, "P6W", "P99999999Y", "P0D",
    "Europe/Berlin", "Antarctica/Troll", "../../etc/localtime", "US", "XX", "de", "en", "xx", "SN", "plan.toml",
    "ledger.db", "inbox", ".heads", "./a", "a/b", "/etc/passwd", "CON", "a\\\\b", "adoption", "decision",
    "publication", "optional", "required", "vorstand", "kassenwart", "wege", "birkenweg",
)  # fmt: skip


def toml_changed(chance: random.Random, text: str) -> str:
    """A few changes; one in ten knows nothing of TOML."""
    if chance.random() < 0.1:
        return text_changed(chance, text)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        change = chance.choices((_alike, _value, _inline, _moved_value, _line, _table), (6, 3, 1, 2, 2, 2))[0]
        text = change(chance, text)[:2_000_000]
    return text


def literal(chance: random.Random) -> str:
    """A value of any type."""
    if chance.random() < 0.5:
        return chance.choice(LITERALS)
    return quoted(chance.choice((*RULES, *ODD_TEXTS)))


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    escaped = "".join(
        f"\\u{ord(mark):04x}" if ord(mark) < 32 or ord(mark) == 127 else f"\\{mark}" if mark in '"\\' else mark
        for mark in text
    )
    return f'"{escaped}"'


def _replaced(chance: random.Random, text: str, pattern: re.Pattern[str], new: str | None = None) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text
    match = chance.choice(found)
    value = chance.choice(found)[2] if new is None else new
    return text[: match.start(2)] + value + text[match.end(2) :]


def _alike(chance: random.Random, text: str) -> str:
    """A value of the same type, an extreme of it."""
    found = [*_VALUE.finditer(text), *_INLINE.finditer(text)]
    if not found:
        return text
    match = chance.choice(found)
    former = match[2].strip()
    if former.startswith('"'):
        new = quoted(chance.choice((*RULES, *ODD_TEXTS)))
    elif re.match(r"\d{4}-\d\d-\d\d", former):
        new = chance.choice(
            (
                "0001-01-01",
                "1900-01-01",
                "2999-12-31",
                "9999-12-31",
                "2027-02-28",
                "2027-03-24",
                "2027-03-28",
                "2027-12-31",
            )
        )
    elif re.match(r"[\d-]", former):
        new = chance.choice(("0", "-1", "1", "2", "7", "99", "2147483648", "9" * 30))
    else:
        new = chance.choice(
            ("true", "false", "[]", '["vorstand"]', '["wege", "vorstand", "kasse"]', "{}", '{ rule = "mv" }')
        )
    return text[: match.start(2)] + new + text[match.end(2) :]


def _value(chance: random.Random, text: str) -> str:
    return _replaced(chance, text, _VALUE, literal(chance))


def _inline(chance: random.Random, text: str) -> str:
    return _replaced(chance, text, _INLINE, literal(chance))


def _moved_value(chance: random.Random, text: str) -> str:
    """A value that stands at another key already: types of the plan's own, ids of something else."""
    return _replaced(chance, text, chance.choice((_VALUE, _INLINE)))


def _line(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    at, other = (chance.randrange(len(lines)) for _ in range(2))
    match chance.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, lines[at])
        case 2:
            lines.insert(at, lines[other])
        case _:
            key = chance.choice(("note", "quote", "wall", "x", "date", "name", "a.b.c", '"\\u0000"', "a." * 3000 + "a"))
            lines.insert(at, f"{key} = {literal(chance)}")
    return "\n".join(lines)


def _table(chance: random.Random, text: str) -> str:
    """A whole table doubled, removed, or put elsewhere."""
    starts = [match.start() for match in _TABLE.finditer(text)]
    if not starts:
        return text
    n = chance.randrange(len(starts))
    begin, end = starts[n], starts[n + 1] if n + 1 < len(starts) else len(text)
    piece, rest = text[begin:end], text[:begin] + text[end:]
    at = chance.choice([*starts, len(text)])
    match chance.randrange(4):
        case 0:
            return rest
        case 1:
            return text[:at] + piece * chance.choice((1, 1, 3, 60)) + text[at:]
        case 2:
            renamed = re.sub(r'^id = "([^"]*)"', lambda found: f'id = "{found[1]}-2"', piece, flags=re.MULTILINE)
            return text[:at] + renamed + text[at:]
        case _:
            return rest + piece
