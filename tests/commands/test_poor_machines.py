"""Machines with little of anything: full disks, tight limits, odd clocks, rights too wide. Sentences, no tracebacks."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from commands.causes import said
from commands.main import main
from staffelstab.errors import StaffelstabError
from staffelstab.language import LANGUAGES, Language
from staffelstab.workspace import Workspace, create
from tests.acceptance.cli import CHOIR, COMMAND, PARTY, environment
from tests.commands.conftest import Said
from tests.conftest import ROOT, at
from tests.own_mounts import mounted_disk, own_mounts
from tests.service.small_folder import put

NEW = "2018-01-02 06:00"


LIMITS = ("ulimit -v 100000", "ulimit -v 200000", "ulimit -v 600000", "ulimit -n 16", "ulimit -n 64")
TIGHTEST = ("ulimit -v 100000", "ulimit -n 16")
WITHOUT_PREFECT = ("check", "status", "verify")
EVERY = LIMITS if os.environ.get("STAFFELSTAB_SWEEP") == "1" else TIGHTEST
TIGHT = [("run", limits) for limits in LIMITS] + [(name, limits) for name in WITHOUT_PREFECT for limits in EVERY]
"""The pass under each limit, quick commands under the tightest; under all of them: STAFFELSTAB_SWEEP=1."""


def limited(limits: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """A command under limits of the shell."""
    script = f'{limits}; exec "$@"'
    command = ["sh", "-c", script, "sh", sys.executable, "-m", "commands.main", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)


@pytest.mark.attack("LOW")
def test_a_working_folder_is_its_owner_s_alone_whatever_was_there_and_whatever_is_usual(
    tmp_path: Path, command: Callable[..., Said]
) -> None:
    root = tmp_path / "akte"
    root.mkdir()
    root.chmod(0o755)
    before = os.umask(0)
    try:
        assert command("init", PARTY, root, "--now", "2018-01-02T07:00")[0] == 0
        put(root, "beitraege/a.txt", "Von: Beisitz 3\n\nText.", at(NEW)).chmod(0o600)
        assert command("run", root, "--now", "2018-01-03T07:00")[0] == 0
    finally:
        os.umask(before)
    modes = {path.relative_to(root): stat.S_IMODE(path.stat().st_mode) for path in [root, *root.rglob("*")]}
    assert {str(path): oct(mode) for path, mode in modes.items() if mode & 0o077} == {}


@pytest.mark.attack("LOW")
def test_reports_of_phases_without_a_session_are_private(tmp_path: Path, command: Callable[..., Said]) -> None:
    before = os.umask(0)
    try:
        assert command("init", CHOIR, tmp_path / "akte", "--now", "2025-11-20T07:00")[0] == 0
        assert command("run", tmp_path / "akte", "--now", "2025-12-20T07:00")[0] == 0
    finally:
        os.umask(before)
    made = [*(tmp_path / "akte").rglob("*")]
    assert (tmp_path / "akte" / "reports") in made
    assert [path for path in made if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


@pytest.mark.attack("LOW")
@pytest.mark.parametrize("year", ["0001", "1899", "3000", "9999"])
@pytest.mark.parametrize(
    "words",
    [
        ("status", "{folder}", "--now", "{year}-01-01T00:00"),
        ("run", "{folder}", "--now", "{year}-12-31"),
        ("check", "{folder}", "--now", "{year}-12-31"),
        ("init", "{plan}", "{folder}-neu", "--now", "{year}-12-31"),
        ("plan", "picture", "{plan}", "--today", "{year}-12-31"),
        ("serve", "{plan}", "--at", "{year}-12-31"),
        ("rehearse", "{plan}", "--until", "{year}-12-31"),
        ("confirm", "{folder}", "lv-2018-03-09", "--date", "{year}-12-31"),
        ("move", "{folder}", "lv-2018-03-09", "{year}-12-31"),
    ],
    ids=lambda words: words[0],
)
def test_a_year_no_plan_can_have_is_refused_in_a_sentence(
    command: Callable[..., Said], workspace: Workspace, words: tuple[str, ...], year: str
) -> None:
    places = {"folder": str(workspace.root), "plan": str(PARTY), "year": year}

    code, _, err = command(*(word.format(**places) for word in words))

    assert code == 2
    assert "liegt außerhalb der Jahre 1900 bis 2999." in err


@pytest.mark.attack("LOW")
@pytest.mark.slow
@pytest.mark.parametrize(("name", "limits"), TIGHT)
def test_tight_limits_end_in_sentences(workspace: Workspace, name: str, limits: str) -> None:
    put(workspace.root, "beitraege/a.txt", "Von: Beisitz 3\n\nText.", at(NEW))
    now = ("--now", "2018-01-03T07:00") if name in {"status", "run"} else ()

    done = limited(limits, name, workspace.root, *now)

    assert "Traceback" not in done.stderr
    assert (done.stdout + done.stderr).strip()
    assert done.returncode in {0, 1, 3}
    if done.returncode == 3:
        assert "ulimit" in done.stderr


@pytest.mark.attack("LOW")
@pytest.mark.slow
def test_four_runs_at_once_do_the_pass_once_and_none_fails(workspace: Workspace) -> None:
    """None of them has a server to wait for, and the ledger lets one write after the other."""
    put(workspace.root, "beitraege/a.txt", "Von: Beisitz 3\n\nText.", at(NEW))
    command = [*COMMAND, "run", str(workspace.root), "--now", "2018-01-03T07:00"]
    runs = [
        subprocess.Popen(
            command, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    told = [run.communicate()[1] for run in runs]

    assert [(run.returncode, err) for run, err in zip(runs, told, strict=True)] == [(0, "")] * 4
    with workspace.open(read_only=True) as ledger:
        kinds = [entry.kind for entry in ledger.entries()]
        assert ledger.verify(workspace.heads.read()) == []
    assert (kinds.count("received"), kinds.count("read")) == (1, 1)


@pytest.mark.attack("LOW")
@pytest.mark.parametrize(("limits", "told"), [("ulimit -v 250000", "cli.cause.memory"), ("ulimit -v 400000", "")])
def test_so_little_memory_is_told_before_a_library_ends_the_process_without_a_word(limits: str, told: str) -> None:
    code = (
        "from commands.causes import check_memory\ntry: check_memory()\nexcept Exception as error: print(error.key)\n"
    )
    command = ["sh", "-c", f'{limits}; exec "$@"', "sh", sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == (told, "")


@pytest.fixture
def small_disk(tmp_path: Path) -> Generator[Callable[[int], Path]]:
    """Makes a disk of so many kilobytes, which goes with the test even if that is killed."""
    place = tmp_path / "disk"
    place.mkdir()

    with own_mounts() as possible:

        def made(kilobytes: int) -> Path:
            if not possible or not mounted_disk(place, kilobytes):
                pytest.skip("a small disk can only be made by root")
            return place

        yield made


@pytest.mark.attack("LOW")
@pytest.mark.slow
@pytest.mark.parametrize("spare", [0, 40_000, 300_000])
def test_a_full_disk_is_called_full(
    small_disk: Callable[[int], Path], command: Callable[..., Said], spare: int
) -> None:
    place = small_disk(2048)
    root = create(PARTY, place / "akte", now=at("2018-01-02")).root
    put(root, "beitraege/a.txt", "Von: Beisitz 3\n\nText.", at(NEW))
    ballast = place / "ballast"
    with ballast.open("wb") as file:
        file.write(b"x" * max(0, os.statvfs(place).f_bavail * os.statvfs(place).f_frsize - spare))
    for words in (("run", root, "--now", "2018-01-03T07:00"), ("verify", root), ("status", root)):
        code, out, err = command(*words)
        assert code in {0, 3}, err
        if code == 3:
            assert "Der Datenträger ist voll." in err
        assert out + err
    ballast.unlink()
    assert command("run", root, "--now", "2018-01-03T07:00")[0] == 0
    assert command("verify", root)[0] == 0


@pytest.mark.attack("LOW")
def test_a_cause_is_told_wherever_it_hides() -> None:
    words = Language("de")
    no_room = ImportError("libgfortran.so: failed to map segment from shared object")
    wrapped = StaffelstabError("tasks.unforeseen", kind="OSError", place="x.py:1")
    wrapped.__cause__ = OSError(28, "No space left on device", "/geheim/erika.txt")
    ours = StaffelstabError("intake.error.no_reader")
    ours.__context__ = OSError(24, "Too many open files")

    assert said(no_room, words).startswith("Dem Programm fehlt Speicher")
    assert said(MemoryError(), words).startswith("Dem Programm fehlt Speicher")
    assert said(wrapped, words).startswith("Der Datenträger ist voll.")
    assert "erika" not in said(wrapped, words)
    assert said(ours, words).startswith("Das Leseprogramm für eingereichte Papiere startet nicht.")
    assert "Dem Programm sind zu wenige offene Dateien erlaubt" in said(ours, words)
    assert said(ValueError("geheim"), words) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_cause_can_be_said(language: str) -> None:
    assert all(Language(language).say(f"cli.cause.{cause}").endswith(".") for cause in ("files", "full", "memory"))


def test_what_nobody_foresaw_is_a_sentence_without_what_it_quotes(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumble(*_: object) -> int:
        raise ValueError("vertraulicher Text")

    monkeypatch.setattr("commands.status.run", stumble)

    assert main(["status", str(workspace.root)]) == 3

    err = capsys.readouterr().err
    assert "ValueError" in err
    assert "vertraulich" not in err
