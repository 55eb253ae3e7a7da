"""All rules, run over one plan: `lint` is what everybody else calls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from staffelstab.timetable.lint import (
    claims,
    delivery,
    doubts,
    empty_fields,
    interpretations,
    non_working_days,
    not_asked,
    origins,
    overview_rows,
    phase_order,
    quoted_dates,
    quotes,
    recess,
    references,
    school_holidays,
    unresolved,
    vacancy,
)
from staffelstab.timetable.lint.finding import Finding, Rule, Subject
from staffelstab.timetable.plan.model import Plan

if TYPE_CHECKING:
    from staffelstab.timetable.reading.source import Source

RULES: tuple[Rule, ...] = (
    *quotes.RULES,
    *quoted_dates.RULES,
    *overview_rows.RULES,
    *doubts.RULES,
    *non_working_days.RULES,
    *school_holidays.RULES,
    *recess.RULES,
    *phase_order.RULES,
    *empty_fields.RULES,
    *delivery.RULES,
    *vacancy.RULES,
    *not_asked.RULES,
    *interpretations.RULES,
    *references.RULES,
    *claims.RULES,
    *origins.RULES,
    *unresolved.RULES,
)
"""Every rule, by the module it lives in."""

SEVERITIES = ("must", "should", "may", "information")

_TABLES = tuple(field.encode_name for field in msgspec.structs.fields(Plan))
_STEP = re.compile(r"([\w-]+)|\[(\d+)\]")


def lint(plan: Plan, source: Source | None) -> tuple[Finding, ...]:
    """Everything doubtful about a plan that can be used, most binding first, then in the order of the file.

    Raises PlanError for a country or state whose public holidays nobody knows.
    """
    subject = Subject(plan, source)
    found = (item for rule in RULES for item in rule(subject))
    return tuple(sorted(unresolved.without_implied(subject, found), key=_order))


def _order(found: Finding) -> tuple[int, int, list[tuple[int, str]], str]:
    table, *steps = [(int(number or 0), name) for name, number in _STEP.findall(found.path.removeprefix("$."))] or [
        (0, "")
    ]
    place = _TABLES.index(table[1]) if table[1] in _TABLES else -1
    return SEVERITIES.index(found.severity), place, steps, found.code
