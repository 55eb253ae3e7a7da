"""`up` and `down` as people call them: real processes, real servers, and a browser that only notes what it is told."""

from __future__ import annotations

import html
import json
import os
import re
import shlex
import signal
import socket
import stat
import subprocess
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from deployments.server.holder import holder
from deployments.server.ports import remembered_port
from deployments.server.process import home_of
from staffelstab.workspace import create
from tests.acceptance.cli import environment
from tests.conftest import ROOT, at
from tests.deployments.club import SCRIPT, children, command_of
from tests.deployments.person import signed_in
from tests.prepared_server import prepared

pytestmark = [pytest.mark.slow, pytest.mark.server]

EXAMPLE = ROOT / "examples" / "mitgliederarbeit-2018"
NOTING = """#!/bin/sh
# a browser: notes how it was started, and opens the file it was told
printf '%s\\n' "$@" > "{notes}/arguments"
path="${{1#file://}}"
cat "$path" > "{notes}/page"
stat -c %a "$path" > "{notes}/half"
mv "{notes}/half" "{notes}/mode"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = create(EXAMPLE, tmp_path / "akte", now=at("2017-12-15 20:00")).root
    prepared(home_of(root))
    return root


class Opened:
    """`staffelstab up` in a process of its own, and what it has said until it was open."""

    def __init__(self, process: subprocess.Popen[str], said: Sequence[str]) -> None:
        self.process = process
        self.said = said

    @property
    def link(self) -> str:
        return next(line for line in self.said if "/sign-in#" in line).split()[-1]


@contextmanager
def up(folder: Path, *options: str, **more: str) -> Generator[Opened]:
    command = [str(SCRIPT), "up", str(folder), *options]
    blind = {"DISPLAY": "", "WAYLAND_DISPLAY": "", "BROWSER": "", "SSH_CONNECTION": "", "SSH_TTY": ""}
    with subprocess.Popen(
        command,
        cwd=folder if folder.is_dir() else folder.parent,
        env=environment(**blind | more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        said: list[str] = []
        for line in process.stdout:
            said.append(line.strip())
            if "staffelstab down" in line:
                break
        try:
            assert process.poll() is None, said
            yield Opened(process, said)
        finally:
            process.send_signal(signal.SIGINT)
            process.stdout.read()


def told(*words: str | Path) -> str:
    command = [str(SCRIPT), *map(str, words)]
    return subprocess.run(command, env=environment(), capture_output=True, text=True, check=True).stdout


def test_a_server_that_is_killed_ends_it_with_one_sentence(folder: Path) -> None:
    with up(folder, "--no-browser", "--port", "0") as opened:
        [server] = [pid for pid in children(opened.process.pid) if "deployments.server.asgi" in command_of(pid)]
        os.kill(server, signal.SIGKILL)
        assert opened.process.wait(60) == 3
        assert opened.process.stdout is not None
        [sentence] = opened.process.stdout.read().splitlines()
    assert sentence.startswith("Der Prefect-Server antwortet nicht mehr; die Oberfläche wird beendet.")


def test_a_second_start_takes_over_and_down_ends_it(folder: Path) -> None:
    with ExitStack() as open_until_here:
        first = open_until_here.enter_context(up(folder))
        assert first.said[-3].startswith("Staffelstab ist offen. Dieser Link")
        assert "keine grafische Anzeige" in first.said[-4]
        person = signed_in(first.link)
        second = open_until_here.enter_context(up(folder, SSH_CONNECTION="10.0.0.2 50 10.0.0.1 22", DISPLAY=":0"))
        assert first.process.wait(60) == 0
        assert second.said[0].startswith("Für diesen Arbeitsordner läuft Staffelstab schon, seit ")
        assert any("ssh -N -L" in line for line in second.said)
        assert signed_in(second.link).address == person.address, "the same port as before"
        with pytest.raises(httpx.HTTPStatusError, match="401"):
            signed_in(second.link)
        assert signed_in(told("login", folder).split()[-1]).address == person.address

        rows = {row["key"]: row for row in json.loads(told("doctor", folder, "--json"))["checks"]}
        assert (rows["server"]["state"], rows["schedules"]["state"]) == ("good", "good")
        assert person.address in rows["server"]["said"]
        assert rows["schedules"]["said"].startswith("10 Abläufe sind eingerichtet. Als Nächstes: Tageslauf")
        assert "port" not in rows, "it is ours"

        assert "Die Oberfläche ist beendet." in told("down", folder)
        assert second.process.wait(60) == 0
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{person.address}/api/health")
        assert "läuft nichts" in told("down", folder)


def test_after_a_kill_it_opens_again_on_the_same_port_with_a_browser_signed_in(folder: Path, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(NOTING.format(notes=tmp_path), encoding="utf-8")
    browser.chmod(0o700)
    with up(folder, "--no-browser", BROWSER=str(browser)) as first:
        servers = children(first.process.pid)
        first.process.kill()
        first.process.wait()
        port = remembered_port(home_of(folder))
        with up(folder, BROWSER=str(browser)) as second:
            assert remembered_port(home_of(folder)) == port
            assert [pid for pid in servers if Path(f"/proc/{pid}").exists()] == []
            assert second.said[-3].startswith("Staffelstab ist offen, der Browser wird geöffnet")
            until = time.monotonic() + 120
            while not (tmp_path / "mode").exists() and time.monotonic() < until:
                time.sleep(0.1)  # between two looks
            assert "sign-in" not in (tmp_path / "arguments").read_text(), (
                "others may read what a program is started with"
            )
            assert (tmp_path / "mode").read_text().strip() == "600"
            found = re.search(r"url=([^\"]+)", (tmp_path / "page").read_text())
            assert found is not None
            assert html.unescape(found[1]) != second.link, "the link that is printed still works after the browser's"
            assert signed_in(html.unescape(found[1])).address == signed_in(second.link).address
    left = [path for path in folder.rglob("*") if "open-" in path.name]
    assert left == []


def test_a_taken_port_is_no_obstacle_unless_it_was_asked_for(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = subprocess.run(
            [str(SCRIPT), "up", str(folder), "--port", str(port)],
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert refused.returncode == 3
        assert f"An Anschluss {port}" in refused.stderr
        assert holder(home_of(folder)) is None
        home_of(folder).joinpath("port").write_text(f"{port}\n")
        with up(folder) as opened:
            kept = remembered_port(home_of(folder))
            assert kept not in (None, port)
            assert signed_in(opened.link).address == f"http://127.0.0.1:{kept}"
            modes = {
                path.name: stat.S_IMODE(path.stat().st_mode) for path in home_of(folder).iterdir() if path.is_file()
            }
    assert {name: mode for name, mode in modes.items() if mode & 0o077} == {}


def test_the_service_starts_as_systemd_would_start_it_and_its_journal_holds_no_link(
    folder: Path, tmp_path: Path
) -> None:
    """There is no systemd here to do it: command and variables are those of the unit, and nothing else of this environment."""
    (tmp_path / "runtime").mkdir()
    told = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": "", "XDG_RUNTIME_DIR": str(tmp_path / "runtime")}
    subprocess.run(
        [str(SCRIPT), "up", str(folder), "--install"], env=environment(**told), capture_output=True, check=True
    )
    [unit] = (tmp_path / ".config/systemd/user").glob("*.service")
    settings = [line.partition("=")[::2] for line in unit.read_text(encoding="utf-8").splitlines()]
    plain = [(name, value.replace("%h", str(tmp_path)).replace("%%", "%")) for name, value in settings]
    [command] = [shlex.split(value.removeprefix(":")) for name, value in plain if name == "ExecStart"]
    [where] = [value for name, value in plain if name == "WorkingDirectory"]
    variables = dict(shlex.split(value)[0].split("=", 1) for name, value in plain if name == "Environment")
    read, write = os.pipe()
    pipe = os.fstat(write)
    variables |= {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "JOURNAL_STREAM": f"{pipe.st_dev}:{pipe.st_ino}"}
    with subprocess.Popen(command, cwd=where, env=variables, stdout=write, stderr=write, umask=0o077) as process:
        os.close(write)
        with os.fdopen(read, encoding="utf-8") as journal:
            said = ""
            for line in journal:
                said += line
                if "staffelstab down" in line:
                    break
            process.send_signal(signal.SIGTERM)
            said += journal.read()
    assert process.returncode == 0, said
    assert "staffelstab login" in said
    assert "sign-in#" not in said


def test_one_that_is_still_starting_is_ended_too(folder: Path) -> None:
    command = [str(SCRIPT), "up", str(folder), "--no-browser"]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as first:
        assert first.stdout is not None
        assert "wird gestartet" in first.stdout.readline()
        assert "Die Oberfläche ist beendet." in told("down", folder)
        assert "Abgebrochen." in first.stdout.read()
    assert first.returncode == 130
    assert holder(home_of(folder)) is None


def test_serve_shows_plans_and_says_what_opens_a_working_folder(folder: Path) -> None:
    done = subprocess.run(
        [str(SCRIPT), "serve", str(folder)], env=environment(), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.strip().endswith(f"staffelstab up {folder}")
