"""The timetable as a drawing: phases as bars, sessions as lines, and what is not certain drawn as uncertain (R39–R41, R45, U4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from staffelstab.documents.rendering.manuscript import Figure
from staffelstab.documents.rendering.timeline import Bar, Between, Line, Mark, Pillar, Timeline
from staffelstab.documents.rendering.timeline_page import draw
from staffelstab.language import Language
from staffelstab.publishing.calendar.alt_text import alt_text
from staffelstab.timetable.plan.model import Event, Phase, Plan, Session
from staffelstab.timetable.plan.overlaps import gaps, overlaps
from staffelstab.timetable.plan.when import When

TIMETABLE = "timetable"
MARGIN = 0.17
"""Days outside the phases and sessions are drawn if they are no further away than this part of the whole; others are told."""
MOST_NOTES = 8
_DAY = dt.timedelta(days=1)


def timetable(plan: Plan, today: dt.date | None = None, language: str | None = None) -> Figure:
    """The picture, called "timetable"; `today` is marked if the picture reaches it. The same plan gives the same bytes."""
    words = Language(language or plan.language)
    picture = _Picture(plan, words, today).timeline()
    alt = alt_text(plan, today, words)
    return Figure(TIMETABLE, draw(picture, alt), alt)


def days_of(when: When) -> tuple[dt.date, ...]:
    """On which days it will or may be: the day if it is certain, otherwise the day and what else is possible."""
    if when.certain or not when.candidates:
        return (when.date,) if when.date else ()
    return tuple(sorted({*((when.date,) if when.date else ()), *when.candidates}))


class _Picture:
    """What stands in the picture of one plan."""

    def __init__(self, plan: Plan, words: Language, today: dt.date | None) -> None:
        self._plan, self._words, self._today = plan, words, today
        self._phases = tuple(phase for phase in plan.phases if days_of(phase.start))
        self._first, self._last = self._range()
        self._far = tuple(event for event in plan.events if not self._near(event))

    def _range(self) -> tuple[dt.date, dt.date]:
        """From the first to the last day that is drawn: everything inside the plan, and what lies near around it."""
        plan = self._plan
        whens = [when for phase in self._phases for when in (phase.start, phase.end)]
        whens += [when for session in plan.sessions for when in (session.date, session.papers_due)]
        whens += [when for call in plan.calls for when in (call.opens, call.deadline)]
        days = [day for when in whens for day in (*days_of(when), *((when.former,) if when.former else ()))]
        first, last = min(days, default=plan.resolution.date), max(days, default=plan.resolution.date)
        room = max(dt.timedelta(days=10), (last - first) * MARGIN)
        around = [day for event in plan.events for day in days_of(event.date)]
        around += [self._today] if self._today else []
        near = [day for day in around if _before(first, room) <= day <= _after(last, room)]
        last = max([last, *near])
        if any(not days_of(phase.end) for phase in self._phases):
            last = max(last, _after(max(phase.start.day for phase in self._phases if phase.start.date), room / 2))
        first, pad = min([first, *near]), max(_DAY, (last - first) * 0.012)
        return _before(first, pad), _after(last, pad)

    def _near(self, event: Event) -> bool:
        days = days_of(event.date)
        return bool(days) and all(self._first <= day <= self._last for day in days)

    def timeline(self) -> Timeline:
        """Everything together."""
        today = self._today if self._today and self._first <= self._today <= self._last else None
        say = self._words.say
        stand = say("calendar.picture.stand", day=self._today) if self._today else ""
        bars = tuple(map(self._bar, self._phases))
        lines = tuple(sorted(self._lines(), key=lambda line: line.days))
        pillars, spans = tuple(self._pillars()), tuple(self._spans())
        breaks = tuple((item.since, item.until) for item in self._plan.breaks)
        return Timeline(
            title=say("calendar.picture.title"),
            stand=stand,
            first=self._first,
            last=self._last,
            language=self._words.code,
            bars=bars,
            lines=lines,
            pillars=pillars,
            spans=spans,
            breaks=tuple(item for item in breaks if item[1] >= self._first and item[0] <= self._last),
            today=today,
            now=self._today,
            today_label=say("calendar.picture.today"),
            notes=tuple(self._notes()),
            partly=say("calendar.picture.partly", shown="{shown}", count="{count}"),
            legend=self._legend(bars, lines, pillars, spans),
        )

    def _bar(self, phase: Phase) -> Bar:
        starts, ends = days_of(phase.start), days_of(phase.end)
        return Bar(
            label=self._words.say("calendar.picture.phase", number=phase.number, name=phase.name),
            start=phase.start.date or starts[0],
            end=phase.end.date or (ends[-1] if ends else None),
            start_between=None if phase.start.certain else (starts[0], starts[-1]),
            end_between=None if phase.end.certain or not ends else (ends[0], ends[-1]),
            marks=tuple(self._marks(phase)),
        )

    def _marks(self, phase: Phase) -> Iterator[Mark]:
        for session in self._plan.sessions:
            if session.phase == phase.number:
                if session.papers_due.date:
                    yield Mark(session.papers_due.date, "freeze")
                for day in days_of(session.date):
                    yield Mark(day, "session", session.date.certain)
        for call in self._plan.calls:
            if call.phase == phase.number and call.deadline.date:
                yield Mark(call.deadline.date, "deadline", call.deadline.certain)

    def _lines(self) -> Iterator[Line]:
        for session in self._plan.sessions:
            if days := days_of(session.date):
                yield Line(
                    days=days,
                    head=self._head(session, days),
                    text=self._words.say(f"calendar.picture.item.{session.item}"),
                    certain=session.date.certain,
                    former=session.date.former,
                )

    def _head(self, session: Session, days: tuple[dt.date, ...]) -> str:
        several = [self._short(day) for day in (days if len(days) < 3 else (days[0], days[-1]))]
        said = ("/" if len(days) < 3 else "…").join(several)
        if not session.date.certain:
            return self._words.say("calendar.picture.uncertain", day=said)
        former = session.date.former
        if former and former != session.date.date:
            return self._words.say("calendar.picture.instead", day=said, former=self._short(former))
        return said

    def _short(self, day: dt.date) -> str:
        """A day as short as it can be said: with its year where the picture shows more than one and a half."""
        return self._words.brief_day(day, with_year=(self._last - self._first).days > 550)

    def _pillars(self) -> Iterator[Pillar]:
        for event in self._plan.events:
            if self._near(event):
                days = days_of(event.date)
                said = "/".join(map(self._short, days if len(days) < 3 else days[:1]))
                label = said if event.date.certain else self._words.say("calendar.picture.uncertain", day=said)
                yield Pillar(days, label, event.wall, event.date.certain)

    def _spans(self) -> Iterator[Between]:
        if len(self._phases) < len(self._plan.phases) or any(phase.start.date is None for phase in self._phases):
            return
        rows = {phase.number: row for row, phase in enumerate(self._phases)}
        for span in overlaps(self._plan):
            yield Between("overlap", rows[span.before.number], span.first, span.last)
        for span in gaps(self._plan):
            if not span.harmless:
                yield Between("gap", rows[span.before.number], span.first, span.last)

    def _notes(self) -> Iterator[str]:
        events = sorted(self._plan.events, key=lambda event: (days_of(event.date) or (dt.date.max,), event.name))
        for event in events[:MOST_NOTES]:
            days = days_of(event.date)
            said = self._words.say("calendar.picture.or", days=" / ".join(map(self._words.short_day, days[:3])))
            key = "event" if event.date.certain else "event_uncertain" if days else "event_undated"
            yield self._words.say(f"calendar.picture.{key}", days=said, name=event.name)
        if len(events) > MOST_NOTES:
            yield self._words.say("calendar.picture.more", n=len(events) - MOST_NOTES)
        undated = [session.name for session in self._plan.sessions if not days_of(session.date)]
        if undated:
            yield self._words.say("calendar.picture.undated", names=self._words.listed(undated))

    def _legend(
        self, bars: tuple[Bar, ...], lines: tuple[Line, ...], pillars: tuple[Pillar, ...], spans: tuple[Between, ...]
    ) -> dict[str, str]:
        """The signs that occur, in the order in which one asks."""
        kinds = {mark.kind for item in bars for mark in item.marks}
        shown = {
            "session": bool(lines),
            "uncertain": not all([*(item.certain for item in lines), *(item.certain for item in pillars)]),
            "former": any(item.former for item in lines),
            "freeze": "freeze" in kinds,
            "deadline": "deadline" in kinds,
            "wall": any(item.wall for item in pillars),
            "unsure": any(item.start_between or item.end_between for item in bars),
            "open": any(item.end is None for item in bars),
            "overlap": any(item.kind == "overlap" for item in spans),
            "gap": any(item.kind == "gap" for item in spans),
            "break": any(item.since <= self._last and item.until >= self._first for item in self._plan.breaks),
        }
        return {name: self._words.say(f"calendar.picture.sign.{name}") for name, there in shown.items() if there}


def _before(day: dt.date, distance: dt.timedelta) -> dt.date:
    return dt.date.fromordinal(max(dt.date.min.toordinal(), day.toordinal() - distance.days))


def _after(day: dt.date, distance: dt.timedelta) -> dt.date:
    return dt.date.fromordinal(min(dt.date.max.toordinal() - 1, day.toordinal() + distance.days))
