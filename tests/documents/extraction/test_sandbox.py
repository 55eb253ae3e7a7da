"""What the child process can no longer do."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.worker import Worker
from staffelstab.documents.extraction.worker_main import SandboxReport

ROOT = Path(__file__).resolve().parents[3]

TRIES = """
import os, sys, ctypes, resource
from pathlib import Path
from staffelstab.documents.extraction import sandbox
own = Path(sys.argv[1])
os.chdir(own)
sandbox.limit_resources(1 << 30)
print("network left", sandbox.leave_network())
print("confined", sandbox.confine_files([Path(sys.prefix), Path(sys.base_prefix), Path("/usr"), Path("/lib")], own))
sandbox.refuse_sockets()

def attempt(what, do):
    try:
        do()
    except (OSError, MemoryError) as error:
        print(what, "refused by", type(error).__name__)
    else:
        print(what, "done")

import socket
attempt("socket", socket.socket)
attempt("own file", lambda: (own / "a").write_text("a"))
attempt("foreign file", lambda: open(sys.argv[2]).read())
attempt("writing elsewhere", lambda: open(sys.argv[2], "w"))
attempt("memory", lambda: bytearray(2 << 30))
libc = ctypes.CDLL(None, use_errno=True)
native = libc.socket(2, 1, 0)
target = bytes([2, 0, 0, 9, 127, 0, 0, 1]) + bytes(8)
print("native connection", libc.connect(native, target, 16), os.strerror(ctypes.get_errno()))
print("core", resource.getrlimit(resource.RLIMIT_CORE))
"""


@pytest.fixture
def tried(tmp_path: Path) -> list[str]:
    """What a process behind the walls says of its attempts."""
    own, foreign = tmp_path / "own", tmp_path / "foreign.txt"
    own.mkdir()
    foreign.write_text("geheim")
    run = subprocess.run(
        [sys.executable, "-c", TRIES, str(own), str(foreign)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
    )
    assert foreign.read_text() == "geheim"
    return run.stdout.splitlines()


def test_behind_the_walls(tried: list[str]) -> None:
    if "network left False" in tried or "confined False" in tried:
        pytest.skip("this kernel does not let an ordinary process give up its network or files")
    assert tried == [
        "network left True",
        "confined True",
        "socket refused by PermissionError",
        "own file done",
        "foreign file refused by PermissionError",
        "writing elsewhere refused by PermissionError",
        "memory refused by MemoryError",
        "native connection -1 Network is unreachable",
        "core (0, 0)",
    ]


def test_python_sockets_and_memory_are_refused_on_every_kernel(tried: list[str]) -> None:
    assert {"socket refused by PermissionError", "memory refused by MemoryError", "core (0, 0)"} <= set(tried)


def test_the_real_child_stands_behind_the_same_walls(tried: list[str]) -> None:
    worker = Worker(Limits(), None)
    try:
        worker.ask(b"Text", "a.txt", 60)
        assert worker.missing == SandboxReport("network left True" in tried, "confined True" in tried).missing
    finally:
        worker.stop()


WITHOUT = """
import ctypes, platform, struct
from staffelstab.documents.extraction.reader import Reader

def forbid(*calls):
    # A seccomp filter as containers have it: the call's number is loaded and compared, 1 = EPERM, everything else is allowed.
    load, jump, answer, refuse, allow = 0x20, 0x15, 0x06, 0x00050001, 0x7FFF0000
    steps = [(load, 0, 0, 0)]
    for number, call in enumerate(calls):
        steps.append((jump, len(calls) - number, 0, call))
    steps += [(answer, 0, 0, allow), (answer, 0, 0, refuse)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("=H6xQ", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(38, 1, 0, 0, 0) == 0
    assert libc.prctl(22, 2, program, 0, 0) == 0, ctypes.get_errno()

forbid({"x86_64": 272, "aarch64": 97}[platform.machine()], 444)
"""
READS = """
with Reader() as reader:
    print(reader.missing_walls, reader.read(b"Ein Satz.", "a.txt").status, reader.missing_walls)
"""


@pytest.mark.attack("M3")
@pytest.mark.skipif(
    platform.machine() not in ("x86_64", "aarch64"), reason="the numbers of system calls are known for these"
)
def test_where_a_wall_is_missing_the_reader_says_so_and_reads() -> None:
    command = [sys.executable, "-c", WITHOUT + READS]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT)})
    assert done.stdout == "() read ('network', 'files')\n"


@pytest.mark.attack("M3")
def test_a_wall_that_is_missing_has_a_name() -> None:
    assert SandboxReport(True, True, True, True).missing == ()
    assert SandboxReport(False, True, False, True).missing == ("network", "memory")
    assert SandboxReport(True, False, True, False).missing == ("files", "time")


STRICTER = """
import resource
from staffelstab.documents.extraction.reader import Reader
resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
with Reader() as reader:
    print(reader.read(b"Ein Satz.", "a.txt").status, reader.missing_walls)
"""


@pytest.mark.attack("LOW")
def test_limits_that_are_stricter_already_stay_and_do_not_end_the_reader() -> None:
    command = [sys.executable, "-c", STRICTER]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT)})
    assert done.stdout.startswith("read (")
    assert "memory" not in done.stdout
    assert "time" not in done.stdout
