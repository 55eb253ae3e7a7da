"""All rules, run over one plan: `lint` is what everybody else calls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from staffelstab.lint import (
    breaks,
    claims,
    days,
    delivery,
    doubts,
    hearing,
    origins,
    overview,
    pause,
    quotes,
    readings,
    references,
    said,
    sheet,
    spans,
    unresolved,
    vacancy,
)
from staffelstab.lint.finding import Finding, Rule, Subject
from staffelstab.plan.model import Plan

if TYPE_CHECKING:
    from staffelstab.reading.source import Source

RULES: tuple[Rule, ...] = (
    *quotes.RULES,
    *said.RULES,
    *overview.RULES,
    *doubts.RULES,
    *days.RULES,
    *breaks.RULES,
    *pause.RULES,
    *spans.RULES,
    *sheet.RULES,
    *delivery.RULES,
    *vacancy.RULES,
    *hearing.RULES,
    *readings.RULES,
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
