"""docs/plan.md is true: its snippets are a plan, its tables are the model's."""

from __future__ import annotations

import re

import msgspec
import pytest

from staffelstab.timetable.plan.load import plan_from
from staffelstab.timetable.plan.model import Plan
from tests.conftest import ROOT
from tests.timetable.plan.doctables import SHOWN, table
from tests.timetable.plan.test_json_schema import wrong

PAGE = (ROOT / "docs" / "plan.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def test_the_snippets_together_are_a_plan_that_uses_every_section() -> None:
    text = "\n".join(SNIPPETS)
    plan = plan_from(text)
    assert [field.name for field in msgspec.structs.fields(Plan) if not getattr(plan, field.name)] == ["codebook"]
    assert wrong(text) == []


@pytest.mark.parametrize("name", SHOWN)
def test_the_tables_are_the_models(name: str) -> None:
    assert table(name) in PAGE, f"python -m tests.timetable.plan.doctables\n\n{table(name)}"
