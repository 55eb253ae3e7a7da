"""What is asked daily starts at once: neither Prefect nor the heavy libraries are loaded for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from staffelstab.workspace import Workspace
from tests.acceptance.cli import PARTY, environment
from tests.conftest import ROOT

HEAVY = ("prefect", "pandas", "numpy", "sqlalchemy", "xberg", "pypandoc", "typst", "fastapi", "tomlkit")
TARDY = ("holidays",)
"""Not heavy, but as much as the rest of `status` together."""

PROBE = f"""
import sys
from commands.main import main
try:
    code = main(sys.argv[1:])
except SystemExit as ended:
    code = ended.code
print(code, *[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("--help", 0),
        ("--version", 0),
        ("run --help", 0),
        ("rehearse --help", 0),
        ("status {akte}", 0),
        ("check {plan}", 1),
        ("check {akte}", 1),
    ],
)
def test_it_is_answered_without_anything_heavy(call: str, code: int, workspace: Workspace) -> None:
    arguments = call.format(akte=workspace.root, plan=PARTY).split()
    command = [sys.executable, "-c", PROBE, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    assert done.stderr == f"{code}\n"
    assert done.stdout


def test_status_does_without_calendars_of_all_countries(workspace: Workspace) -> None:
    probe = PROBE.replace(repr(HEAVY), repr((*HEAVY, *TARDY)))
    command = [sys.executable, "-c", probe, "status", str(workspace.root), "--now", "2018-01-05T08:00"]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    assert done.stderr == "0\n"
    assert "2018" in done.stdout
