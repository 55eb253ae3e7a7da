"""The first start at a real terminal (a pty): answers that are wrong, stopping anywhere, and nothing half done."""

from __future__ import annotations

import os
import pty
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from staffelstab.workspace import find
from tests.acceptance.cli import PARTY, environment, staffelstab
from tests.commands.test_current_folder import SCRIPT

PATIENCE_SECONDS = 240
PROMPT = "\n> "
CTRL_C = b"\x03"


class Terminal:
    """Somebody at a terminal: reads what is said and types answers."""

    def __init__(self, pid: int, descriptor: int) -> None:
        self._pid = pid
        self._descriptor = descriptor
        self.said = ""

    def until(self, mark: str) -> str:
        """What is said from now on, up to a mark."""
        start, end = len(self.said), time.monotonic() + PATIENCE_SECONDS
        while mark not in self.said[start:]:
            assert time.monotonic() < end, self.said[-2000:]
            if not self._more():
                raise AssertionError(self.said[-2000:])
        return self.said[start:]

    def type(self, answer: str | bytes) -> None:
        os.write(self._descriptor, answer if isinstance(answer, bytes) else f"{answer}\n".encode())

    def answer(self, answer: str | bytes) -> str:
        """Answer the next question; what was said before it."""
        said = self.until(PROMPT)
        self.type(answer)
        return said

    def ended(self) -> int:
        """Read to the end; the exit code."""
        while self._more():
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])

    def _more(self) -> bool:
        if not select.select([self._descriptor], [], [], PATIENCE_SECONDS)[0]:
            return False
        try:
            more = os.read(self._descriptor, 65536)
        except OSError:
            return False
        self.said += more.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(more)


@contextmanager
def terminal(folder: Path) -> Generator[Terminal]:
    """`staffelstab up` at a terminal, called in a folder."""
    pid, descriptor = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execve(SCRIPT, [str(SCRIPT), "up"], environment(DISPLAY="", WAYLAND_DISPLAY="", BROWSER="", TERM="dumb"))
    try:
        yield Terminal(pid, descriptor)
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.close(descriptor)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where somebody stands who has a resolution and nothing else."""
    made = tmp_path / "here"
    made.mkdir()
    shutil.copy(PARTY / "resolution.txt", made / "unser beschluss.txt")
    return made


def test_it_leads_to_the_check_and_stops_where_one_likes(place: Path) -> None:
    (place / "leer.txt").write_text("Guten Tag.\n", encoding="utf-8")
    (place / "voll").mkdir()
    (place / "voll" / "x").write_text("x")
    with terminal(place) as person:
        assert "In drei Schritten" in person.answer("gibt es nicht.docx")
        assert "gibt es nicht, oder es ist keine Datei" in person.answer("leer.txt")
        assert "keine Phasen" in person.answer("'unser beschluss.txt'")
        assert "Wohin soll der Entwurf?" in person.answer("voll")
        assert "es ist etwas darin" in person.answer("nirgends/plan")
        assert "lässt sich nichts anlegen" in person.answer("")
        assert "Befunde" in person.answer("vielleicht")
        assert "nicht zu verstehen" in person.answer("n")
        assert person.ended() == 0
        assert f"staffelstab init {place}/plan {place}/akte" in person.said
    assert sorted(path.name for path in place.iterdir()) == ["leer.txt", "plan", "unser beschluss.txt", "voll"]
    assert staffelstab("check", place / "plan", "--json").returncode == 1


@pytest.mark.parametrize("answers", [0, 1, 2, 3], ids=lambda n: f"after {n} answers")
def test_ctrl_c_leaves_nothing_half(place: Path, answers: int) -> None:
    given = ["unser beschluss.txt", "mein-plan", ""]
    with terminal(place) as person:
        for answer in given[:answers]:
            person.answer(answer)
        person.until(PROMPT)
        person.type(CTRL_C)
        assert person.ended() == 130
        assert "Abgebrochen. Es liegt nichts Halbes da." in person.said
        assert ("staffelstab check" in person.said) == (answers >= 2)
    made = {path.name for path in place.iterdir()} - {"unser beschluss.txt"}
    assert made == ({"mein-plan"} if answers >= 2 else set())
    if made:
        assert {path.name for path in (place / "mein-plan").iterdir()} == {"plan.toml", "resolution.txt"}


def test_a_plan_that_cannot_be_used_yet_is_checked_again_when_it_was_changed(place: Path) -> None:
    shutil.copytree(PARTY, place, dirs_exist_ok=True)
    good = (place / "plan.toml").read_text(encoding="utf-8")
    (place / "plan.toml").write_text("x = [", encoding="utf-8")
    with terminal(place) as person:
        person.until(PROMPT)
        assert "lässt sich mit dem Zeitplan noch nicht arbeiten" in person.said
        (place / "plan.toml").write_text(good, encoding="utf-8")
        person.type("")
        assert "Mit diesem Zeitplan lässt sich arbeiten" in person.until(PROMPT)
        person.type("")
        assert "Wo soll der Arbeitsordner liegen?" in person.until(PROMPT)
        person.type(b"\x04")
        assert person.ended() == 130
    assert not (place / "akte").exists()


@pytest.mark.slow
@pytest.mark.server
@pytest.mark.timeout(900)
def test_at_its_end_everything_is_open_and_the_next_time_it_is_found_again(place: Path) -> None:
    with terminal(place) as person:
        for answer in ("unser beschluss.txt", "", "", ""):
            person.answer(answer)
        person.until("staffelstab down")
        assert find(place / "akte").inbox.is_dir()
        person.type(CTRL_C)
        assert person.ended() == 0
    with terminal(place) as person:
        person.until(PROMPT)
        assert f"In {place}/akte liegt ein Arbeitsordner" in person.said
        person.type(CTRL_C)
        assert person.ended() == 130


def test_where_there_is_nobody_to_ask_the_commands_are_named(place: Path) -> None:
    done = subprocess.run(
        [str(SCRIPT), "up"],
        cwd=place,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert [line.split()[1] for line in done.stderr.splitlines() if line.startswith("  staffelstab")] == [
        "draft",
        "init",
        "up",
    ]
    assert sorted(path.name for path in place.iterdir()) == ["unser beschluss.txt"]
