"""Calls and their reminders: everyone called hears of it once, only those still missing are reminded (R60, R62, R82, U12)."""

from __future__ import annotations

from collections.abc import Iterator

from staffelstab.documents.rendering.characters import line
from staffelstab.language import Fact
from staffelstab.publishing.calendar.entry_text import deadline, doubt
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.publishing.outbox.writing import compose
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.agenda.reminders import current_reminder, reminder_day
from staffelstab.timetable.plan.actors import Actor, actors, audience, name_of
from staffelstab.timetable.plan.model import Call, Plan

TIMETABLE = "calendar/timetable.ics"
HEADINGS = ("bad", "good", "too_little", "not_at_all")


def call_letters(case: Case) -> Iterator[Letter]:
    """The call itself, while it is open; a later call carries what the synthesis before it found (R82).

    After its deadline there is nothing left to call for: what was not written by then is not written late.
    """
    for call in case.plan.calls:
        if call.opens.day <= case.today <= call.deadline.day:
            yield _call(case, call)


def reminder_letters(case: Case) -> Iterator[Letter]:
    """At most one reminder per call, to those alone of whom nothing has arrived by now; none while what came cannot be seen."""
    if case.incomplete:
        return
    for call in case.plan.calls:
        planned = current_reminder(case.plan, call, case.today)
        missing = still_missing(case, call)
        if planned and missing:
            day, name = reminder_day(case.plan, call, planned), bare_name(case.plan, call)
            facts = _where(case.plan, call) | {
                "call": name,
                "left": (call.deadline.day - case.today).days,
                "nameless": any(
                    paper.call == call.id and paper.sender is None and not paper.withdrawn for paper in case.papers
                ),
            }
            key = f"reminder:{call.id}:{planned.isoformat()}"
            yield compose(case.plan, key, day, missing, {"call": name, "day": call.deadline.day}, facts)


def still_missing(case: Case, call: Call) -> tuple[Actor, ...]:
    """Those called from whom nothing has come: late, unreadable and replaced papers count as delivered, withdrawn ones do not."""
    came = (paper for paper in case.papers if paper.call == call.id and not paper.withdrawn)
    delivered = {paper.sender.id for paper in came if paper.sender}
    return tuple(actor for actor in audience(case.plan, call.audience.actors) if actor.id not in delivered)


def bare_name(plan: Plan, call: Call) -> str:
    """A call's name without the word that a draft puts before it: a letter that speaks of the call says that word itself."""
    return call.name.removeprefix(plan.words.say("draft.name.call", phase=""))


def _call(case: Case, call: Call) -> Letter:
    plan = case.plan
    phase = plan.phase(call.phase)
    called = tuple(actors(plan)[actor] for actor in call.audience.actors)
    session, name = plan.session_of(phase), bare_name(plan, call)
    facts = _where(plan, call) | {
        "call": name,
        "phase": phase,
        "called": [actor.name for actor in called],
        "proposed": not call.audience.adopted,
        "asks": call.asks,
        "example": next((actor.name for actor in audience(plan, call.audience.actors)), ""),
        "session": session.name if session else "",
        "session_day": session.date.day if session else call.deadline.day,
        "results": _results(case, call),
    }
    subject: dict[str, Fact] = {"call": name, "day": call.deadline.day}
    return compose(plan, f"call:{call.id}", call.opens.day, called, subject, facts, (TIMETABLE,))


def _where(plan: Plan, call: Call) -> dict[str, object]:
    words = plan.words
    return {
        "address": name_of(plan, call.address or plan.coordinator),
        "deadline": deadline(plan, call.deadline.day, words),
        "doubt": doubt(plan, call.deadline, call.id, words),
    }


def _results(case: Case, call: Call) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Findings by heading, (id, text, implication), if a synthesis came before the call."""
    if not any(phase.kind == "synthesis" and phase.number < call.phase for phase in case.plan.phases):
        return []
    words = case.plan.words
    found: list[tuple[str, list[tuple[str, str, str]]]] = []
    for heading in HEADINGS:
        rows = [row for row in case.findings if row.heading == heading]
        texts = [(line(row.id), line(row.text), line(row.implication)) for row in rows]
        found.append((words.say(f"outbox.heading.{heading}"), texts))
    return found if any(texts for _, texts in found) else []
