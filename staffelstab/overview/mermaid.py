"""The timetable as a mermaid chart: phases as bars, sessions as milestones; what is uncertain says so."""

from __future__ import annotations

import datetime as dt
import re

from staffelstab.case.values import Case
from staffelstab.language import Language
from staffelstab.plan.model import Phase

_PLAIN = re.compile(r"[^\w &./-]")
_AXIS = {"de": "%d.%m.", "en": "%d/%m"}
LOOK = (
    '%%{init: {"theme": "dark", "themeVariables": {"taskBkgColor": "#3d5a80", "taskBorderColor": "#98c1d9", '
    '"taskTextColor": "#ffffff", "taskTextLightColor": "#ffffff"}, '
    '"gantt": {"fontSize": 17, "sectionFontSize": 17, "barHeight": 26, "barGap": 6}}}%%'
)
"""Prefect shows charts on a dark ground."""

OPEN_END = dt.timedelta(days=90)


def timetable(case: Case) -> str:
    """The Gantt chart's source."""
    plan, words = case.plan, Language(case.plan.language)
    lines = [
        LOOK,
        "gantt",
        "    dateFormat YYYY-MM-DD",
        f"    axisFormat {_AXIS[plan.language]}",
        f"    title {_plain(plan.organisation)}",
    ]
    lines.append(f"    section {words.say('overview.chart.phases')}")
    lines += [_bar(case, phase) for phase in plan.phases]
    lines.append(f"    section {words.say('overview.chart.sessions')}")
    for session in plan.sessions:
        day = words.short_day(session.date.day)
        mark = "" if session.date.certain else " ?"
        lines.append(f"    {_plain(day)}{mark} :milestone, {session.date.day.isoformat()}, 0d")
    return "\n".join(lines)


def _bar(case: Case, phase: Phase) -> str:
    state = "done, " if case.handed(phase.number) else "active, " if phase.start.day <= case.today else ""
    end = phase.end.date or phase.start.day + OPEN_END
    name = f"{phase.number} {_plain(phase.name)}" + (" …" if phase.end.date is None else "")
    return f"    {name} :{state}{phase.start.day.isoformat()}, {(end + dt.timedelta(days=1)).isoformat()}"


def _plain(text: str) -> str:
    """Only what mermaid cannot mistake for its own marks."""
    return _PLAIN.sub(" ", text).strip()
