"""The regular report to those whom the plan names, otherwise to the body that resolved it, whenever one is due (R51). The newest
one only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from staffelstab.language import Language
from staffelstab.publishing.calendar.entry_text import summary
from staffelstab.publishing.outbox.call_letters import still_missing
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.publishing.outbox.writing import compose
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.agenda.appointments import upcoming
from staffelstab.timetable.agenda.report_days import current_report
from staffelstab.timetable.plan.actors import actors, audience
from staffelstab.timetable.plan.model import Plan

AHEAD = 5
SHOWN = frozenset({"session", "call_deadline", "call_opens", "papers_due", "phase_start", "event", "resubmission"})


def report_letters(case: Case) -> Iterator[Letter]:
    """The report that holds today, if any. One that was missed, or overtaken by a session or the next one, is not made up for."""
    last = case.plan.phases[-1].number
    day = current_report(case.plan, case.today)
    if day and case.handed(last) is None:
        subject = {"day": case.today}
        to = tuple(actors(case.plan)[actor] for actor in _readers(case.plan))
        yield compose(case.plan, f"report:{day.isoformat()}", day, to, subject, _facts(case))


def _readers(plan: Plan) -> tuple[str, ...]:
    return (plan.reports.to if plan.reports else ()) or (plan.resolution.body,)


def _facts(case: Case) -> dict[str, object]:
    words, day = case.plan.words, case.today
    coming = [item for item in upcoming(case.plan, day + dt.timedelta(days=1)) if item.occasion in SHOWN]
    return {
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
    return held | {
        (paper.unit or paper.ref, paper.role) for paper in case.minutes if not paper.newer and not paper.withdrawn
    }


def _open(case: Case, words: Language) -> Iterator[str]:
    for call in case.plan.calls:
        if call.opens.day <= case.today <= call.deadline.day:
            total = len(audience(case.plan, call.audience.actors))
            here = total - len(still_missing(case, call))
            key = "outbox.open" if here else "outbox.open_none"
            yield words.say(key, call=call.name, n=here, total=total, day=call.deadline.day)
