"""The worker's folder: nothing stays of it, even if its parent was killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from staffelstab.documents.extraction.scratch import ScratchFolder, clear_away
from tests.conftest import ROOT

HOLDS = """
import sys
from staffelstab.documents.extraction.scratch import ScratchFolder
folder = ScratchFolder()
(folder.path / "papier.txt").write_text("geheim")
print(folder.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's place for temporary files, for this process and those it starts."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def holder(temporary: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds a folder with a paper in it."""
    environment = {"PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )
    assert child.stdout is not None
    child.stdout.readline()
    yield child
    child.kill()
    child.communicate()


def test_a_folder_is_ours_alone_and_goes_with_everything_in_it(temporary: Path) -> None:
    folder = ScratchFolder()
    (folder.path / "a").write_text("a")
    assert folder.path.stat().st_mode & 0o777 == 0o700
    folder.remove()
    assert list(temporary.iterdir()) == []


def test_a_folder_that_somebody_holds_stays(temporary: Path, holder: subprocess.Popen[str]) -> None:
    clear_away(temporary.stat().st_mtime)
    assert [path.name for path in temporary.glob("*/*")] == ["papier.txt"]


@pytest.mark.attack("LOW")
def test_the_folder_of_a_killed_process_is_cleared_away_by_the_next(
    temporary: Path, holder: subprocess.Popen[str]
) -> None:
    holder.kill()
    holder.wait()
    assert [path.name for path in temporary.glob("*/*")] == ["papier.txt"]
    ScratchFolder().remove()
    assert list(temporary.iterdir()) == []


def test_what_is_not_ours_stays(temporary: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A link under such a name is not followed, another name is not looked at, and a folder of a moment ago may be in use."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "wichtig.txt").write_text("bleibt")
    (temporary / "staffelstab-reader-x").symlink_to(elsewhere)
    (temporary / "staffelstab-new-y").mkdir()
    (temporary / "andere").mkdir()
    now = temporary.stat().st_mtime
    clear_away(now)
    assert (elsewhere / "wichtig.txt").read_text() == "bleibt"
    assert len(list(temporary.iterdir())) == 3
    os.utime(temporary / "staffelstab-new-y", (0, 0))
    clear_away(now)
    assert not (temporary / "staffelstab-new-y").exists()
