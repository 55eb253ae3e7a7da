"""How phases follow one another: side by side, with a gap, and with their sessions (R40, R41, R42, R65)."""

from __future__ import annotations

from collections.abc import Iterator

from staffelstab.language import Fact, Language
from staffelstab.timetable.lint.finding import Finding, Rule, Subject
from staffelstab.timetable.lint.item_dates import phases_by_number
from staffelstab.timetable.lint.phrases import period
from staffelstab.timetable.plan.model import Phase, Plan, Session
from staffelstab.timetable.plan.overlaps import Span, gaps, overlaps


def overlap(subject: Subject) -> Iterator[Finding]:
    """Two phases run side by side, which is allowed (R40)."""
    paths = _paths(subject.plan)
    for span in overlaps(subject.plan):
        facts = _facts(subject.plan, span)
        yield Finding("overlap", "information", f"{paths[span.after.number]}.start", span.after.quote, facts)


def gap(subject: Subject) -> Iterator[Finding]:
    """Working days on which no phase runs and nobody is responsible (R41)."""
    plan = subject.plan
    words, paths = plan.words, _paths(plan)
    found = gaps(plan)
    weekends = words.listed(period(words, span.first, span.last) for span in found if span.harmless)
    harmless = words.say("lint.gap.harmless", weekends=weekends) if weekends else ""
    for span in found:
        if not span.harmless and not span.before.meanwhile:
            facts = {**_facts(plan, span), "harmless": harmless, "office": plan.coordinator}
            yield Finding("gap", "should", f"{paths[span.before.number]}.end", span.before.quote, facts)
            harmless = ""  # said once


def ends_with_its_session(subject: Subject) -> Iterator[Finding]:
    """Phases that end on the day of their session: what comes in after the papers are due is not in them (R42)."""
    plan = subject.plan
    words, phases = plan.words, phases_by_number(plan)
    certain = [item for item in plan.sessions if item.date.certain]
    found = [item for item in certain if phases[item.phase].end.date == item.date.date]
    if found:
        first = phases[found[0].phase]
        facts: dict[str, Fact] = {
            "n": len(found),
            "phases": words.listed(_phase_and_day(words, phases[item.phase], item) for item in found),
            "phase": first.number,
            "due": found[0].papers_due.day,
            "day": found[0].date.day,
        }
        yield Finding("ends_with_session", "information", f"{_paths(plan)[first.number]}.end", first.quote, facts)


def _phase_and_day(words: Language, phase: Phase, session: Session) -> str:
    return words.say("lint.ends_with_session.phase", number=phase.number, day=session.date.day)


def papers_on_the_day(subject: Subject) -> Iterator[Finding]:
    """Papers that are due on the day of their session: nobody can read them before (R42)."""
    for place, session in enumerate(subject.plan.sessions):
        if session.papers_due.date == session.date.date:
            facts: dict[str, Fact] = {"name": session.name, "day": session.date.day}
            yield Finding("papers_on_the_day", "should", f"$.sessions[{place}].papers_due", session.quote, facts)


def session_after_its_phase(subject: Subject) -> Iterator[Finding]:
    """A session that treats a phase which is already over (R65)."""
    phases = phases_by_number(subject.plan)
    for place, session in enumerate(subject.plan.sessions):
        phase = phases[session.phase]
        if phase.end.date and session.date.day > phase.end.date:
            facts: dict[str, Fact] = {
                "name": session.name,
                "day": session.date.day,
                "n": (session.date.day - phase.end.date).days,
                "phase": phase.number,
                "phase_name": phase.name,
                "end": phase.end.date,
            }
            yield Finding("session_after_phase", "information", f"$.sessions[{place}].date", session.quote, facts)


def _facts(plan: Plan, span: Span) -> dict[str, Fact]:
    return {
        "period": period(plan.words, span.first, span.last),
        "n": span.days,
        "before": span.before.number,
        "before_name": span.before.name,
        "after": span.after.number,
        "after_name": span.after.name,
    }


def _paths(plan: Plan) -> dict[int, str]:
    return {phase.number: f"$.phases[{place}]" for place, phase in enumerate(plan.phases)}


RULES: tuple[Rule, ...] = (overlap, gap, ends_with_its_session, papers_on_the_day, session_after_its_phase)
