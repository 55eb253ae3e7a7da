"""`serve` from start to end: it says where it is, ends with Ctrl-C or SIGTERM, and says plainly when the port is taken."""

from __future__ import annotations

import datetime as dt
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from deployments.server.process import home_of
from deployments.serving import serve
from staffelstab.errors import StaffelstabError
from staffelstab.workspace import create
from tests.conftest import ROOT, at
from tests.deployments.club import names_to_come
from tests.deployments.person import signed_in
from tests.prepared_server import prepared

EXAMPLE = ROOT / "examples" / "mitgliederarbeit-2018"
AT = "2017-12-18 08:00"
EVENING = "Ergebnis eintragen · Sitzung am 19. Januar 2018"
PROGRAM = """
import datetime as dt, sys
from pathlib import Path
from deployments.serving import serve
serve(Path(sys.argv[1]), dt.datetime.fromisoformat(sys.argv[2]), 0, clock=lambda: dt.datetime.now(dt.UTC))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder of the example, three days after the resolution."""
    return create(EXAMPLE, tmp_path / "work", now=at("2017-12-15 20:00")).root


@contextmanager
def serving(folder: Path, ending: signal.Signals = signal.SIGINT) -> Generator[list[str]]:
    """`serve` in a process of its own: the lines it says until it is open. Ends it by a signal and awaits its last words."""
    command = [sys.executable, "-c", PROGRAM, str(folder), at(AT).isoformat()]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        said: list[str] = []
        for line in process.stdout:
            said.append(line.strip())
            if "Strg+C" in line:
                break
        try:
            yield said
        finally:
            process.send_signal(ending)
            said.append(process.stdout.read().strip())
    assert said[-1] == "Die Oberfläche ist beendet."
    assert process.returncode == 0


def test_it_opens_shows_and_ends_twice_on_the_same_folder(folder: Path) -> None:
    """The first time by Ctrl-C as soon as it is open; the second time by SIGTERM when runs have got their names, and it is at work.

    SIGTERM while it opens: test_plan_runner.py; Ctrl-C when it is at work ends every club of this folder's tests.
    """
    prepared(home_of(folder))
    for at_work, ending in ((False, signal.SIGINT), (True, signal.SIGTERM)):
        with serving(folder, ending) as said:
            person = signed_in(said[1].rpartition(" ")[2])
            while at_work and EVENING not in names_to_come(person):
                time.sleep(0.2)  # between two looks
            assert said[0].startswith("Die Oberfläche wird gestartet")
            assert said[4].startswith("Gezeigt wird der Stand vom 18. Dezember 2017.")
            assert httpx.get(f"{person.address}/api/health").json() is True
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{person.address}/api/health")


def test_a_taken_port_is_said_at_once_and_nothing_is_touched(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(StaffelstabError, match=rf"deployments\.port_taken\(port={port}\)"):
            serve(folder, at(AT), port, clock=lambda: dt.datetime.now(dt.UTC))
    assert list(home_of(folder).iterdir()) == []
