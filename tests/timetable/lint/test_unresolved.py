"""A plan that nobody has resolved yet: said once, instead of about each of its days."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from staffelstab.timetable.lint.rules import lint
from staffelstab.timetable.lint.unresolved import IMPLIED
from staffelstab.timetable.plan.load import plan_from
from staffelstab.timetable.renewal.renew import renew
from tests.timetable.lint.plans import CHOIR, PARTY, found, said

WANTED = dt.date(2026, 12, 1)


@pytest.mark.parametrize("folder", [PARTY, CHOIR])
def test_a_plan_on_new_dates_has_one_finding_about_not_being_resolved(folder: Path) -> None:
    codes = Counter(item.code for item in lint(renew(folder, WANTED).plan, None))
    assert (codes["unresolved"], sorted(IMPLIED & codes.keys())) == (1, [])


def test_it_says_how_many_days_are_open_and_names_them() -> None:
    findings = lint(renew(PARTY, WANTED).plan, None)
    [finding] = [item for item in findings if item.code == "unresolved"]
    assert (finding.severity, finding.path) == ("should", "$.resolution")
    assert said(findings, "unresolved") == [
        "Dieser Zeitplan ist noch nicht beschlossen; 36 Tage darin sind nur angenommen, vorgeschlagen oder abgeleitet."
    ]
    assert len(finding.parts) == 36
    assert "Das Ende von Phase 0 „Take-Off“" in {part.name for part in finding.parts}
    assert [item for item in findings if "Der Beschluss nennt" in said((item,), item.code, part="why")[0]] == []


def test_what_is_wrong_with_such_a_plan_is_found_all_the_same() -> None:
    codes = {item.code for item in lint(renew(PARTY, WANTED).plan, None)}
    assert {"material_unsourced", "unheard", "gap", "unfilled"} <= codes


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('standing = "assumed"\n\n[resolution.vote]', "\n[resolution.vote]"),
        ('id = "mitg', 'source = "resolution.txt"\nid = "mitg'),
    ],
    ids=["the resolution stands", "its text is named"],
)
def test_once_it_is_resolved_each_day_is_doubted_again(old: str, new: str) -> None:
    text = renew(PARTY, WANTED).text
    assert old in text
    codes = Counter(item.code for item in lint(plan_from(text.replace(old, new, 1)), None))
    assert (codes["unresolved"], codes["day_assumed"] > 9) == (0, True)


def test_a_resolved_plan_is_not_told_so() -> None:
    assert [item for item in (*found(PARTY), *found(CHOIR)) if item.code == "unresolved"] == []
