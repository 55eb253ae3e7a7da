"""An office as it stands after the vote of 15 December 2017."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffelstab.workspace import create
from tests.conftest import ROOT, at
from tests.submissions.case.office import Office
from tests.year import year

__all__ = ["office", "year"]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    workspace = create(
        ROOT / "examples" / "mitgliederarbeit-2018", tmp_path / "arbeit", now=at("2017-12-15 21:00"), seed="t"
    )
    return Office(workspace, workspace.adopted())
