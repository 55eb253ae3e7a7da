"""Who has a working folder open: asked to end by whoever comes later, if it is really that process; with real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from deployments.server.holder import LOCK_FILE, Holder, alone, ask_to_end, holder
from staffelstab.errors import StaffelstabError
from tests.conftest import ROOT, at

NOW = at("2027-03-14 12:00")
HOLDING = """
import datetime as dt, os, signal, subprocess, sys, time
from pathlib import Path
from deployments.server.holder import alone
home, way = Path(sys.argv[1]), sys.argv[2]
signal.signal(signal.SIGTERM, signal.SIG_IGN if way == "deaf" else signal.default_int_handler)
try:
    with alone(home, dt.datetime(2027, 3, 14, 9, tzinfo=dt.UTC), lambda found: None) as lock:
        lock.opened("http://127.0.0.1:4321")
        if way == "server":
            server = subprocess.Popen(["sleep", "600"], pass_fds=(lock.descriptor,))
            (home / "server").write_text(str(server.pid))
        print("there", flush=True)
        time.sleep(600)
except KeyboardInterrupt:
    print("ended in order", flush=True)
"""


@contextmanager
def holding(home: Path, way: str = "usual") -> Generator[subprocess.Popen[str]]:
    """A process that has the folder open."""
    command = [sys.executable, "-c", HOLDING, str(home), way]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "there\n"
        try:
            yield process
        finally:
            process.kill()


def nobody(found: Holder) -> None:
    raise AssertionError(f"{found} was to be asked")


def test_it_says_who_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    with holding(tmp_path) as process:
        found = holder(tmp_path)
        assert found is not None
        assert (found.pid, found.since, found.address) == (process.pid, at("2027-03-14 10:00"), "http://127.0.0.1:4321")
        assert (tmp_path / LOCK_FILE).stat().st_mode & 0o777 == 0o600
    assert holder(tmp_path) is None


def test_whoever_comes_later_asks_it_to_end_and_begins_when_it_has(tmp_path: Path) -> None:
    asked: list[Holder] = []
    with holding(tmp_path) as process:
        with alone(tmp_path, NOW, asked.append) as lock:
            assert process.wait(60) == 0
            assert holder_seen_from_outside(tmp_path) == os.getpid()
        assert process.stdout is not None
        assert process.stdout.read() == "ended in order\n"
    assert [found.pid for found in asked] == [process.pid]
    assert lock.holder.pid == os.getpid()
    assert holder(tmp_path) is None


def holder_seen_from_outside(home: Path) -> int:
    program = "import sys; from pathlib import Path; from deployments.server.holder import holder\n"
    program += "print(holder(Path(sys.argv[1])).pid)"
    done = subprocess.run(
        [sys.executable, "-c", program, str(home)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def test_where_nothing_is_open_nothing_is_ended(tmp_path: Path) -> None:
    assert ask_to_end(tmp_path / "nowhere", nobody) is False
    with holding(tmp_path) as process:
        process.kill()
        process.wait()
        assert ask_to_end(tmp_path, nobody) is False


def test_one_that_does_not_end_is_named(tmp_path: Path) -> None:
    with holding(tmp_path, "deaf") as process:
        with pytest.raises(StaffelstabError, match=rf"holder\.hangs\(pid={process.pid}\)"):
            ask_to_end(tmp_path, lambda _: None, wait=0.5)
        assert process.poll() is None


def test_after_a_kill_one_waits_for_what_it_had_started(tmp_path: Path) -> None:
    with holding(tmp_path, "server") as process:
        process.kill()
        process.wait()
    server, opened = int((tmp_path / "server").read_text()), threading.Event()

    def come_later() -> None:
        with alone(tmp_path, NOW, nobody):
            opened.set()

    later = threading.Thread(target=come_later)
    later.start()
    try:
        assert not opened.wait(0.5), "the server has not ended yet"
    finally:
        os.kill(server, signal.SIGKILL)
        later.join(60)
    assert opened.is_set()


@pytest.mark.parametrize("wrong", [{"start": 1}, {"boot": "another"}], ids=["another start", "another boot"])
def test_a_process_that_only_has_the_number_is_left_alone(tmp_path: Path, wrong: dict[str, Any]) -> None:
    """The lock is held by somebody who cannot be told; the number in the file is by now somebody else's."""
    with holding(tmp_path, "deaf") as process, subprocess.Popen(["sleep", "120"]) as innocent:
        found = holder(tmp_path)
        assert found is not None
        start = int(Path(f"/proc/{innocent.pid}/stat").read_text().rpartition(")")[2].split()[19])
        told = msgspec.structs.replace(found, **({"pid": innocent.pid, "start": start} | wrong))
        (tmp_path / LOCK_FILE).write_bytes(msgspec.json.encode(told))
        with pytest.raises(StaffelstabError, match=r"holder\.unknown"):
            ask_to_end(tmp_path, nobody, wait=0.5)
        assert innocent.poll() is None
        assert process.poll() is None
        innocent.send_signal(signal.SIGTERM)


def test_a_file_without_sense_ends_nobody(tmp_path: Path) -> None:
    with holding(tmp_path):
        (tmp_path / LOCK_FILE).write_bytes(b"{")
        with pytest.raises(StaffelstabError, match=r"holder\.unknown"):
            holder(tmp_path)
        with pytest.raises(StaffelstabError, match=r"holder\.unknown"):
            ask_to_end(tmp_path, nobody, wait=0.3)


def test_the_last_of_several_gets_it(tmp_path: Path) -> None:
    with holding(tmp_path) as first, holding(tmp_path) as second:
        assert first.wait(60) == 0
        with alone(tmp_path, NOW, lambda _: None):
            assert second.wait(60) == 0
