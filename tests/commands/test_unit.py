"""A service of one's own, in a home of the test: what is written, that systemd understands it, and that it is removed again."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from commands.unit import MARK, MARK_OF_WORKER, environment_text, runs_as, unit_of, unit_text
from staffelstab.errors import StaffelstabError
from staffelstab.workspace import Workspace, create
from tests.acceptance.cli import PARTY
from tests.commands.conftest import Said
from tests.conftest import at

Command = Callable[..., Said]
ANALYZE = shutil.which("systemd-analyze")
ODD = 'ak te 100%n "x" $HOME \\ ä'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's home; their systemd cannot be asked."""
    made = tmp_path / "home"
    made.mkdir()
    monkeypatch.setenv("HOME", str(made))
    for name in (
        "XDG_CONFIG_HOME",
        "XDG_RUNTIME_DIR",
        "DBUS_SESSION_BUS_ADDRESS",
        "STAFFELSTAB_LANGUAGE",
        "LC_ALL",
        "LC_MESSAGES",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    return made


@pytest.fixture
def odd(home: Path) -> Workspace:
    """A working folder in the home, with a name that systemd would misunderstand."""
    return create(PARTY, home / ODD, now=at("2017-12-15"))


def files(home: Path) -> set[str]:
    return {path.relative_to(home).as_posix() for path in (home / ".config").rglob("*") if not path.is_dir()}


def test_it_is_written_private_with_the_commands_that_start_it(odd: Workspace, home: Path, command: Command) -> None:
    code, out, err = command("up", odd.root, "--install")
    assert (code, err) == (0, "")
    [name] = files(home)
    written = home / name
    assert written.parent == home / ".config/systemd/user"
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    text = written.read_text(encoding="utf-8")
    assert text.startswith(MARK)
    assert '"-P" "-m" "commands.main" "up" "%h/ak te 100%%n \\"x\\" $HOME \\\\ ä" "--no-browser"' in text
    assert f"systemctl --user enable {written.name}" in out
    assert "loginctl enable-linger" in out


@pytest.mark.skipif(not ANALYZE, reason="systemd-analyze is not installed")
def test_systemd_understands_it(odd: Workspace, home: Path, command: Command, tmp_path: Path) -> None:
    command("up", odd.root, "--install")
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    [name] = files(home)
    told = os.environ | {"XDG_RUNTIME_DIR": str(runtime)}
    done = subprocess.run(
        [str(ANALYZE), "verify", "--user", str(home / name)], env=told, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not ANALYZE, reason="systemd-analyze is not installed")
def test_systemd_would_complain_of_a_mistake(odd: Workspace, home: Path, command: Command, tmp_path: Path) -> None:
    command("up", odd.root, "--install")
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    [name] = files(home)
    (home / name).write_text((home / name).read_text().replace('ExecStart=:"', 'ExecStart=:"/nowhere'))
    told = os.environ | {"XDG_RUNTIME_DIR": str(runtime)}
    done = subprocess.run(
        [str(ANALYZE), "verify", "--user", str(home / name)], env=told, capture_output=True, text=True, check=False
    )
    assert done.stderr


def test_a_secret_of_the_environment_lies_in_a_private_file_of_its_own(
    odd: Workspace, home: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAFFELSTAB_LEDGER", "")
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4300/api")
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", 'somebody:"$x`\\')
    code, out, _ = command("up", odd.root, "--install")
    assert code == 0
    unit = unit_of(odd.root, os.environ)
    assert stat.S_IMODE(unit.environment.stat().st_mode) == 0o600
    assert 'PREFECT_API_AUTH_STRING="somebody:\\"\\$x\\`\\\\"\n' in unit.environment.read_text()
    assert "somebody" not in unit.file.read_text() + out
    assert "EnvironmentFile=%h/.config/staffelstab/" in unit.file.read_text()

    for name in ("PREFECT_API_URL", "PREFECT_API_AUTH_STRING"):
        monkeypatch.delenv(name)
    assert command("up", odd.root, "--install")[0] == 0
    assert not unit.environment.exists(), "what is no longer meant is gone"


def test_it_is_removed_and_nothing_else(odd: Workspace, home: Path, command: Command) -> None:
    command("up", odd.root, "--install")
    unit = unit_of(odd.root, os.environ)
    other = unit.file.with_name("other.service")
    other.write_text("[Service]\nExecStart=/bin/true\n")
    unit.wanted.parent.mkdir()
    unit.wanted.symlink_to(unit.file)
    before = set(odd.root.rglob("*"))

    code, out, _ = command("up", odd.root, "--uninstall")

    assert code == 0
    assert f"systemctl --user stop {unit.name}" in out
    assert files(home) == {".config/systemd/user/other.service"}
    assert set(odd.root.rglob("*")) == before
    assert "kein Dienst eingerichtet" in command("up", odd.root, "--uninstall")[1]


def test_what_somebody_else_wrote_is_left_alone(odd: Workspace, home: Path, command: Command) -> None:
    unit = unit_of(odd.root, os.environ)
    unit.file.parent.mkdir(parents=True)
    unit.file.write_text("[Service]\nExecStart=/bin/true\n")
    code, _, err = command("up", odd.root, "--install")
    assert code == 3
    assert "das Staffelstab nicht geschrieben hat" in err
    assert "nicht geschrieben" in command("up", odd.root, "--uninstall")[1]
    assert unit.file.read_text() == "[Service]\nExecStart=/bin/true\n"


@pytest.mark.attack("M4")
def test_no_name_adds_a_line_to_it(home: Path) -> None:
    forged = unit_of(home / "akte\nExecStartPre=/bin/evil", {})
    with pytest.raises(StaffelstabError, match=r"unit\.unwritable"):
        unit_text(forged, kept=False)
    with pytest.raises(StaffelstabError, match=r"unit\.unwritable"):
        environment_text({"STAFFELSTAB_LEDGER": "x\nLD_PRELOAD=evil.so"})


def test_each_folder_has_its_own(home: Path) -> None:
    names = {unit_of(home / folder / "akte", {}).name for folder in ("a", "b")}
    assert len(names) == 2
    assert unit_of(home / "akte", {"XDG_CONFIG_HOME": "/etc/x"}).configuration == Path("/etc/x")
    assert unit_of(home / "akte", {"XDG_CONFIG_HOME": "relative"}).configuration == home / ".config"


def test_where_systemd_answers_it_is_started_and_ended(
    odd: Workspace, home: Path, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A program of that name stands in for systemctl: there is no systemd of a person's own in most places where tests run."""
    asked = tmp_path / "asked"
    program = tmp_path / "bin" / "systemctl"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >> "{asked}"\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    name = unit_of(odd.root, os.environ).name
    assert "Er läuft" in command("up", odd.root, "--install")[1]
    command("up", odd.root, "--uninstall")
    assert [line for line in asked.read_text().splitlines() if "show-environment" not in line] == [
        "--user daemon-reload",
        f"--user enable {name}",
        f"--user restart {name}",
        f"--user disable --now {name}",
        "--user daemon-reload",
    ]
    program.write_text('#!/bin/sh\n[ "$2" = show-environment ]\n')
    code, _, err = command("up", odd.root, "--install")
    assert code == 3
    assert "fehlgeschlagen" in err


# -- several plans, and workers ----------------------------------------------------------------------------------------

PASSWORD = "a-password-of-the-workers-of-the-tests"


@pytest.fixture
def installation(home: Path) -> Path:
    """What is open together: one folder."""
    file = create(PARTY, home / "akte", now=at("2017-12-15")).root.with_name("installation.toml")
    file.write_text(f'folders = ["akte"]\npassword = "{PASSWORD}"\n', encoding="utf-8")
    file.chmod(0o600)
    return file


def units(home: Path) -> list[Path]:
    return sorted((home / ".config/systemd/user").glob("*.service"))


def test_several_plans_are_kept_open_by_one(
    installation: Path, home: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a ledger's address nor a server's that the environment names is theirs."""
    monkeypatch.setenv("STAFFELSTAB_LEDGER", "postgresql://somebody:secret@db/akte")
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4300/api")
    code, out, err = command("up", installation, "--install")
    assert (code, err) == (0, "")
    [unit] = units(home)
    text = unit.read_text(encoding="utf-8")
    assert '"commands.main" "up" "%h/installation.toml" "--no-browser"' in text
    assert "EnvironmentFile" not in text
    assert PASSWORD not in text + out
    assert command("up", installation, "--uninstall")[0] == 0
    assert units(home) == []


def test_a_worker_beside_it_learns_from_the_file_where_the_server_is(
    installation: Path, home: Path, command: Command
) -> None:
    code, out, err = command("worker", installation, "--install", "--at-once", "3")
    assert (code, err) == (0, "")
    [unit] = units(home)
    assert unit.name.startswith("staffelstab-worker-installation-toml-")
    text = unit.read_text(encoding="utf-8")
    assert text.startswith(MARK_OF_WORKER)
    assert '"commands.main" "worker" "%h/installation.toml" "--at-once" "3"' in text
    assert PASSWORD not in text + out
    command("up", installation, "--install")
    assert len(units(home)) == 2
    command("worker", installation, "--uninstall")
    assert [one.read_text().startswith(MARK) for one in units(home)] == [True]


def test_a_worker_elsewhere_is_told_in_a_private_file(
    home: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command("worker", "--install")[0] == 3, "nobody has said for which server"
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:4300/api")
    monkeypatch.setenv("PREFECT_API_AUTH_STRING", f"admin:{PASSWORD}")
    monkeypatch.setenv("STAFFELSTAB_LEDGER", "postgresql://somebody:secret@db/akte")
    code, out, _ = command("worker", "--install", "--name", "zweiter rechner")
    assert code == 0
    [unit] = units(home)
    text = unit.read_text(encoding="utf-8")
    assert '"worker" "--at-once" "2" "--name" "zweiter rechner"' in text
    [told] = (home / ".config/staffelstab").glob("*.env")
    assert stat.S_IMODE(told.stat().st_mode) == 0o600
    assert f'PREFECT_API_AUTH_STRING="admin:{PASSWORD}"\n' in told.read_text()
    assert "STAFFELSTAB_LEDGER" not in told.read_text(), "each plan has its own"
    assert PASSWORD not in text + out


@pytest.mark.skipif(not ANALYZE, reason="systemd-analyze is not installed")
def test_systemd_understands_those_too(installation: Path, home: Path, command: Command, tmp_path: Path) -> None:
    command("up", installation, "--install")
    command("worker", installation, "--install", "--name", 'a "name" $HOME')
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    told = os.environ | {"XDG_RUNTIME_DIR": str(runtime)}
    asked = [str(ANALYZE), "verify", "--user", *map(str, units(home))]
    done = subprocess.run(asked, env=told, capture_output=True, text=True, check=False)
    assert (len(units(home)), done.returncode, done.stderr) == (2, 0, "")


@pytest.mark.parametrize(
    ("groups", "is_it"),
    [
        ("0::/user.slice/user-1000.slice/user@1000.service/app.slice/{name}\n", True),
        ("8:pids:/user.slice\n1:name=systemd:/user.slice/user@0.service/app.slice/{name}\n0::/user.slice\n", True),
        ("0::/user.slice/user-1000.slice/session-2.scope\n", False),
        ("0::/user.slice/user@1000.service/app.slice/other-{name}\n", False),
    ],
)
def test_a_process_of_the_service_is_known_by_its_control_group(tmp_path: Path, groups: str, is_it: bool) -> None:
    unit = unit_of(tmp_path / "akte", {"XDG_CONFIG_HOME": str(tmp_path)})
    (tmp_path / "17").mkdir()
    (tmp_path / "17/cgroup").write_text(groups.format(name=unit.name))
    assert runs_as(unit, 17, tmp_path) is is_it
    assert not runs_as(unit, 18, tmp_path)
