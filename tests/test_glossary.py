"""The glossary tells the truth about places, and a newcomer's first searches lead to the right place."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

import pytest

from tests.conftest import ROOT

FOLDERS = ("commands", "deployments", "flows", "tasks", "staffelstab")
PLACES = (*FOLDERS, "pages")
IMPORT = re.compile(r"^(?:from .* import \([^)]*\)|(?:from|import) .*)$", re.MULTILINE)
ROW = re.compile(r"^\| (?P<term>[^|]+) \| (?P<german>[^|]+) \| (?P<what>.+) \| `(?P<place>[^`|]+)` \|$")
SEARCHES = {
    "sandbox": ("staffelstab/documents/extraction/sandbox.py", "staffelstab/documents"),
    "middleware": ("deployments/server/middleware.py", "deployments/server"),
    "redact": ("tasks/redaction.py", "tasks"),
    "erasure": ("staffelstab/ledger/erasure.py", "staffelstab/ledger"),
    "simulation": ("staffelstab/simulation/simulate.py", "staffelstab/simulation"),
    "fault": ("staffelstab/simulation/faults.py", "staffelstab/simulation"),
    "glossary": ("docs/glossary.md", "docs"),
    "alt text": ("staffelstab/publishing/calendar/alt_text.py", "staffelstab/publishing/calendar"),
    "vocabulary": ("staffelstab/timetable/vocabulary/words.py", "staffelstab/timetable/vocabulary"),
    "submission": ("staffelstab/submissions/case/submissions.py", "staffelstab/submissions"),
}
"""A newcomer's first ten searches: the file each should lead to, and the folder that all that turns on the word is in."""

SEARCHED = ("staffelstab", "tasks", "deployments", "docs")
SIGNPOSTS = ("docs/glossary.md", "docs/architecture.md", "docs/extending.md")
"""Pages that name everything once: a search finds them too, and they point on."""

every_search = pytest.mark.parametrize(
    ("word", "place", "folder"), [(word, *where) for word, where in SEARCHES.items()], ids=SEARCHES
)


@cache
def texts() -> Mapping[str, str]:
    """Every text a newcomer would search, by its path, the import lines aside."""
    files = (path for folder in SEARCHED for path in sorted((ROOT / folder).rglob("*")))
    return {
        path.relative_to(ROOT).as_posix(): IMPORT.sub("", path.read_text(encoding="utf-8"))
        for path in files
        if path.suffix in {".py", ".md", ".toml"}
    }


def opening(place: str) -> str:
    """What one reads first of a file: its path and its first paragraph."""
    text = texts()[place]
    said = (ast.get_docstring(ast.parse(text)) or "") if place.endswith(".py") else text
    return f"{place.replace('_', ' ')} {said.partition(chr(10) * 2)[0]}"


def says(word: str, text: str) -> int:
    """How often a text says a word, whatever its case, also with an ending (`git grep -i`, but for "default")."""
    return len(re.findall(rf"\b{word}", text, re.IGNORECASE))


def rows() -> list[re.Match[str]]:
    lines = (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line.startswith("| ") and not line.startswith("| Term |")]
    found = [ROW.match(line) for line in entries]
    assert None not in found, [line for line, row in zip(entries, found, strict=True) if row is None]
    return [row for row in found if row is not None]


def test_every_place_of_the_glossary_is_there() -> None:
    places = [row["place"] for row in rows()]
    assert [
        place
        for place in places
        if not (ROOT / (place if place.split("/")[0] in PLACES else f"staffelstab/{place}")).exists()
    ] == []


def test_every_term_stands_in_the_glossary_once() -> None:
    terms = Counter(row["term"] for row in rows())
    assert [term for term, number in terms.items() if number > 1] == []


@every_search
def test_a_search_leads_to_the_right_file(word: str, place: str, folder: str) -> None:
    """The file says the word where one reads first, and in its text, so that a search through contents finds it."""
    assert says(word, opening(place))
    assert says(word, texts()[place])


@every_search
def test_no_file_elsewhere_begins_with_the_word(word: str, place: str, folder: str) -> None:
    """Whatever says the word in its path or its first paragraph is about that thing, and lies in one folder."""
    found = [name for name in texts() if name not in SIGNPOSTS and says(word, opening(name))]
    assert [name for name in found if not name.startswith(f"{folder}/")] == []


@every_search
def test_no_file_elsewhere_says_the_word_more_often(word: str, place: str, folder: str) -> None:
    counts = {name: says(word, text) for name, text in texts().items() if name == place or name not in SIGNPOSTS}
    within = max(count for name, count in counts.items() if name.startswith(f"{folder}/"))
    assert {name: count for name, count in counts.items() if count > within} == {}


def test_few_files_share_a_name() -> None:
    """A kind of phase has a flow and a module of the same name; beyond those hardly any two files are called alike."""
    names = Counter(path.name for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    kinds = {path.name for path in (ROOT / "staffelstab/phases/kinds").glob("*.py")}
    assert len([name for name, number in names.items() if number > 1 and name not in kinds]) < 5
