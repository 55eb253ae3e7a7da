"""Commands called from a folder somebody prepared: nothing of it is read or run, and relative names are still meant from there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from commands.main import COMMANDS, WITH_PREFECT
from deployments.server.process import home_of
from staffelstab.isolation import BARE, child_environment, isolated, stood_in
from staffelstab.workspace import create
from tests.acceptance.cli import PARTY, environment
from tests.conftest import ROOT, at
from tests.deployments.garden import garden
from tests.hostile_folder import hostile_folder
from tests.prepared_server import prepared

SCRIPT = Path(sys.executable).with_name("staffelstab")
LOADED = """
import sys
from commands.main import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
sys.exit(70 if "prefect" in sys.modules else 0)
"""


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    return tmp_path / "marks"


@pytest.fixture
def folder(tmp_path: Path, marks: Path) -> Path:
    """Where the person stands, with a working folder in it."""
    made = hostile_folder(tmp_path / "here", marks)
    create(PARTY, made / "akte", now=at("2017-12-15"))
    return made


def called(folder: Path, *words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """The installed command, called by somebody who stands in the folder."""
    command = [str(SCRIPT), *map(str, words)]
    home = {"PREFECT_HOME": str(folder.parent / "prefect-home")}
    return subprocess.run(
        command, cwd=folder, env=environment(**home | more), capture_output=True, text=True, check=False
    )


@pytest.mark.attack("H5")
@pytest.mark.parametrize(
    "words",
    [
        ("init", PARTY, "neu"),
        ("check", PARTY),
        ("plan", PARTY),
        ("status", "akte"),
        ("verify", "akte"),
        ("doctor", "akte"),
        ("down", "akte"),
        ("completion", "--names", "session"),
        ("run", "akte", "--now", "2017-12-16T07:00"),
        ("record", "decision", "lv-2018-01-19", "noted", "akte"),
    ],
    ids=lambda words: words[0],
)
def test_no_command_reads_or_imports_what_lies_where_one_stands(
    folder: Path, marks: Path, words: tuple[str | Path, ...]
) -> None:
    done = called(folder, *words)

    assert list(marks.iterdir()) == []
    assert "Traceback" not in done.stderr


@pytest.mark.attack("H5")
@pytest.mark.slow
@pytest.mark.server
def test_a_rehearsal_with_a_killed_pass_reads_and_imports_nothing_there(folder: Path, marks: Path) -> None:
    """The pass that freezes the paper of 24 March is killed."""
    acts = ("--sabotage", "late", "--sabotage", "killed")
    out = folder / "rehearsal-wasserordnung-2027"
    prepared(home_of(out))
    done = called(folder, "rehearse", garden(folder.parent / "plan"), "--until", "2027-03-23", *acts)

    assert (done.returncode, done.stderr) == (0, "")
    assert list(marks.iterdir()) == []
    assert (out / "plan.toml").is_file()


@pytest.mark.attack("H5")
def test_the_hostile_folder_does_leave_a_mark_where_python_looks_into_it(folder: Path, marks: Path) -> None:
    command = [sys.executable, "-c", "import prefect"]
    subprocess.run(command, cwd=folder, env=environment(PYTHONPATH=str(folder)), capture_output=True, check=False)

    assert {path.name for path in marks.iterdir()} >= {"sitecustomize", "prefect"}


@pytest.mark.attack("H5")
def test_a_child_process_gets_neither_settings_nor_modules_from_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("PYTHON")]:
        monkeypatch.delenv(name)
    for name in ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONHOME", "PREFECT_LOGGING_CONFIG_PATH", "PREFECT_HOME"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")

    made = child_environment()

    assert {name: value for name, value in made.items() if name.startswith(("PYTHON", "PREFECT"))} == {
        "PYTHONIOENCODING": "ascii",
        "PYTHONPATH": str(ROOT),
        "PYTHONSAFEPATH": "1",
    }


@pytest.mark.attack("H5")
def test_where_one_stands_is_on_no_path_of_modules(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither as `python -m` puts it there nor as PYTHONPATH does, for this process and for its children."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.path", ["", str(folder), *sys.path])
    monkeypatch.setenv("PYTHONPATH", str(folder))

    with isolated():
        assert {"", str(folder)} & set(sys.path) == set()
        assert os.environ.get("PYTHONPATH", str(ROOT)) == str(ROOT)
        assert (Path.cwd(), stood_in()) == (BARE, folder)

    assert (sys.path[:2], os.environ["PYTHONPATH"], Path.cwd()) == (["", str(folder)], str(folder), folder)


def test_relative_names_are_meant_from_where_one_stands(folder: Path) -> None:
    done = called(folder, "run", "akte", "--now", "2017-12-16T07:00")

    assert (done.returncode, done.stderr) == (0, "")
    assert f"{folder}/akte/sessions" in done.stdout


def test_a_folder_that_was_deleted_under_the_person_is_no_obstacle(folder: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f'rmdir "{gone}"; exec "{SCRIPT}" run "{folder}/akte" --now 2017-12-16T07:00'

    done = subprocess.run(
        ["sh", "-c", command], cwd=gone, env=environment(), capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - WITH_PREFECT))
def test_whoever_does_not_stand_aside_does_not_load_prefect(folder: Path, name: str) -> None:
    given: dict[str, tuple[str, ...]] = {
        "draft": (str(PARTY / "resolution.txt"),),
        "check": (str(PARTY),),
        "plan": (str(PARTY),),
        "init": (str(PARTY), str(folder / "neu")),
        "record": ("decision", "lv-2018-01-19", "noted", str(folder / "akte")),
        "confirm": (str(folder / "akte"),),
        "move": (str(folder / "akte"),),
        "completion": ("bash",),
    }
    words = (name, *given.get(name, (str(folder / "akte"),)))

    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words], cwd=ROOT, env=environment(), capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr
