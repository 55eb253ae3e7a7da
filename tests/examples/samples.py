"""An example's folder, read without the product's intake: arrivals, sheets, and the paragraphs of its papers."""

from __future__ import annotations

import csv
import datetime as dt
import email
import email.policy
import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile, takewhile
from pathlib import Path

from python_calamine import CalamineWorkbook

from staffelstab.language import Language
from staffelstab.submissions.records.record_kinds import RECORDS, Field, RecordKind
from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Plan

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ARRIVALS = {"de": ("Datei", "Eingang"), "en": ("File", "Arrived")}
NUMBERED = {"de": {"papers": "B", "interviews": "G"}, "en": {"papers": "P"}}
SHEETS = frozenset({".csv", ".ods", ".xlsx"})
PANDOC = {".docx": "docx", ".html": "html", ".md": "markdown-smart", ".odt": "odt", ".rtf": "rtf"}

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the inbox: its rows by the names of the fields, in the order of the file."""

    path: str
    arrived: dt.datetime
    kind: RecordKind
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One example."""

    root: Path

    @property
    def inbox(self) -> Path:
        """Where its files lie before they arrive."""
        return self.root / "inbox"

    @property
    def plan(self) -> Plan:
        """Its plan."""
        return _plan(self.root)

    @property
    def language(self) -> Language:
        """The language of its plan."""
        return self.plan.words

    def arrivals(self) -> dict[str, dt.datetime]:
        """When each file arrives, in the order of the table."""
        with (self.root / "arrivals.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter=";"))
        assert tuple(rows[0]) == ARRIVALS[self.plan.language]
        return {path: dt.datetime.fromisoformat(moment) for path, moment in rows[1:]}

    def kind(self, path: str) -> str:
        """What the folder of `path` says it is."""
        folders = self.language.entry("records.folders")
        assert isinstance(folders, Mapping)
        return next(str(kind) for kind, folder in folders.items() if folder == path.split("/")[0])

    def texts(self) -> dict[str, str]:
        """The papers and minutes by number; the same bytes twice are one paper."""
        seen: set[bytes] = set()
        numbers: dict[str, str] = {}
        for path in self.arrivals():
            content = (self.inbox / path).read_bytes()
            letter = NUMBERED[self.plan.language].get(self.kind(path))
            if letter and Path(path).suffix not in SHEETS and content not in seen:
                seen.add(content)
                numbers[f"{letter}{sum(number[0] == letter for number in numbers) + 1:02d}"] = path
        return numbers

    def sheets(self) -> list[Sheet]:
        """Every sheet, in the order of arrival."""
        return [
            Sheet(path, moment, RECORDS[self.kind(path)], tuple(self._rows(path)))
            for path, moment in self.arrivals().items()
            if Path(path).suffix in SHEETS
        ]

    def _rows(self, path: str) -> Iterator[Row]:
        headings, *rows = cells(self.inbox / path)
        fields = [self.field(RECORDS[self.kind(path)], heading) for heading in headings]
        for row in rows:
            yield {field.name: value for field, value in zip(fields, row, strict=True)}

    def field(self, kind: RecordKind, heading: str) -> Field:
        """The column of `kind` that `heading` means. Raises LookupError."""
        return next(field for field in kind.fields if heading in self.spellings(f"records.headings.{field.name}"))

    def spellings(self, key: str) -> list[str]:
        """The spellings the catalogue allows."""
        words = self.language.entry(key)
        assert isinstance(words, list)
        return words

    def headers(self) -> set[str]:
        """Every spelling of the lines at the top of a paper that say who speaks."""
        table = self.language.entry("records.headers")
        assert isinstance(table, Mapping)
        return {word for words in table.values() for word in words}

    def paragraphs(self, path: str) -> tuple[str, ...] | None:
        """The paragraphs below the lines that say who speaks; None where only the product can tell (PDF, picture)."""
        found = paragraphs(self.inbox / path)
        return found if found is None else tuple(dropwhile(self._is_header, found))

    def said_on_top(self, path: str) -> dict[str, str]:
        """What the lines at the top say, as in "Von: Beisitz 3"."""
        top = takewhile(self._is_header, paragraphs(self.inbox / path) or ())
        lines = (line.partition(": ") for paragraph in top for line in paragraph.splitlines())
        return {name: value for name, _, value in lines}

    def _is_header(self, paragraph: str) -> bool:
        return all(line.partition(": ")[0] in self.headers() for line in paragraph.splitlines())


@cache
def _plan(root: Path) -> Plan:
    return load_plan(root)


def cells(path: Path) -> list[list[str]]:
    """The first sheet of `path` as text: dates in ISO form, whole numbers without a point."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file, delimiter=";"))
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [[_shown(value) for value in row] for row in rows]


def _shown(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


@cache
def paragraphs(path: Path) -> tuple[str, ...] | None:
    """The paragraphs of a paper, headings and list items among them."""
    if path.suffix == ".txt":
        return tuple(blocks(decoded(path.read_bytes())))
    if path.suffix == ".eml":
        return tuple(_mail(path.read_bytes()))
    if path.suffix in PANDOC:
        return tuple(pandoc(path.read_bytes(), PANDOC[path.suffix]))
    return None


def decoded(content: bytes) -> str:
    """Text in UTF-8, or else in the encoding of old Windows machines."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252")


def blocks(text: str) -> list[str]:
    """The parts of a text between blank lines."""
    return [block.strip() for block in re.split(r"\r?\n\s*\n", text) if block.strip()]


def _mail(content: bytes) -> list[str]:
    message = email.message_from_bytes(content, policy=email.policy.default)
    body = message.get_body(("plain",))
    assert body is not None
    found = blocks(body.get_content())
    for part in message.iter_attachments():
        found += pandoc(part.get_content(), "docx")
    return found


def pandoc(content: bytes, form: str) -> list[str]:
    """The text of each paragraph, heading and list item of a document."""
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "--sandbox", "--from", form, "--to", "json"]
    document = json.loads(subprocess.run(command, input=content, capture_output=True, check=True).stdout)
    return [_plain(node) for node in _leaves(document["blocks"])]


def _leaves(nodes: list[dict[str, object]]) -> Iterator[object]:
    for node in nodes:
        content = node["c"]
        assert isinstance(content, list)
        if node["t"] == "BulletList":
            yield from (leaf for item in content for leaf in _leaves(item))
        else:
            yield content[2] if node["t"] == "Header" else content


def _plain(node: object) -> str:
    if isinstance(node, list):
        return "".join(map(_plain, node))
    assert isinstance(node, dict)
    if node["t"] == "SoftBreak":
        return "\n"
    return " " if node["t"] == "Space" else node["c"] if node["t"] == "Str" else _plain(node["c"])
