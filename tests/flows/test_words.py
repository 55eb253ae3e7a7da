"""Every step and every flow has a name in each language, so that no run fails for want of a word."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.daily_pass import PHASES
from staffelstab.language import LANGUAGES, Language
from tests.conftest import ROOT


def names(folder: str, decorator: str) -> Iterator[tuple[str, ast.Call]]:
    """Each use of a decorator: its first argument and the call."""
    for path in sorted((ROOT / folder).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for use in node.decorator_list:
                    if isinstance(use, ast.Call) and isinstance(use.func, ast.Name) and use.func.id == decorator:
                        yield ast.literal_eval(use.args[0]), use


STEPS = [name for name, _ in names("tasks", "step")]
FLOWS = [
    ast.literal_eval(use.keywords[0].value) if use.keywords else name.replace("-", "_")
    for name, use in names("flows", "procedure")
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_and_flow_has_a_name(language: str) -> None:
    words = Language(language)
    assert len(STEPS) > 8
    assert len(FLOWS) > 8
    assert [name for name in STEPS if not words.knows(f"tasks.{name}")] == []
    assert [name for name in FLOWS if not words.knows(f"flows.{name}")] == []


def test_every_flow_is_made_by_the_coat() -> None:
    """A flow with Prefect's own decorator would tell Prefect whatever an exception says."""
    made = {path.stem for path in Path(ROOT / "flows").glob("*.py")} - {"__init__"}
    bare = [
        path.name
        for folder in ("flows", "tasks")
        for path in (ROOT / folder).glob("*.py")
        if path.name != "decorators.py" and ("@flow" in path.read_text() or "@task" in path.read_text())
    ]
    assert bare == []
    assert made == {*PHASES, "daily_pass", "decision", "amendment"}
