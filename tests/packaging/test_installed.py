"""The built wheel works in an empty environment that holds the packages of the runtime lock and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from tests.acceptance.cli import CHOIR, environment
from tests.acceptance.outputs import FORMATS, checked_by_bagit
from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.server, pytest.mark.xdist_group("packaging")]

UNTIL = "2025-12-02"
"""The choir's call ends on 30 November 2025: by then every paper is read and the first baton is handed over."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an environment with the wheel in it, built from this checkout; no network is asked."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "env", with_pip=False, symlinks=True)
    [packages] = (folder / "env" / "lib").glob("python3.*/site-packages")
    for name in runtime():
        link(name, packages)
    call(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    [wheel] = folder.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "--python", str(folder / "env"), "--disable-pip-version-check", "install")
    call(*pip, "--no-index", "--no-deps", "--quiet", str(wheel), cwd=folder)
    shutil.copytree(CHOIR, folder / "choir")
    return folder


def runtime() -> set[str]:
    """The packages of the runtime lock; some stand there in several versions, for one Python or another."""
    return set(re.findall(r"^[\w.-]+", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))


def link(name: str, packages: Path) -> None:
    """Put an installed distribution into another environment, file by file, without copying where the disk allows it."""
    try:
        files = distribution(name).files or []
    except PackageNotFoundError:
        return  # of another platform
    for file in files:
        source, target = Path(str(file.locate())), packages / file
        if ".." not in file.parts and source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            copy(source, target)


def copy(source: Path, target: Path) -> None:
    """One file once more."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def call(*command: str, cwd: Path) -> str:
    """What a command prints that must end well, run as a user runs it."""
    mine = {name: value for name, value in environment().items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=mine, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return done.stdout


def test_every_part_comes_from_the_wheel_and_not_from_the_checkout(installed: Path) -> None:
    look = "import sys, commands, deployments, flows, staffelstab, tasks; print(*sys.path, staffelstab.__file__, sep='\\n')"
    *path, module = call(str(installed / "env/bin/python"), "-P", "-c", look, cwd=installed).splitlines()

    assert [place for place in path if Path(place).is_relative_to(ROOT)] == []
    assert Path(module).is_relative_to(installed / "env")


def test_a_rehearsal_runs_from_the_wheel_alone(installed: Path) -> None:
    """The reading child, templates, fonts, pandoc, Prefect's server and the bag: everything a phase needs."""
    command = str(installed / "env/bin/staffelstab")
    call(command, "rehearse", "choir", "--until", UNTIL, "--out", "out", cwd=installed)

    out = installed / "out"
    assert {path.name for path in (out / "reports/1-call").glob("dossier.*")} == {
        *(f"dossier.{kind}" for kind in FORMATS),
        "dossier.timetable.svg",
    }
    assert (out / "reports/1-call/dossier.pdf").read_bytes().startswith(b"%PDF-")
    assert [checked_by_bagit(bag) for bag in out.glob("batons/*")] == [0]
    assert call(command, "verify", "out", cwd=installed)


def test_the_wheel_brings_the_schema_of_plan_files(installed: Path) -> None:
    written = call(str(installed / "env/bin/staffelstab"), "plan", "schema", cwd=installed)
    assert written == (ROOT / "docs/plan.schema.json").read_text(encoding="utf-8")
