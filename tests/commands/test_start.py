"""What is asked daily starts at once: neither Prefect nor the heavy libraries are loaded for it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable

import pytest

from staffelstab.workspace import Workspace
from tests.acceptance.cli import PARTY, environment
from tests.conftest import ROOT

HEAVY = (
    "prefect",
    "dask",
    "distributed",
    "pandas",
    "numpy",
    "sqlalchemy",
    "xberg",
    "pypandoc",
    "typst",
    "fastapi",
    "tomlkit",
)
TARDY = ("babel", "holidays")
"""Not heavy, but more than the rest of `status` together."""
SPARED = (
    "dataclasses",
    "hashlib",
    "staffelstab.ledger.hashing",
    "staffelstab.timetable.plan.refusal",
    "staffelstab.timetable.reading",
    "staffelstab.timetable.vocabulary",
)
"""Each takes little, together a quarter of what `status` may take.

A dataclass takes forty times as long to define as a struct of msgspec, and `status` knows thirty kinds of value. A journal is read
without computing hashes, a sound plan neither with the sentences for a broken one nor with the words by which resolutions are read.
"""

PROBE = """
import sys
from commands.main import main
unwanted, *arguments = sys.argv[1:]
try:
    code = main(arguments)
except SystemExit as ended:
    code = ended.code
print(code, *[name for name in unwanted.split() if name in sys.modules], file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("call", "code"),
    [
        ("--help", 0),
        ("--version", 0),
        ("run --help", 0),
        ("rehearse --help", 0),
        ("up --help", 0),
        ("down {akte}", 0),
        ("status {akte}", 0),
        ("check {plan}", 1),
        ("check {akte}", 1),
    ],
)
def test_it_is_answered_without_anything_heavy(call: str, code: int, workspace: Workspace) -> None:
    answer = answered_without(HEAVY, *call.format(akte=workspace.root, plan=PARTY).split(), code=code)
    assert answer


@pytest.mark.parametrize("modules", [TARDY, SPARED], ids=["calendars of all countries", "what no sound plan needs"])
def test_status_does_without(modules: Iterable[str], workspace: Workspace) -> None:
    answer = answered_without(modules, "status", str(workspace.root), "--now", "2018-01-05T08:00")
    assert "2018" in answer


def test_check_names_days_and_places_without_babel() -> None:
    assert "Sachsen" in answered_without(["babel"], "check", str(PARTY), code=1)


def test_help_defines_no_dataclasses() -> None:
    assert "staffelstab" in answered_without(["dataclasses"], "--help")


def answered_without(modules: Iterable[str], *arguments: str, code: int = 0) -> str:
    """What a command says in a process of its own, which ends with this code and has loaded none of these modules."""
    command = [sys.executable, "-c", PROBE, " ".join(modules), *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    assert done.stderr == f"{code}\n"
    return done.stdout
