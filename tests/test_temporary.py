"""Temporary files lie in the working folder and are gone: with the process, or with the next pass if it was killed."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from staffelstab.temporary import private_folder, temporary_inside
from tests.conftest import ROOT, at
from tests.service.small_folder import folder, put
from tests.year import DirectExecutor

AT_WORK = """
import sys, tempfile
from pathlib import Path
from staffelstab.temporary import private_folder, temporary_inside
with temporary_inside(Path(sys.argv[1])):
    place = tempfile.mkdtemp(prefix="press-")
    Path(place, "beduerfnisse.txt").write_text("vertraulich")
    print(place, flush=True)
    sys.stdin.read()
"""


def at_work(root: Path) -> tuple[subprocess.Popen[str], Path]:
    """A process that has written a temporary file and goes on working until it is told to end."""
    command = [sys.executable, "-c", AT_WORK, str(root)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_what_is_written_meanwhile_lies_there_and_is_gone_afterwards(tmp_path: Path) -> None:
    outside = tempfile.gettempdir()
    with temporary_inside(tmp_path):
        made = Path(tempfile.mkdtemp())
        assert made.is_relative_to(tmp_path / ".tmp")
        assert [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / ".tmp", made.parent)] == [0o700, 0o700]
        with temporary_inside(tmp_path):
            assert Path(tempfile.mkdtemp()).parent == made.parent
        assert made.is_dir()
    assert list(tmp_path.iterdir()) == []
    assert tempfile.gettempdir() == outside


@pytest.mark.attack("LOW")
def test_what_a_killed_process_left_is_removed_and_what_a_living_one_uses_stays(tmp_path: Path) -> None:
    killed, left = at_work(tmp_path)
    living, used = at_work(tmp_path)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert (left / "beduerfnisse.txt").exists()

    with temporary_inside(tmp_path):
        assert not left.exists()
        assert (used / "beduerfnisse.txt").exists()

    living.communicate("")
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_made_the_system_s_place_serves(tmp_path: Path) -> None:
    outside = tempfile.gettempdir()
    (tmp_path / ".tmp").write_text("a file in its place", encoding="utf-8")
    with temporary_inside(tmp_path):
        assert tempfile.gettempdir() == outside


def test_a_private_folder_is_nobody_else_s(tmp_path: Path) -> None:
    outside = tempfile.gettempdir()
    with private_folder(tmp_path) as one, private_folder(tmp_path) as other:
        assert one != other
        assert (one.parent, tempfile.gettempdir()) == (tmp_path / ".tmp", outside)
        assert stat.S_IMODE(one.stat().st_mode) == 0o700
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    with private_folder(tmp_path / "file") as elsewhere:
        assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o700
    assert not elsewhere.exists()


@pytest.mark.attack("LOW")
@pytest.mark.slow
def test_a_killed_pass_leaves_nothing_outside_and_the_next_one_tidies(tmp_path: Path) -> None:
    """Killed while documents are printed: the needs are in temporary files then."""
    outside = tmp_path / "outside"
    outside.mkdir()
    root = folder(tmp_path / "akte")
    put(root, "beitraege/a.txt", "Von: Beisitz 3\n\nText.", at("2018-01-05 10:00"))
    command = [sys.executable, "-m", "commands.main", "run", str(root), "--now", "2018-01-08T07:00"]
    environment = {**os.environ, "TMPDIR": str(outside)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as run:
        until = time.monotonic() + 60
        while not [*root.glob(".tmp/*/*")]:
            assert run.poll() is None
            assert time.monotonic() < until
            time.sleep(0.01)  # between two looks
        run.kill()
    assert list(outside.iterdir()) == []
    assert [*root.glob(".tmp/*")]

    DirectExecutor().daily_pass(str(root), at("2018-01-09 07:00"))

    assert not (root / ".tmp").exists()
