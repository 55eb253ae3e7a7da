"""The phases: their names, what kind each may be, and when it hands over."""

from __future__ import annotations

from collections.abc import Sequence

from staffelstab.timetable.draft.find.timetable import Period, Timetable
from staffelstab.timetable.draft.guess import kind_in, kind_of
from staffelstab.timetable.draft.plan_entries import Call, Phase, Session
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.plan.model import Gate


def find_phases(
    document: Document, timetable: Timetable, sessions: Sequence[Session], calls: Sequence[Call]
) -> tuple[Phase, ...]:
    """Every phase; its gate follows from the session that treats it and from its call."""
    return tuple(
        _phase(document, period, place, _gate(period.number, sessions, calls))
        for place, period in enumerate(timetable.periods)
    )


def _phase(document: Document, period: Period, place: int, gate: Gate) -> Phase:
    section, layout = period.section, document.layout
    heading = layout.quote(section.line.start, section.line.end) if section.bracket else ""
    text = layout.source.text[section.line.end : section.end]
    return Phase(
        number=section.number,
        name=section.name or document.say("name.phase", number=section.number),
        kind=kind_of(section.name, text, place, len(document.sections)),
        kind_assumed=not kind_in(section.name),
        overview=section.overview,
        start=period.start,
        end=period.end,
        gate=gate,
        quote=section.span_quote or section.overview or heading,
        questions=(*period.questions, *_questions(document, period, place)),
    )


def _questions(document: Document, period: Period, place: int) -> list[str]:
    """Whether the phases are phases, asked at the first of them, and what one without a name is called."""
    section = period.section
    questions = [document.ask("phase_numbers")] if place == 0 and not section.given else []
    questions += [document.ask("phase_paragraphs")] if place == 0 and section.paragraph else []
    return questions if section.name else [*questions, document.ask("phase_name")]


def _gate(number: int, sessions: Sequence[Session], calls: Sequence[Call]) -> Gate:
    """When a phase hands over: with its session, at its call's deadline, otherwise at its end."""
    treated = [session.item for session in sessions if session.phase == number]
    if treated:
        return "decision" if treated[-1] == "adoption" else "presentation"
    return "deadline" if any(call.phase == number for call in calls) else "complete"
