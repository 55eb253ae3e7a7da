"""A plan far larger than any loads and is checked; how fast, `make bench` measures."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.plans import large_plan, write_plan
from commands.main import main
from staffelstab.timetable.plan.load import SIZE_LIMIT, load_plan
from staffelstab.timetable.plan.locate import line_of


def test_a_thousand_phases_and_ten_thousand_items_load(tmp_path: Path) -> None:
    plan = load_plan(write_plan(tmp_path))
    tables = [getattr(plan, name) for name in plan.__struct_fields__ if name != "phases"]
    assert (len(plan.phases), sum(len(table) for table in tables if isinstance(table, tuple))) == (1_000, 10_002)
    assert plan.session("session-999") is plan.session_of(plan.phase(999))
    assert (tmp_path / "plan.toml").stat().st_size < SIZE_LIMIT / 2


def test_a_long_plan_is_checked_and_its_lines_are_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_plan(tmp_path, phases=30, items=300)
    assert main(["check", str(folder)]) in {0, 1}
    assert "“A very long road” can be used: 30 phases, 30 meetings, 30 calls." in capsys.readouterr().out
    text = large_plan(30, 300)
    line = line_of(text, "$.sessions[29].date")
    assert line is not None
    assert text.splitlines()[line - 1] == "date = 2001-07-27"


def test_one_mistake_in_a_long_plan_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = large_plan().replace('by = "office-1"', 'by = "office-0"', 1)
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    line = text[: text.index('by = "office-0"')].count("\n") + 1
    assert capsys.readouterr().err.startswith(f"plan.toml, line {line}: hearings[0].by holds “office-0”")
