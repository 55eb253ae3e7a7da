"""A written file is whole at every moment: for a reader, after a kill, and beside another writer."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import stat
import sys
from pathlib import Path
from types import FrameType

import pytest

from staffelstab.files import make_private, write, write_new

FORMER, NEW = b"former " * 10_000, b"new " * 30_000

TOUCHING = frozenset({"open", "fdopen", "write", "flush", "fsync", "replace", "unlink", "flock", "close", "__exit__"})
"""Calls before which the state of the disk may have changed."""

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.test_files"])


def mode(path: Path) -> int:
    """The rights on a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


def write_watched(path: Path, data: bytes, before: int = 0) -> tuple[set[bytes], list[str]]:
    """Write, looking at the file before and after every call into the system or a library; the process dies before call `before`
    of those that touch the disk. What was seen in the file, and the names of these calls.
    """
    seen: set[bytes] = set()
    calls: list[str] = []

    def watch(frame: FrameType, event: str, called: object) -> None:
        if event in ("c_call", "c_return"):
            seen.add(path.read_bytes())
        if event == "c_call" and getattr(called, "__name__", "") in TOUCHING:
            calls.append(str(getattr(called, "__name__", "")))
            if len(calls) == before:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    try:
        write(path, data)
    finally:
        sys.setprofile(None)
    return seen, calls


def test_a_reader_at_any_moment_finds_the_former_file_or_the_new_one(tmp_path: Path) -> None:
    file = tmp_path / "dossier.md"
    file.write_bytes(FORMER)
    seen, _ = write_watched(file, NEW)
    assert seen == {FORMER, NEW}


def test_a_process_killed_at_any_moment_leaves_the_former_file_or_the_new_one(tmp_path: Path) -> None:
    file = tmp_path / "dossier.md"
    file.write_bytes(FORMER)
    _, calls = write_watched(file, NEW)
    left: list[bytes] = []
    for number in range(1, len(calls)):
        write(file, FORMER)
        process = _CONTEXT.Process(target=write_watched, args=(file, NEW, number))
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        left.append(file.read_bytes())
    assert left == sorted(left, key=(FORMER, NEW).index)
    assert set(left) == {FORMER, NEW}
    write(file, b"again")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("dossier.md", b"again")]


def test_the_content_is_on_disk_before_it_gets_its_name_and_the_name_before_it_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "dossier.md"
    file.write_bytes(FORMER)
    _, calls = write_watched(file, NEW)
    assert [name for name in calls if name in ("write", "fsync", "replace")] == ["write", "fsync", "replace", "fsync"]


def _write_often(path: Path, data: bytes) -> None:
    for number in range(100):
        write(path, data * (1 + number % 2))


def test_two_writers_at_once_do_not_mix(tmp_path: Path) -> None:
    file = tmp_path / "dossier.md"
    write(file, FORMER)
    processes = [_CONTEXT.Process(target=_write_often, args=(file, data)) for data in (FORMER, NEW)]
    for process in processes:
        process.start()
    seen = {file.read_bytes()}
    while any(process.is_alive() for process in processes):
        seen.add(file.read_bytes())
    assert [process.exitcode for process in processes] == [0, 0]
    assert seen <= {FORMER, FORMER * 2, NEW, NEW * 2}


def test_a_file_and_every_new_folder_above_it_are_private(tmp_path: Path) -> None:
    file = tmp_path / "sessions" / "2018-01-19" / "dossier.md"
    write(file, b"eins")
    assert (file.read_bytes(), mode(file)) == (b"eins", 0o600)
    assert [mode(folder) for folder in (file.parent, file.parent.parent)] == [0o700, 0o700]
    write(file, b"zwei")
    assert [(path.name, path.read_bytes()) for path in file.parent.iterdir()] == [("dossier.md", b"zwei")]


def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir(mode=0o750)
    make_private(tmp_path / "shared")
    assert mode(tmp_path / "shared") == 0o750


def test_an_equal_file_is_left_untouched(tmp_path: Path) -> None:
    write(tmp_path / "a", b"eins")
    os.utime(tmp_path / "a", (1, 1))
    write(tmp_path / "a", b"eins")
    assert (tmp_path / "a").stat().st_mtime == 1


def test_a_draft_left_behind_by_a_crash_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / ".a.part").write_bytes(b"halb und viel zu lang")
    write(tmp_path / "a", b"eins")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"eins")]


def test_what_cannot_be_written_leaves_no_draft(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    with pytest.raises(OSError, match="a"):
        write(tmp_path / "a", b"eins")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_new_file_never_takes_another_ones_place(tmp_path: Path) -> None:
    write_new(tmp_path / "a", b"eins")
    with contextlib.suppress(FileExistsError):
        write_new(tmp_path / "a", b"zwei")
    assert ((tmp_path / "a").read_bytes(), mode(tmp_path / "a")) == (b"eins", 0o600)
