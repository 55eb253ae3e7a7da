"""The command line as a user has it: a process of its own, in a bare environment."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from commands.main import main
from deployments.server.process import home_of
from tests.conftest import ROOT
from tests.prepared_server import prepared
from tests.year import markdown_drafts

EXAMPLES = ROOT / "examples"
PARTY = EXAMPLES / "mitgliederarbeit-2018"
CHOIR = EXAMPLES / "choir-statute"
COMMAND = (sys.executable, "-m", "commands.main")


def environment(**more: str) -> dict[str, str]:
    """The environment of a user who speaks German and whose terminal has no colours, with `more`."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "STAFFELSTAB", "LC_"))}
    return mine | {"STAFFELSTAB_LANGUAGE": "de", "NO_COLOR": "1", "COLUMNS": "120"} | more


def staffelstab(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end; `more` is added to its environment."""
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment(**more), capture_output=True, text=True, check=False)


def rehearsed(plan: Path, out: Path, *arguments: str | Path, **more: str) -> Path:
    """The working folder of a rehearsal that must end well."""
    prepared(home_of(out))
    done = staffelstab("rehearse", plan, "--out", out, *arguments, **more)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr[-3000:] or done.stdout[-1000:]
    (out.parent / f"{out.name}.log").write_text(done.stdout, encoding="utf-8")
    return out


def rehearsed_here(plan: Path, out: Path, *arguments: str | Path, language: str = "de") -> Path:
    """The same in this process, in less time: drafts and reports are written as Markdown alone, frozen papers in every format.

    Only for rehearsals whose printed drafts nobody looks at; that each draft is printed, those of `rehearsed` show.
    """
    prepared(home_of(out))
    command = ["rehearse", *map(str, (plan, "--out", out, *arguments))]
    told, failed = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, markdown_drafts(), redirect_stdout(told), redirect_stderr(failed):
        for name, value in environment(STAFFELSTAB_LANGUAGE=language).items():
            patch.setenv(name, value)
        code = main(command)
    assert (code, failed.getvalue()) == (0, ""), failed.getvalue()[-3000:] or told.getvalue()[-1000:]
    (out.parent / f"{out.name}.log").write_text(told.getvalue(), encoding="utf-8")
    return out


def said(out: Path) -> str:
    """What a rehearsal said while it ran."""
    return (out.parent / f"{out.name}.log").read_text(encoding="utf-8")
