"""Reads docs/extending.md as what it is: for each recipe, its steps in a copy of the repository.

A step is a block and the sentence before it, or a sentence alone. A block without such a sentence is a mistake of the page.

    New file `X`:                 the block is the file
    In `X`, below `line`:         the block goes below this line, which stands in the file once
    In `X`, in place of `line`:   the block takes the place of this line
    At the end of `X`:            the block is added, below two blank lines
    Entries of `X`:               the block's entries are added to a TOML file, or take the place of those of the same name
    Copy `X` to `Y`.              a folder
    ```sh                         a `staffelstab` command, what it prints into a file
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit

from tests.conftest import ROOT

PAGE = ROOT / "docs/extending.md"
FOLDERS = (
    "benchmarks",
    "commands",
    "deployments",
    "docs",
    "examples",
    "flows",
    "staffelstab",
    "tasks",
    "templates",
    "tests",
)
"""What a copy of the repository consists of, beside pyproject.toml."""

_PART = re.compile(r"^```(?P<kind>\w+)\n(?P<block>(?:.*\n)*?)```$|^(?P<text>\S.*(?:\n(?!```).+)*)$", re.MULTILINE)
_COMMAND = re.compile(r"staffelstab (?P<words>[\w ]+) > (?P<file>\S+)\n")
_COPY = re.compile(r"Copy `([^`]+)` to `([^`]+)`\.")


@dataclass(frozen=True)
class Step:
    """One step of a recipe: how the page says it, and the block it speaks of."""

    said: str
    block: str = ""


def recipes() -> dict[str, list[Step]]:
    """The steps of every recipe of the page, by its heading."""
    _, *chapters = PAGE.read_text(encoding="utf-8").split("\n## ")
    return {chapter.partition("\n")[0]: list(_steps(chapter)) for chapter in chapters}


def _steps(chapter: str) -> Iterator[Step]:
    sentence = ""
    for part in _PART.finditer(chapter):
        if part["kind"] == "sh":
            yield Step("```sh", part["block"])
        elif part["kind"]:
            yield Step(sentence, part["block"])
        elif _COPY.fullmatch(part["text"]):
            yield Step(part["text"])
        sentence = part["text"] or ""


def followed(recipe: str, tree: Path) -> Path:
    """A copy of the repository at `tree` in which the recipe was followed."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "pyproject.toml", tree)
    for step in recipes()[recipe]:
        take(step, tree)
    return tree


def take(step: Step, tree: Path) -> None:
    """Do what a step says. Raises AssertionError if it cannot be done as it is written."""
    for pattern, do in _WAYS.items():
        if found := re.fullmatch(pattern, step.said):
            do(tree, step.block, *found.groups())
            return
    raise AssertionError(f"not a step: {step.said!r}")


def ran(tree: Path, *arguments: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    """A run of Python in a copied tree."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree), "STAFFELSTAB_LANGUAGE": language},
        capture_output=True,
        text=True,
        check=False,
    )


def _new(tree: Path, block: str, name: str) -> None:
    file = tree / name
    assert not file.exists(), name
    file.write_text(block, encoding="utf-8")


def _below(tree: Path, block: str, name: str, line: str) -> None:
    before, after = _around(tree / name, line)
    (tree / name).write_text(f"{before}{block}{after}", encoding="utf-8")


def _in_place(tree: Path, block: str, name: str, line: str) -> None:
    before, after = _around(tree / name, line)
    kept = before.removesuffix("\n").rpartition("\n")[0]
    (tree / name).write_text(f"{kept}\n{block}{after}", encoding="utf-8")


def _around(file: Path, line: str) -> tuple[str, str]:
    """The text up to a line, that one included, and the text after it."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    places = [number for number, text in enumerate(lines, 1) if text.strip() == line]
    assert len(places) == 1, f"{file.name} has {len(places)} lines {line!r}"
    return "".join(lines[: places[0]]), "".join(lines[places[0] :])


def _at_the_end(tree: Path, block: str, name: str) -> None:
    with (tree / name).open("a", encoding="utf-8") as file:
        file.write(f"\n\n{block}")


def _entries(tree: Path, block: str, name: str) -> None:
    document = tomlkit.parse((tree / name).read_text(encoding="utf-8"))
    _merge(document, tomlkit.parse(block))
    (tree / name).write_text(tomlkit.dumps(document), encoding="utf-8")


def _merge(node: MutableMapping[str, Any], entries: Mapping[str, Any]) -> None:
    for key, value in entries.items():
        if isinstance(value, Mapping) and key in node:
            _merge(node[key], value)
        else:
            node[key] = value


def _copy(tree: Path, block: str, source: str, target: str) -> None:
    shutil.copytree(tree / source, tree / target)


def _run(tree: Path, block: str) -> None:
    for found in _COMMAND.finditer(block):
        done = ran(tree, "-m", "commands.main", *found["words"].split())
        assert done.returncode == 0, done.stderr
        (tree / found["file"]).write_text(done.stdout, encoding="utf-8")
    assert not _COMMAND.sub("", block), block


_WAYS: dict[str, Callable[..., None]] = {
    r"New file `([^`]+)`:": _new,
    r"In `([^`]+)`, below `(.+)`:": _below,
    r"In `([^`]+)`, in place of `(.+)`:": _in_place,
    r"At the end of `([^`]+)`:": _at_the_end,
    r"Entries of `([^`]+)`:": _entries,
    _COPY.pattern: _copy,
    r"```sh": _run,
}
