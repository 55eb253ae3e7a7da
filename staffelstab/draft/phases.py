"""The phases as entries: dates said, dates taken from an overview, dates assumed, each shown as what it is (R31-R43)."""

from __future__ import annotations

import datetime as dt
import re

from staffelstab.draft.counting import plain_day
from staffelstab.draft.guess import kind_of
from staffelstab.draft.item import Entry, Fields, assumed, day
from staffelstab.draft.stage import Stage
from staffelstab.draft.work import Work
from staffelstab.reading.dates import Mention

_DAY = dt.timedelta(days=1)
_TILL = re.compile(r"\b(?:bis|spätestens|vor|until|till|by|before|to)\b", re.IGNORECASE)


def enter_phases(work: Work) -> None:
    """Enter every phase; `work.days` then holds their days."""
    for place, stage in enumerate(work.stages):
        start, asked = _start(work, stage, place)
        work.days[stage.number] = (_plain(start), None)
        end, asked_end = _end(work, stage, place)
        if (last := plain_day(end)) and last < _plain(start):  # contradictory: not for a rule to mend
            end, asked_end = {"open": True}, [work.ask("phase_end", number=stage.number)]
        work.days[stage.number] = (_plain(start), plain_day(end))
        section = work.layout.source.text[stage.line.end : stage.end]
        heading = work.layout.quote(stage.line.start, stage.line.end) if stage.bracket else ""
        quote = stage.span_quote or stage.overview or heading
        fields: Fields = {
            "number": stage.number,
            "name": stage.name or work.say("name.phase", number=stage.number),
            "kind": kind_of(stage.name, section, place, len(work.stages)),
            **({"overview": stage.overview} if stage.overview else {}),
            "start": start,
            "end": end,
            "gate": "complete",
            **({"quote": quote} if quote else {}),
        }
        questions = [*asked, *asked_end]
        if not stage.given and place == 0:
            questions.append(work.ask("phase_numbers"))
        if stage.paragraph and place == 0:
            questions.append(work.ask("phase_paragraphs"))
        if not stage.name:
            questions.append(work.ask("phase_name"))
        work.entries.append(Entry("phases", fields, questions))


def _start(work: Work, stage: Stage, place: int) -> tuple[object, list[str]]:
    first = stage.span.first if stage.span else None
    if first:
        return _said(work, first, first.first)
    if stage.overview_span and stage.overview_span.first:
        return _said(work, stage.overview_span.first, stage.overview_span.first.first)
    before = [work.days[item.number] for item in work.stages[:place]]
    guess = (before[-1][1] or before[-1][0]) + _DAY if before else _earliest(work)
    return assumed(guess, _note(work, stage, "start")), [_asked(work, stage, "start")]


def _end(work: Work, stage: Stage, place: int) -> tuple[object, list[str]]:
    span = stage.span
    if span and span.last:
        return _said(work, span.last, span.last.last)
    if span:  # "from …": nothing is invented (R39)
        return {"open": True}, []
    if stage.overview_span and stage.overview_span.last:
        return _said(work, stage.overview_span.last, stage.overview_span.last.last)
    if stage.overview_span:
        return {"open": True}, []
    following = next((item.span.first for item in work.stages[place + 1 :] if item.span and item.span.first), None)
    start = work.days[stage.number][0]
    if following and following.first > start:
        return assumed(following.first - _DAY, _note(work, stage, "end")), [_asked(work, stage, "end")]
    return {"open": True}, [_asked(work, stage, "end")]


def _note(work: Work, stage: Stage, edge: str) -> str:
    said = _unread(stage, edge)
    return work.say(f"note.said_{edge}", said=said) if said else work.say(f"note.no_{edge}")


def _asked(work: Work, stage: Stage, edge: str) -> str:
    said = _unread(stage, edge)
    if said:
        return work.ask(f"phase_{edge}_said", number=stage.number, said=said)
    return work.ask(f"phase_{edge}", number=stage.number)


def _unread(stage: Stage, edge: str) -> str:
    """The words in brackets that speak of a phase's start or end without being a day; "" where they say nothing of it."""
    ends = _TILL.search(stage.bracket)
    about = ends if edge == "end" else not ends or ends.start() > 0
    return stage.bracket if about else ""


def _said(work: Work, mention: Mention, date: dt.date) -> tuple[object, list[str]]:
    """A day as the text has it; of a month, its first or last day, derived."""
    if mention.part:
        return _part(work, mention, first=date == mention.first)
    if mention.grain != "day":
        return _coarse(work, date)
    asked = [work.ask("year", day=mention.first)] if mention.added else []
    return day(mention), asked


def _coarse(work: Work, date: dt.date) -> tuple[object, list[str]]:
    return {"date": date, "status": "derived", "note": work.say("note.month")}, [work.ask("month")]


def _part(work: Work, mention: Mention, *, first: bool) -> tuple[object, list[str]]:
    """A day within a part of a month, assumed: of the beginning the 1st to the 10th, of the end the 21st to the last."""
    word = mention.part.casefold()
    month = mention.first
    if word.startswith(("anfang", "early", "beginning")):
        date = month if first else month.replace(day=10)
    elif word.startswith("mi"):
        date = month.replace(day=15)
    else:
        date = month.replace(day=21) if first else mention.last
    return assumed(date, work.say("note.part", word=mention.part)), [work.ask("part", word=mention.part, day=date)]


def _earliest(work: Work) -> dt.date:
    if work.sheet.day:
        return work.sheet.day.first
    days = [mention.first for mention in work.layout.mentions(work.layout.source.text) if mention.grain == "day"]
    return min(days, default=dt.date(2000, 1, 1))


def _plain(when: object) -> dt.date:
    found = plain_day(when)
    assert found is not None  # noqa: S101 -- a start always has a day
    return found


def set_gates(work: Work) -> None:
    """When a phase hands over: with its session, at its call's deadline, otherwise at its end."""
    treated = {entry.fields["phase"]: entry.fields["item"] for entry in work.of("sessions")}
    called = {entry.fields["phase"] for entry in work.of("calls")}
    for entry in work.of("phases"):
        number = entry.fields["number"]
        if number in treated:
            entry.fields["gate"] = "decision" if treated[number] == "adoption" else "presentation"
        elif number in called:
            entry.fields["gate"] = "deadline"
