"""No session in a recess: between the last one before it and the first one after it (R44)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from staffelstab.language import Fact
from staffelstab.timetable.lint.finding import Finding, Rule, Subject
from staffelstab.timetable.plan.model import Session
from staffelstab.timetable.vocabulary.words import any_of

_LAST = re.compile(rf"\b(?:{any_of('lint.last')})\b.{{0,60}}\b(?:{any_of('lint.before')})\b", re.I | re.S)
_FIRST = re.compile(rf"\b(?:{any_of('lint.first')})\b.{{0,60}}\b(?:{any_of('lint.after')})\b", re.I | re.S)


def session_in_a_pause(subject: Subject) -> Iterator[Finding]:
    """A session after the one that is called the last before a pause, and before the first after it."""
    bodies: defaultdict[str, list[tuple[int, Session]]] = defaultdict(list)
    for place, session in enumerate(subject.plan.sessions):
        bodies[session.body].append((place, session))
    for sessions in bodies.values():
        yield from _in_pauses(sorted(sessions, key=lambda item: item[1].date.day))


def _in_pauses(sessions: list[tuple[int, Session]]) -> Iterator[Finding]:
    firsts = [at for at, (_, session) in enumerate(sessions) if _says(session, _FIRST)]
    for at, (_, last) in enumerate(sessions):
        following = bisect_right(firsts, at)
        if _says(last, _LAST) and following < len(firsts):
            end = firsts[following]
            for place, session in sessions[at + 1 : end]:
                yield _finding(place, session, last, sessions[end][1])


def _says(session: Session, words: re.Pattern[str]) -> bool:
    return bool(words.search(session.name) or words.search(session.quote))


def _finding(place: int, session: Session, last: Session, first: Session) -> Finding:
    facts: dict[str, Fact] = {
        "name": session.name,
        "day": session.date.day,
        "last": last.date.day,
        "first": first.date.day,
    }
    return Finding("session_in_pause", "should", f"$.sessions[{place}].date", last.quote or session.quote, facts)


RULES: tuple[Rule, ...] = (session_in_a_pause,)
