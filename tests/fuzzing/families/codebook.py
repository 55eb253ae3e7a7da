"""Codebooks: what is still one sorts statements, in bounded time."""

from __future__ import annotations

import random

from staffelstab.errors import RecordError
from staffelstab.language import LANGUAGES, TEMPLATES
from staffelstab.phases.methods.categories import categorise
from staffelstab.phases.methods.codebook import Codebook
from tests.conftest import ROOT
from tests.fuzzing.case import Bench, promise
from tests.fuzzing.changes import ODD_TEXTS, bytes_changed
from tests.fuzzing.organisation import CODEBOOK
from tests.fuzzing.toml_changes import quoted, toml_changed

_TERMS = (
    "*" * 40,
    "a*" * 12 + "b",
    "*a*a*a*a*a*a*b",
    "… … …",
    "… a …",
    "a … " * 40,
    "-",
    "*",
    "a*b … c*",
    "ß*ẞ",
    "(?:a+)+$",
    "\\",
    "[a-z]*",
    *ODD_TEXTS,
)
_STATEMENTS = (
    "Wir brauchen mehr Wasser.",
    "a" * 3_000,
    "ab" * 1_500,
    "a-" * 1_000 + "a",
    "Neumitglieder-Treffen und Kassierer*in",
    "a " * 3_000,
)


def trial(chance: random.Random, bench: Bench) -> str:
    """A changed codebook is refused in a sentence that names a line, or codes whatever is said."""
    path = bench.place / "codebook.toml"
    path.write_bytes(changed(chance))
    try:
        book = Codebook.load(path)
    except RecordError as error:
        promise("codebook.toml" in error.text("de") and len(error.text("en")) < 20_000, "a refusal nobody can use")
        promise("line" in error.facts or error.key.endswith("unreadable"), f"{error.key} names no line")
        return f"refused: {error.key.rpartition('.')[2]}"
    statements = [*_STATEMENTS, *chance.choices(ODD_TEXTS, k=4)]
    codings = categorise(statements, book, chance.choice(sorted(LANGUAGES)))
    promise(len(codings) == len(statements), "a statement was not coded")
    for text, coding in zip(statements, codings, strict=True):
        promise(
            all(0 <= begin < end <= len(text) for begin, end, _ in coding.hits), "a hit lies outside of its statement"
        )
        for entry in filter(None, (coding.category, coding.second, coding.parked)):
            book.name(entry)
    return "a codebook still"


def changed(chance: random.Random) -> bytes:
    """A codebook that was changed."""
    places = [TEMPLATES / language / "codebook.toml" for language in LANGUAGES]
    places += sorted((ROOT / "examples").glob("*/codebook.toml"))
    text = CODEBOOK if chance.random() < 0.5 else chance.choice(places).read_text(encoding="utf-8")
    if chance.random() < 0.5:
        term = quoted(chance.choice(_TERMS))
        text = text.replace("stems = [", f"stems = [{term}, ", chance.choice((1, 3)))
    if chance.random() < 0.8:
        text = toml_changed(chance, text)
    data = text.encode("utf-8", "surrogatepass")
    return bytes_changed(chance, data, 3) if chance.random() < 0.15 else data
