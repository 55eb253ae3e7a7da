"""The same resolution as DOCX, ODT and PDF gives the same plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffelstab.documents.rendering.manuscript import Manuscript
from staffelstab.documents.rendering.markdown import inert_line
from staffelstab.documents.rendering.render import render
from tests.conftest import at
from tests.timetable.draft.score import SEED, drafted, facts

FORMATS = ("docx", "odt", "pdf")
KINDS = (
    "title", "adopted", "vote", "recipient", "phase", "phase_date", "overview", "session", "session_body", "session_item", "call",
    "event", "office", "body", "group", "hearing", "material",
)  # fmt: skip


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the resolution in every format, from the product's own press: with a title page, heads and feet."""
    folder = tmp_path_factory.mktemp("printed")
    lines = (SEED / "resolution.txt").read_text(encoding="utf-8").splitlines()
    title, *rest = [inert_line(line) for line in lines if line.strip()]
    manuscript = Manuscript("\n\n".join(rest), title, "", "de", at("2017-12-15"), "Landesverband", "")
    for name, content in render(manuscript, FORMATS).items():
        (folder / f"resolution.{name}").write_bytes(content)
    return folder


@pytest.mark.parametrize("form", FORMATS)
def test_a_printed_resolution_gives_the_same_plan(printed: Path, form: str) -> None:
    typed, read = facts(drafted(SEED / "resolution.txt")), facts(drafted(printed / f"resolution.{form}"))
    assert {kind: read.get(kind) for kind in KINDS} == {kind: typed.get(kind) for kind in KINDS}
