"""The glossary tells the truth about places, and a newcomer's first searches lead to the right room."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from tests.conftest import ROOT

FOLDERS = ("commands", "deployments", "flows", "tasks", "staffelstab")
ROW = re.compile(r"^\| (?P<term>[^|]+) \| (?P<german>[^|]+) \| (?P<what>.+) \| `(?P<place>[^`|]+)` \|$")
SEARCHES = {
    "sandbox": "staffelstab/documents/extraction/sandbox.py",
    "middleware": "deployments/server/middleware.py",
    "redact": "tasks/redaction.py",
    "erasure": "staffelstab/ledger/erasure.py",
    "simulation": "staffelstab/simulation/simulate.py",
    "fault": "staffelstab/simulation/faults.py",
    "glossary": "docs/glossary.md",
    "alt text": "staffelstab/publishing/calendar/alt_text.py",
    "vocabulary": "staffelstab/timetable/vocabulary/words.py",
    "submission": "staffelstab/submissions/case/submissions.py",
}


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
        if not (ROOT / (place if place.split("/")[0] in FOLDERS else f"staffelstab/{place}")).exists()
    ] == []


def test_every_term_stands_in_the_glossary_once() -> None:
    terms = Counter(row["term"] for row in rows())
    assert [term for term, number in terms.items() if number > 1] == []


@pytest.mark.parametrize(("word", "place"), SEARCHES.items())
def test_a_search_leads_to_the_right_room(word: str, place: str) -> None:
    """The file says the word where one reads first: in its path or its first paragraph."""
    text = (ROOT / place).read_text(encoding="utf-8")
    first = (ast.get_docstring(ast.parse(text)) or "") if place.endswith(".py") else text[:200]
    assert word in f"{place.replace('_', ' ')} {first}".lower()


def test_few_files_share_a_name() -> None:
    """A kind of phase has a flow and a module of the same name; beyond those hardly any two files are called alike."""
    names = Counter(path.name for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    kinds = {path.name for path in (ROOT / "staffelstab/phases/kinds").glob("*.py")}
    assert len([name for name, number in names.items() if number > 1 and name not in kinds]) < 5
