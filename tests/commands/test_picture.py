"""`staffelstab plan picture`: the timetable drawn into a file, the same every time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from staffelstab.workspace import Workspace
from tests.commands.conftest import Said
from tests.conftest import ROOT

Command = Callable[..., Said]
PARTY, CHOIR = (str(ROOT / "examples" / name) for name in ("mitgliederarbeit-2018", "choir-statute"))


@pytest.mark.parametrize(
    ("name", "beginning"), [("plan.svg", b"<svg "), ("plan.png", b"\x89PNG"), ("PLAN.PNG", b"\x89PNG")]
)
def test_a_plan_is_drawn_as_its_file_is_called(command: Command, tmp_path: Path, name: str, beginning: bytes) -> None:
    out = tmp_path / name
    assert command("plan", "picture", PARTY, "--out", str(out)) == (0, f"Gezeichnet: {out}\n", "")
    once = out.read_bytes()
    assert once.startswith(beginning)
    command("plan", "picture", PARTY, "--out", str(out))
    assert out.read_bytes() == once


def test_today_is_marked_if_it_is_said_and_an_english_plan_is_drawn_in_english(
    command: Command, tmp_path: Path
) -> None:
    out = tmp_path / "plan.svg"
    code, said, _ = command("plan", "picture", CHOIR, "--out", str(out), "--today", "2026-01-10")
    assert (code, said) == (0, f"Drawn: {out}\n")
    drawing = out.read_text(encoding="utf-8")
    assert ">today</text>" in drawing
    assert ">As of 10 January 2026</text>" in drawing


def test_another_plan_beside_that_of_a_working_folder_is_drawn_itself(
    workspace: Workspace, command: Command, tmp_path: Path
) -> None:
    other, out = workspace.root / "neu.toml", tmp_path / "neu.svg"
    other.write_text((Path(CHOIR) / "plan.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert command("plan", "picture", other, "--out", out)[1] == f"Drawn: {out}\n"


def test_another_kind_of_file_is_refused_and_nothing_written(command: Command, tmp_path: Path) -> None:
    out = tmp_path / "plan.pdf"
    code, _, err = command("plan", "picture", PARTY, "--out", str(out))
    assert code != 0
    assert f"Ein Bild heißt .svg oder .png, nicht {out}." in " ".join(err.split())
    assert not out.exists()


def test_the_picture_in_the_readme_is_the_example_as_it_stands(command: Command, tmp_path: Path) -> None:
    """Its size tells: rows, notes and signs make the height. Another release of typst may draw other bytes."""
    out = tmp_path / "timetable.png"
    command("plan", "picture", PARTY, "--out", str(out), "--today", "2018-03-05")
    sizes = [data[16:24] for data in (out.read_bytes(), (ROOT / "docs/pictures/timetable.png").read_bytes())]
    assert sizes[0] == sizes[1], "make picture draws it anew"
