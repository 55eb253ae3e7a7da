"""What is asked daily starts at once: neither Prefect nor the heavy libraries are loaded for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from staffelstab.workspace import Workspace
from tests.acceptance.cli import PARTY, environment
from tests.conftest import ROOT

HEAVY = ("prefect", "pandas", "numpy", "xberg", "pypandoc", "typst", "fastapi")
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
    "call", ["--help", "--version", "run --help", "rehearse --help", "status {akte}", "check {plan}"]
)
def test_it_is_answered_without_anything_heavy(call: str, workspace: Workspace) -> None:
    arguments = call.format(akte=workspace.root, plan=PARTY).split()
    command = [sys.executable, "-c", PROBE, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    assert done.stderr == "0\n"
    assert done.stdout
