"""Completion in real shells: commands, options and names of the plan; and nothing a plan says is executed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from commands.completion import SHELLS
from commands.main import COMMANDS
from staffelstab.workspace import Workspace
from tests.acceptance.cli import PARTY, environment
from tests.commands.conftest import Said
from tests.commands.test_current_folder import SCRIPT

BASH = """
source "$1"; shift
function=$(complete -p staffelstab | sed 's/.*-F \\([^ ]*\\).*/\\1/')
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
"$function" staffelstab "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def completed(tmp_path: Path, command: Callable[..., Said]) -> Callable[..., set[str]]:
    """What bash offers for a line, to somebody who stands in a folder."""
    code, script, _ = command("completion", "bash")
    assert code == 0
    (tmp_path / "completion").write_text(script, encoding="utf-8")

    def complete(where: Path, *words: str) -> set[str]:
        path = f"{SCRIPT.parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "--norc", "-c", BASH, "bash", str(tmp_path / "completion"), "staffelstab", *words],
            cwd=where,
            env=environment(PATH=path),
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        return set(done.stdout.split())

    return complete


def test_commands_options_and_choices(completed: Callable[..., set[str]], tmp_path: Path) -> None:
    assert completed(tmp_path, "") >= set(COMMANDS)
    assert completed(tmp_path, "d") == {"draft", "doctor", "down"}
    assert completed(tmp_path, "up", "--") >= {"--no-browser", "--port", "--install", "--uninstall"}
    assert completed(tmp_path, "completion", "") >= set(SHELLS)
    assert "--names" not in completed(tmp_path, "completion", "--")


def test_names_of_the_plan_one_stands_in(
    completed: Callable[..., set[str]], workspace: Workspace, tmp_path: Path
) -> None:
    assert completed(workspace.root, "record", "decision", "lv-2018-03") == {"lv-2018-03-09"}
    assert completed(workspace.root, "confirm", "lv-2018-03") == {"lv-2018-03-09", "lv-2018-03-09.papers_due"}
    assert completed(tmp_path, "record", "decision", "lv-") == set(), "no plan here"


@pytest.mark.attack("H5")
@pytest.mark.parametrize("name", ["$(touch pwned)", "`touch pwned`", "a b;touch pwned"])
def test_nothing_a_plan_says_is_executed(completed: Callable[..., set[str]], tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(PARTY, tmp_path / "plan")
    plan = folder / "plan.toml"
    plan.write_text(plan.read_text(encoding="utf-8").replace('"lv-2018-03-09"', f'"{name}"'), encoding="utf-8")
    completed(folder, "record", "decision", "")
    assert not (folder / "pwned").exists()


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_gets_its_script_with_every_command(
    shell: str, command: Callable[..., Said], tmp_path: Path
) -> None:
    code, script, err = command("completion", shell)
    assert (code, err) == (0, "")
    assert [name for name in COMMANDS if name not in script] == []
    program = shutil.which(shell)
    if program:
        (tmp_path / "script").write_text(script, encoding="utf-8")
        subprocess.run([program, "-n", str(tmp_path / "script")], check=True, capture_output=True)


def test_without_a_shell_it_says_what_is_missing(command: Callable[..., Said]) -> None:
    assert command("completion")[0] == 2
    assert "csh" in command("completion", "csh")[2]
