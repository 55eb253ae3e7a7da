"""The worked example's plan."""

from __future__ import annotations

import pytest

from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Plan
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def party() -> Plan:
    """The plan of the party's membership concept."""
    return load_plan(ROOT / "examples" / "mitgliederarbeit-2018")
