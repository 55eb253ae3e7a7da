"""Which passages of a manuscript cannot be printed: found by halving, and replaced by a sentence that names them.

Only called when a format failed. A passage is a paragraph, a box, a heading; of tables and lists it is a row or an item. It is
named by the number people cite (B07.3, V02), otherwise by its section: its words never leave the paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from staffelstab.documents.rendering.markdown import inert_line
from staffelstab.language import Language

ATTEMPTS = 60
"""So often is a part of the manuscript printed on trial."""

_SOURCE = re.compile(r"\n\[(?P<ref>[A-Z]{1,3}\d{1,4}(?:\\\.\d{1,4})?)(?:\\,|\])")
_FIRST = re.compile(r"(?:#{1,6}|\||-) (?P<ref>[A-Z]{1,3}\d{1,4}(?:\\\.\d{1,4})?) ")
_HEADING = re.compile(r"(#{1,6}) ")
_BAR = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r":::+( \{)?")


@dataclass(frozen=True, slots=True)
class Mended:
    """A manuscript's text without what failed, and where that stood: "B07.3", or "4/2" for the second part of section 4."""

    markdown: str
    places: tuple[str, ...]


class GaveUp(Exception):  # noqa: N818 -- no passage fails by itself, or there are too many
    """The passages that fail were not found."""


def mended(markdown: str, fails: Callable[[str], bool], language: str) -> Mended:
    """The text without the passages of which `fails` says that they cannot be printed. Raises GaveUp."""
    trial = _Trial(fails)
    blocks = list(_blocks(markdown))
    found = trial.failing(range(len(blocks)), lambda kept: "\n\n".join(blocks[at] for at in kept))
    places: list[str] = []
    for at in found:
        name = _section(blocks, at)
        blocks[at], places_here = _without(blocks[at], name, trial, language)
        places += places_here
    return Mended("\n\n".join(blocks), tuple(places))


@dataclass
class _Trial:
    """Prints parts of the manuscript on trial, no more than so often."""

    fails: Callable[[str], bool]
    left: int = field(default=ATTEMPTS)

    def failing(self, parts: Sequence[int], made: Callable[[Sequence[int]], str]) -> list[int]:
        """Those parts that fail, each by itself; `made` is the text of some of them. Raises GaveUp."""
        if not parts or not self._fails(made(parts)):
            return []
        if len(parts) == 1:
            return list(parts)
        middle = len(parts) // 2
        found = self.failing(parts[:middle], made) + self.failing(parts[middle:], made)
        if not found:
            raise GaveUp
        return found

    def _fails(self, markdown: str) -> bool:
        if not self.left:
            raise GaveUp
        self.left -= 1
        return self.fails(markdown)


def _blocks(markdown: str) -> Iterator[str]:
    """What stands between blank lines; a box with all it holds is one block."""
    block: list[str] = []
    depth = 0
    for line in [*markdown.split("\n"), ""]:
        if fence := _FENCE.match(line):
            depth += 1 if fence[1] else -1
        if line.strip() or depth > 0:
            block.append(line)
        elif block:
            yield "\n".join(block)
            block = []
    if block:
        yield "\n".join(block)


def _section(blocks: Sequence[str], at: int) -> str:
    """Which section a block stands in, and its number there: "4/2"."""
    headings = [number for number, block in enumerate(blocks[: at + 1]) if _HEADING.match(block)]
    return f"{len(headings)}/{at - headings[-1] if headings else at + 1}"


def _without(block: str, name: str, trial: _Trial, language: str) -> tuple[str, list[str]]:
    """A block that fails without its failing rows or items, or a sentence in its place; and where those stood."""
    lines = block.split("\n")
    items = _items(lines)
    try:
        found = trial.failing(items, lambda kept: _with(lines, items, kept)) if items else []
    except GaveUp:
        found = []
    if not found:
        place = _ref(_SOURCE.search(block) or _FIRST.match(block)) or name
        return _instead(block, place, language), [place]
    places = [_ref(_FIRST.match(lines[at])) or name for at in found]
    for at, place in zip(found, places, strict=True):
        lines[at] = _instead(lines[at], place, language)
    return "\n".join(lines), places


def _items(lines: Sequence[str]) -> list[int]:
    """The rows of a table or the items of a list, one line each."""
    if lines[0].startswith("|"):
        return list(range(2, len(lines)))
    found = [at for at, line in enumerate(lines) if line.startswith("- ")]
    return found if len(found) > 1 else []


def _with(lines: Sequence[str], items: Sequence[int], kept: Sequence[int]) -> str:
    return "\n".join(line for at, line in enumerate(lines) if at in kept or at not in items)


def _instead(block: str, place: str, language: str) -> str:
    """A sentence of the same shape: a heading stays one, a row a row, an item an item."""
    sentence = inert_line(left_out(place, language))
    if heading := _HEADING.match(block):
        return f"{heading[0]}{sentence}"
    if block.startswith("| "):
        return f"| {sentence} |{' |' * (len(_BAR.findall(block)) - 2)}"
    return f"- {sentence}" if block.startswith("- ") else f"*{sentence}*"


def left_out(place: str, language: str) -> str:
    """The sentence that stands where a passage could not be printed."""
    words = Language(language)
    return words.say("documents.left_out.sentence", place=place_name(place, language))


def place_name(place: str, language: str) -> str:
    """How people call the place of a passage."""
    section, _, number = place.partition("/")
    return Language(language).say("documents.left_out.section", section=section, n=int(number)) if number else place


def _ref(found: re.Match[str] | None) -> str:
    return found["ref"].replace("\\", "") if found else ""
