"""Real papers: 32 motions to a state party convention become papers of the first call, and no word is lost."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.acceptance.cli import PARTY, rehearsed_here
from tests.acceptance.outputs import table
from tests.conftest import CORPUS, require

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("january"), require("corpus")]


def words(text: str) -> tuple[str, ...]:
    """The words of a text; how lines break and how wide spaces are does not count."""
    return tuple(text.split())


def blocks(motion: Path) -> list[tuple[str, ...]]:
    """A motion's paragraphs: what blank lines part."""
    text = motion.read_text(encoding="utf-8-sig")
    return [words(block) for block in re.split(r"\n[ \t\r]*\n", text) if block.strip()]


@pytest.fixture(scope="module")
def motions() -> list[Path]:
    """The 32 motions."""
    return sorted((CORPUS / "motions").glob("*.txt"))


@pytest.fixture(scope="module")
def rehearsal(tmp_path_factory: pytest.TempPathFactory, motions: list[Path]) -> Path:
    """The first call, rehearsed with them."""
    out = tmp_path_factory.mktemp("motions") / "motions"
    return rehearsed_here(PARTY, out, "--papers", motions[0].parent, "--until", "2018-01-20")


@pytest.fixture(scope="module")
def passages(rehearsal: Path) -> dict[str, list[tuple[str, ...]]]:
    """The passages handed over, by paper, in the order of their numbers; every number is there once."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in table(rehearsal, "0-call", "passages"):
        paper, number = row["ref"].split(".")
        found.setdefault(paper, []).append(words(row["text"]))
        assert int(number) == len(found[paper])
    return found


def test_each_motion_is_one_paper_of_the_register(
    rehearsal: Path, motions: list[Path], passages: dict[str, list[tuple[str, ...]]]
) -> None:
    register = table(rehearsal, "0-call", "register")
    assert [row["ref"] for row in register] == [f"B{number:02}" for number in range(1, len(motions) + 1)]
    assert {(row["call"], row["late"], row["status"]) for row in register} == {("call-1", "no", "read")}
    assert {row["ref"]: int(row["paragraphs"]) for row in register} == {ref: len(of) for ref, of in passages.items()}


def test_every_word_of_every_motion_is_there_in_its_order(
    motions: list[Path], passages: dict[str, list[tuple[str, ...]]]
) -> None:
    written = Counter(tuple(word for block in blocks(path) for word in block) for path in motions)
    printed = Counter(tuple(word for passage in of for word in passage) for of in passages.values())
    assert printed == written


def test_every_paragraph_of_every_motion_has_its_source(
    motions: list[Path], passages: dict[str, list[tuple[str, ...]]]
) -> None:
    """A long block may become several passages (a list, say); then they follow one another in one paper."""
    lost = [(path.name, block[:8]) for path in motions for block in blocks(path) if not sources(block, passages)]
    assert lost == []


def sources(block: tuple[str, ...], passages: dict[str, list[tuple[str, ...]]]) -> list[str]:
    """Where a paragraph stands: paper and number of the passage it begins in."""
    return [
        f"{paper}.{number}"
        for paper, of in passages.items()
        for number in range(1, len(of) + 1)
        if starts_with(of[number - 1 :], block)
    ]


def starts_with(passages: list[tuple[str, ...]], block: tuple[str, ...]) -> bool:
    """Whether these passages, read one after the other, begin with the words of the block and end where it ends."""
    left = block
    for passage in passages:
        if left[: len(passage)] != passage:
            return False
        left = left[len(passage) :]
        if not left:
            return True
    return False


def test_the_dossier_prints_every_passage_under_its_number(
    rehearsal: Path, passages: dict[str, list[tuple[str, ...]]]
) -> None:
    dossier = (rehearsal / "sessions/2018-01-19/dossier.md").read_text(encoding="utf-8").replace("\\", "")
    printed = re.findall(r"^> — (B\d+\.\d+)$", dossier, re.MULTILINE)
    wanted = [f"{paper}.{number}" for paper, of in passages.items() for number in range(1, len(of) + 1)]
    assert printed == wanted
