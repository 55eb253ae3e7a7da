"""The codebook: an editable TOML file of categories, each with the words and phrases by which it is found (R72, R18).

    [[category]]                      [[scope]]            what is not the subject and gets parked
    id = "finances"                   id = "recruiting"
    name = "Beiträge und Kasse"       name = "Mitgliedergewinnung"
    stems = ["kasse", "beitrags*"]    where = "zeitlich begrenzte Kampagnen"
    phrases = ["kein Geld"]           phrases = ["Mitglieder … gewinnen"]

A word stands for its inflected forms, an asterisk for any letters, an ellipsis in a phrase for up to four words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from staffelstab.errors import RecordError
from staffelstab.files import BESIDE
from staffelstab.language import TEMPLATES, Fact
from staffelstab.timetable.plan.toml_file import parsed

GAPS = ("…", "...")

_TEXTS = frozenset({"id", "name", "where"})
_LISTS = frozenset({"stems", "phrases"})

MOST_ENTRIES, MOST_TERMS, MOST_WORDS, LONGEST = 1_000, 5_000, 20, 200
"""Categories and scopes of a codebook, words and phrases in all, words of a phrase, characters of it and of a name: every word of
every paper is held against all of them."""


@dataclass(frozen=True, slots=True)
class Category:
    """A category, or with `where` (where such statements belong) something out of scope."""

    id: str
    name: str
    stems: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """Categories and scopes in the order of the file; ids are unique over both."""

    categories: tuple[Category, ...]
    scopes: tuple[Category, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Codebook:
        """Read the codebook at `path`. Raises RecordError naming file, line and what to write instead."""
        source = _Source(path.name, _text(path))
        tables = source.tables()
        source.check_size(tables)
        categories = tuple(source.entry("category", n, table) for n, table in enumerate(tables.get("category", ())))
        scopes = tuple(source.entry("scope", n, table) for n, table in enumerate(tables.get("scope", ())))
        if not categories:
            raise source.error("empty", 1)
        source.check_unique(categories, scopes)
        return cls(categories, scopes)

    @classmethod
    def default(cls, language: str) -> Codebook:
        """The codebook for membership work that comes with the product."""
        return cls.load(TEMPLATES / language / "codebook.toml")

    def name(self, entry: str) -> str:
        """The name of the category or scope with the id `entry`. Raises KeyError."""
        return {each.id: each.name for each in (*self.categories, *self.scopes)}[entry]


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(BESIDE + 1)
        if len(data) > BESIDE:
            raise RecordError("analysis.codebook.error.too_large", file=path.name, limit=BESIDE // 1_000_000)
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError) as exc:
        raise RecordError("analysis.codebook.error.unreadable", file=path.name) from exc


@dataclass(frozen=True, slots=True)
class _Source:
    """The text of a codebook file, for saying where in it something is wrong."""

    file: str
    text: str

    def tables(self) -> dict[str, list[Mapping[str, object]]]:
        try:
            found = parsed(self.text)
        except (ValueError, RecursionError) as exc:
            from staffelstab.timetable.plan.toml_mistakes import toml_mistake  # only a broken codebook needs it

            line = re.search(r"line (\d+)", str(exc))
            raise self.error("syntax", int(line[1]) if line else toml_mistake(self.text, exc).line) from exc
        tables: dict[str, list[Mapping[str, object]]] = {}
        for key, value in found.items():
            if key not in ("category", "scope"):
                raise self.error("unknown", self._line(rf"^[ \t]*\[*\s*{re.escape(key)}\b"), key=key)
            if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
                raise self.error("table", self._line(rf"^[ \t]*\[*\s*{key}\b"), key=key)
            tables[key] = value
        return tables

    def check_size(self, tables: Mapping[str, Sequence[Mapping[str, object]]]) -> None:
        """Raise RecordError for more than anybody's codebook has, at the entry that is one too many."""
        entries = terms = 0
        for kind, found in tables.items():
            for index, table in enumerate(found):
                entries += 1
                terms += sum(len(value) for value in table.values() if isinstance(value, list))
                if entries > MOST_ENTRIES or terms > MOST_TERMS:
                    line = self._line("", self._start(kind, index))
                    raise self.error("too_many", line, entries=MOST_ENTRIES, terms=MOST_TERMS)

    def entry(self, kind: str, index: int, table: Mapping[str, object]) -> Category:
        def line(pattern: str = "") -> int:
            return self._line(pattern, self._start(kind, index))

        for key, value in table.items():
            self._check(key, value, line)
        for key in ("id", "name"):
            if not str(table.get(key, "")).strip():
                raise self.error("missing", line(), key=key)
        category = Category(**{key: tuple(value) if isinstance(value, list) else value for key, value in table.items()})  # type: ignore[arg-type] # checked above
        if not category.stems and not category.phrases:
            raise self.error("no_words", line(), id=category.id)
        for term in (*category.stems, *category.phrases):
            if not all(map(_speaks, term.split())) or not any(word not in GAPS for word in term.split()):
                raise self.error("no_letters", line(re.escape(f'"{term}"')), id=category.id)
            if len(term.split()) > MOST_WORDS:
                raise self.error("long_phrase", line(re.escape(f'"{term}"')), id=category.id, most=MOST_WORDS)
        return category

    def check_unique(self, categories: Sequence[Category], scopes: Sequence[Category]) -> None:
        seen: set[str] = set()
        for kind, entries in (("category", categories), ("scope", scopes)):
            for index, entry in enumerate(entries):
                if entry.id in seen:
                    raise self.error("twice", self._line(r"^[ \t]*id\s*=", self._start(kind, index)), id=entry.id)
                seen.add(entry.id)

    def error(self, what: str, line: int, **facts: Fact) -> RecordError:
        return RecordError(f"analysis.codebook.error.{what}", file=self.file, line=line, **facts)

    def _check(self, key: str, value: object, line: Callable[[str], int]) -> None:
        """Raise RecordError for what is no field, or none such; only then is its line looked for."""
        if wrong := _mistake(key, value):
            raise self.error(wrong, line(rf"^[ \t]*{re.escape(key)}\s*="), key=key, most=LONGEST)

    def _start(self, kind: str, index: int) -> int:
        """Where the `index`-th table of that kind begins in the text; 0 when it is written in another notation."""
        starts = [match.start() for match in re.finditer(rf"^[ \t]*\[\[\s*{kind}\s*\]\]", self.text, re.MULTILINE)]
        return starts[index] if index < len(starts) else 0

    def _line(self, pattern: str, start: int = 0) -> int:
        """The line on which `pattern` first occurs from `start` on; the line of `start` when it does not."""
        match = re.compile(pattern, re.MULTILINE).search(self.text, start)
        place = match.end() if match else start
        return self.text.count("\n", 0, place) + 1


def _mistake(key: str, value: object) -> str:
    """What is wrong with a field, as a key below `codebook.error`; "" if nothing is."""
    if key not in _TEXTS | _LISTS:
        return "unknown"
    if key in _TEXTS and not isinstance(value, str):
        return "not_text"
    if key in _LISTS and not (isinstance(value, list) and _texts(value)):
        return "not_list"
    texts = value if isinstance(value, list) else [value]
    return "too_long" if any(len(str(text)) > LONGEST for text in texts) else ""


def _texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) and value.strip() for value in values)


def _speaks(word: str) -> bool:
    """Whether a word of a term can be looked for: it has a letter or digit, or is an ellipsis."""
    return word in GAPS or any(char.isalnum() for char in word)
