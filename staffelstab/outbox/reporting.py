"""The regular report to the board: whenever too long would pass without a session (R51). The newest one only."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from staffelstab.calendar.wording import summary
from staffelstab.case.values import Case
from staffelstab.language import Language
from staffelstab.outbox.calling import still_missing
from staffelstab.outbox.values import Letter
from staffelstab.outbox.writing import compose
from staffelstab.plan.actors import actors, audience
from staffelstab.plan.agenda import upcoming
from staffelstab.plan.holidays import is_workday
from staffelstab.plan.model import Plan

AHEAD = 5
SHOWN = frozenset({"session", "call_deadline", "call_opens", "papers_due", "phase_start", "event", "resubmission"})
_DURATION = re.compile(r"P(\d+)([DW])")


def report_letters(case: Case) -> Iterator[Letter]:
    """The report that holds today, if any. One that was missed, or overtaken by a session or the next one, is not made up for."""
    last = case.plan.phases[-1].number
    day = current_report(case.plan, case.today)
    if day and case.handed(last) is None:
        subject = {"day": case.today}
        to = (actors(case.plan)[case.plan.resolution.body],)
        yield compose(case.plan, f"report:{day.isoformat()}", day, to, subject, _facts(case))


def report_days(plan: Plan, until: dt.date) -> tuple[dt.date, ...]:
    """Every day up to `until` on which a report is due."""
    return tuple(day for day, is_report in _contacts(plan, until) if is_report)


def current_report(plan: Plan, today: dt.date) -> dt.date | None:
    """The day of the report that holds today: the newest since the last session."""
    newest = None
    for day, is_report in _contacts(plan, today):
        newest = day if is_report else None
    return newest


def _contacts(plan: Plan, until: dt.date) -> Iterator[tuple[dt.date, bool]]:
    """(day, whether it is a report): sessions, and reports where the interval would run out; a day off moves one forward."""
    every = _interval(plan)
    if every is None:
        return
    sessions = sorted(session.date.day for session in plan.sessions)
    last = plan.resolution.date
    while last <= until:
        due = _workday(plan, last + every, last)
        session = next((day for day in sessions if last < day <= due), None)
        last = session or due
        if last <= until:
            yield last, session is None


def _interval(plan: Plan) -> dt.timedelta | None:
    match = _DURATION.fullmatch(plan.reports.every) if plan.reports else None
    days = int(match[1]) * (7 if match[2] == "W" else 1) if match else 0
    return dt.timedelta(days=days) if days else None


def _workday(plan: Plan, day: dt.date, after: dt.date) -> dt.date:
    """The last working day up to `day`; `day` itself if there is none after `after`."""
    found = day
    while not is_workday(plan, found):
        found -= dt.timedelta(days=1)
    return found if found > after else day


def _facts(case: Case) -> dict[str, object]:
    words, day = Language(case.plan.language), case.today
    coming = [item for item in upcoming(case.plan, day + dt.timedelta(days=1)) if item.occasion in SHOWN]
    return {
        "day": day,
        "now": case.now,
        "phases": [phase for phase in case.plan.phases if phase.start.day <= day <= (phase.end.date or day)],
        "counts": tuple(_counts(case, words)),
        "open": tuple(_open(case, words)),
        "coming": [(item.day, summary(case.plan, item, words)) for item in coming[:AHEAD]],
    }


def _counts(case: Case, words: Language) -> Iterator[str]:
    papers = [paper for paper in case.papers if not paper.newer]
    yield words.say("outbox.count.papers", n=len(papers)) if papers else words.say("outbox.count.none")
    if late := sum(paper.late for paper in papers):
        yield words.say("outbox.count.late", n=late)
    if talks := len(_talks(case)):
        yield words.say("outbox.count.talks", n=talks)
    counted = {
        "findings": len(case.findings),
        "ideas": len(case.ideas),
        "trials": len(case.trials),
        "concept": len(case.concept),
        "milestones": len(case.milestones),
    }
    yield from (words.say(f"outbox.count.{kind}", n=n) for kind, n in counted.items() if n)


def _talks(case: Case) -> set[tuple[str, str]]:
    """Talks held, by unit and role, from the sheet and from minutes."""
    held = {(row.unit, row.role) for row in case.interviews if row.status == "held"}
    return held | {(paper.unit or paper.ref, paper.role) for paper in case.minutes if not paper.newer}


def _open(case: Case, words: Language) -> Iterator[str]:
    for call in case.plan.calls:
        if call.opens.day <= case.today <= call.deadline.day:
            total = len(audience(case.plan, call.audience.actors))
            here = total - len(still_missing(case, call))
            key = "outbox.open" if here else "outbox.open_none"
            yield words.say(key, call=call.name, n=here, total=total, day=call.deadline.day)
