"""Sessions without a day of their own: counted from something else, or merely expected; always a proposal (R45)."""

from __future__ import annotations

import datetime as dt
import re

from staffelstab.draft.counting import count_of, plain_day, spelled
from staffelstab.draft.item import Entry
from staffelstab.draft.layout import Piece
from staffelstab.draft.meetings import Meeting, body_of, enter, item_of, names_a_body
from staffelstab.draft.words.meetings import FIRST, MEETING, RELATIVE
from staffelstab.draft.work import Work

_NEAR = 3


def find_undated(work: Work, taken: set[int]) -> list[Meeting]:
    """Sessions without a day of their own: relative to something, or named only by their place in the year (R45)."""
    found = []
    for piece in work.running():
        stage = work.stage_at(piece)
        if stage is None or stage.number in taken or _is_taken(work, piece):
            continue
        relative, meeting = RELATIVE.search(piece.text), MEETING.search(piece.text)
        if item_of(piece.text) and meeting and (relative or FIRST.search(piece.text)) and names_a_body(piece.text):
            found.append(Meeting(piece, stage, body_of(work, piece.text), item_of(piece.text), None))
            taken.add(stage.number)
    return found


def _is_taken(work: Work, piece: Piece) -> bool:
    """Whether a session, a call or a hearing rests on the sentence; an event that it names is no hindrance."""
    tables = ("sessions", "calls", "hearings")
    return any(entry.fields["quote"] == piece.text for table in tables for entry in work.of(table))


def enter_undated(work: Work, meeting: Meeting, events: dict[str, Entry], weekday: int | None) -> Entry:
    """A session whose day follows from something else: the rule, its candidates, and a question; never a fact."""
    found = RELATIVE.search(meeting.piece.text)
    event = _event(found, events) if found else None
    last = work.days[meeting.stage.number][1] or work.days[meeting.stage.number][0]
    counted = _counted(event, found) if found and event else None
    start = work.days[meeting.stage.number][0]
    if found and event and counted and counted >= start:
        candidates = [day for day in _candidates(counted, last, weekday) if day >= start]
        rule = _rule(event, found)
        best = max(candidates, key=lambda item: (_votes(item, counted, last, weekday), -abs((item - counted).days)))
        date: object = rule
        if len(candidates) > 1:
            note = work.say("note.relative", day=counted, weekday=work.words.weekday(counted), proposal=best)
            date = {"date": best, "status": "derived", "rule": rule, "candidates": candidates, "note": note}
        asked = work.ask(
            "relative", n=len(candidates), days=work.words.listed(_long(work, item) for item in candidates)
        )
        return enter(work, _on(meeting, best), date, [asked])
    note = work.say("note.undated_session")
    date = {"date": last, "status": "assumed", "candidates": [last], "note": note}
    return enter(work, _on(meeting, last), date, [work.ask("undated_session", day=last)])


def _on(meeting: Meeting, date: dt.date) -> Meeting:
    return Meeting(meeting.piece, meeting.stage, meeting.body, meeting.item, date)


def _long(work: Work, date: dt.date) -> str:
    return f"{work.words.weekday(date)}, {work.words.day(date)}"


def _event(found: re.Match[str], events: dict[str, Entry]) -> Entry | None:
    """The event a distance is counted from, by its name, its acronym or a part of it."""
    what = found["what"].strip().casefold()
    return next((entry for name, entry in events.items() if name.casefold() in what or what in name.casefold()), None)


def _distance(found: re.Match[str]) -> tuple[int, str, bool]:
    """How far a day lies from the event: a number, "week" or "day", and whether before it."""
    unit = "week" if found["unit"].lower().startswith("w") else "day"
    return count_of(found[1]), unit, found["side"].lower() in {"vor", "before"}


def _counted(event: Entry, found: re.Match[str]) -> dt.date | None:
    first = plain_day(event.fields["date"])
    number, unit, before = _distance(found)
    days = dt.timedelta(days=number * (7 if unit == "week" else 1))
    return first and (first - days if before else first + days)


def _rule(event: Entry, found: re.Match[str]) -> str:
    number, unit, before = _distance(found)
    return f"{spelled(number)} {unit}{'' if number == 1 else 's'} {'before' if before else 'after'} {event.id}"


def _candidates(counted: dt.date, last: dt.date, weekday: int | None) -> list[dt.date]:
    """The day counted, the end of the phase beside it, and the weekday on which the body otherwise meets."""
    near = {counted}
    if abs((last - counted).days) <= _NEAR:
        near.add(last)
    if weekday is not None:
        near |= {
            day for off in range(-_NEAR, _NEAR + 1) if (day := counted + dt.timedelta(days=off)).weekday() == weekday
        }
    return sorted(near)


def _votes(date: dt.date, counted: dt.date, last: dt.date, weekday: int | None) -> int:
    return (date == counted) + (date == last) + (date.weekday() == weekday)


def common_weekday(entries: list[Entry]) -> int | None:
    """The weekday on which all sessions with a day of their own lie, if there are two or more of them."""
    days = {day.weekday() for entry in entries if (day := plain_day(entry.fields["date"]))}
    return days.pop() if len(days) == 1 and len(entries) > 1 else None
