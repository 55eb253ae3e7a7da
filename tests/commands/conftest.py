"""A working folder to try commands on, and a reader who speaks German."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from commands.main import main
from staffelstab.workspace import Workspace, create
from tests.acceptance.cli import PARTY
from tests.conftest import at
from tests.year import choir

__all__ = ["choir"]

Said = tuple[int, str, str]
"""Exit code, standard output, standard error."""


@pytest.fixture(autouse=True)
def _german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAFFELSTAB_LANGUAGE", "de")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("NO_COLOR", "1")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The example's working folder on the day of the vote; nothing has come in yet."""
    return create(PARTY, tmp_path / "akte", now=at("2017-12-15"))


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run one command in this process."""

    def run(*arguments: str | Path) -> Said:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run
