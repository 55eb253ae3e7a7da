"""`staffelstab run` says which walls around the reader are missing, and what became of the papers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from staffelstab.workspace import Workspace
from tests.conftest import ROOT, at
from tests.documents.extraction.test_sandbox import WITHOUT

RUNS = """
import sys
from commands.main import main
sys.exit(main(["run", sys.argv[1], "--now", "2018-01-05T07:00"]))
"""


def put(workspace: Workspace) -> None:
    paper = workspace.inbox / "beitraege" / "a.txt"
    paper.write_text("Von: Beisitz 3\n\nWir brauchen Räume.", encoding="utf-8")
    moment = at("2018-01-05 06:00").timestamp()
    os.utime(paper, (moment, moment))


@pytest.mark.attack("M3")
@pytest.mark.slow
@pytest.mark.parametrize(
    ("demanded", "figures", "told"),
    [
        ("", "Neu eingegangen: 1, nicht lesbar: 0.", "Gelesen wurde trotzdem."),
        ('reader_walls = "required"\n', "Neu eingegangen: 1, nicht lesbar: 0.", "Gelesen wurde deshalb nichts"),
    ],
    ids=["read all the same", "demanded by the plan"],
)
def test_a_run_without_walls_says_so(workspace: Workspace, demanded: str, figures: str, told: str) -> None:
    put(workspace)
    plan: Path = workspace.plan_file
    plan.write_text(demanded + plan.read_text(encoding="utf-8"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT + RUNS, str(workspace.root)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stderr
    assert figures in done.stdout
    assert "nicht vom Netz trennen" in done.stdout
    assert told in done.stdout
