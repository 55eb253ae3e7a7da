"""What a pass did about each missed appointment: done late, not needed, too late, or still open; never more than it did.

It is read from the journal once the pass has done its work: what bears the pass's own moment was done by it (U16).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from staffelstab.language import Fact, Language
from staffelstab.ledger.values import Entry
from staffelstab.timetable.agenda.appointments import Appointment, MissedAppointment, Occasion, agenda
from staffelstab.timetable.agenda.reminders import current_reminder, reminder_day
from staffelstab.timetable.plan.actors import acting, is_vacant, name_of, office_at
from staffelstab.timetable.plan.model import Call, Phase, Plan

KINDS = ("letter", "surveyed", "frozen", "decided", "handed_over")
State = Literal["done", "not_needed", "too_late", "open"]


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """An appointment that was missed, what became of it, and that in words."""

    appointment: Appointment
    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an appointment: `key` is below `steps.missed` in the catalogue."""

    state: State
    key: str
    facts: Mapping[str, Fact]


def caught_up(
    plan: Plan, now: dt.datetime, entries: Iterable[Entry], missed: Sequence[MissedAppointment]
) -> tuple[CaughtUp, ...]:
    """What the pass at `now` did about each missed appointment, in their order."""
    journal, words = _Journal(plan, now.astimezone(plan.zone), entries), plan.words
    return tuple(_told(journal, item.appointment, words) for item in missed)


def lines(plan: Plan, items: Iterable[CaughtUp]) -> Iterator[str]:
    """Each as a line: the day, what it was, what became of it."""
    words = plan.words
    for item in items:
        what = words.say(f"dossier.occasion.{item.appointment.occasion}", name=item.appointment.name)
        if item.appointment.when.unsettled:
            what = words.say("overview.todo.unconfirmed", what=what)
        yield words.say("steps.missed.line", day=item.appointment.day, what=what, became=item.text)


def _told(journal: _Journal, item: Appointment, words: Language) -> CaughtUp:
    answer = _moved(journal, item) or ANSWERS[item.occasion](journal, item)
    return CaughtUp(item, answer.state, words.say(f"steps.missed.{answer.key}", **answer.facts))


class _Journal:
    """What the journal says of the pass at `now` and of what was there before."""

    def __init__(self, plan: Plan, now: dt.datetime, entries: Iterable[Entry]) -> None:
        self.plan, self.now, self.today = plan, now, now.date()
        self.decided: set[str] = set()
        self._at: dict[str, dt.datetime] = {}
        self._surveyed: dict[str, dt.datetime] = {}
        for entry in entries:
            if entry.kind == "surveyed":
                self._surveyed[entry.phase] = entry.at
            elif entry.kind == "decided":
                self.decided.add(entry.subject)
            elif entry.key:
                self._at[entry.key] = entry.at

    def done(self, *keys: str) -> Literal["now", "before", "never"]:
        """Whether the pass wrote one of these entries, or only an earlier one did."""
        times = [self._at[key] for key in keys if key in self._at]
        if not times:
            return "never"
        return "now" if max(times) >= self.now else "before"

    def ran_since(self, phase: Phase, moment: dt.datetime) -> Literal["now", "before", "never"]:
        """Whether the phase was run by this pass, or before it but after a moment."""
        at = self._surveyed.get(phase.id)
        if at is None or at < moment:
            return "never"
        return "now" if at >= self.now else "before"


def _answer(state: State, key: str, **facts: Fact) -> Answer:
    return Answer(state, key, facts)


def _moved(journal: _Journal, item: Appointment) -> Answer | None:
    """What was moved to another day, or fell away, since the day on which it still held."""
    same = [other.day for other in agenda(journal.plan) if (other.occasion, other.item) == (item.occasion, item.item)]
    if item.day in same:
        return None
    later = [day for day in same if day > item.day]
    return _answer("not_needed", "moved", day=later[0]) if later else _answer("not_needed", "fell_away")


def _letter(journal: _Journal, *keys: str) -> Answer | None:
    match journal.done(*(f"letter:{key}" for key in keys)):
        case "now":
            return _answer("done", "letter")
        case "before":
            return _answer("not_needed", "letter_before")
        case _:
            return None


def _resolution(journal: _Journal, item: Appointment) -> Answer:
    found = _letter(journal, "distribution:resolution", "publicity:resolution")
    return found or _answer("not_needed", "no_recipients")


def _call(journal: _Journal, item: Appointment) -> Answer:
    call = journal.plan.call(item.item)
    if found := _letter(journal, f"call:{call.id}"):
        return found
    if journal.today > call.deadline.day:
        return _answer("too_late", "deadline_over", day=call.deadline.day)
    return _answer("open", "not_run")


def _reminder(journal: _Journal, item: Appointment) -> Answer:
    call = journal.plan.call(item.item)
    return _letter(journal, f"reminder:{call.id}:{item.day.isoformat()}") or _no_reminder(journal, call, item.day)


def _no_reminder(journal: _Journal, call: Call, planned: dt.date) -> Answer:
    if journal.today > call.deadline.day:
        return _answer("too_late", "deadline_over", day=call.deadline.day)
    goes_out = reminder_day(journal.plan, call, planned)
    if goes_out > journal.today:
        return _answer("not_needed", "reminder_to_come", day=goes_out)
    current = current_reminder(journal.plan, call, journal.today)
    if current is not None and current != planned:
        return _answer("too_late", "overtaken", day=current)
    return _answer("not_needed", "nobody_missing")


def _phase_start(journal: _Journal, item: Appointment) -> Answer:
    return _run(journal, _phase(journal, item.item), item.day)


def _deadline(journal: _Journal, item: Appointment) -> Answer:
    phase = journal.plan.phase(journal.plan.call(item.item).phase)
    return _run(journal, phase, item.day + dt.timedelta(days=1))


def _run(journal: _Journal, phase: Phase, since: dt.date) -> Answer:
    """Whether the phase was run on a day or later."""
    match journal.ran_since(phase, journal.plan.starts(since)):
        case "now":
            return _answer("done", "surveyed")
        case "before":
            return _answer("not_needed", "surveyed_before")
        case _:
            handed = journal.done(f"handed_over:{phase.number}") != "never"
            return _answer("not_needed", "handed_over_before") if handed else _answer("open", "not_run")


def _phase_end(journal: _Journal, item: Appointment) -> Answer:
    match journal.done(f"handed_over:{_phase(journal, item.item).number}"):
        case "now":
            return _answer("done", "handed_over")
        case "before":
            return _answer("not_needed", "handed_over_before")
        case _:
            return _answer("open", "not_handed_over")


def _papers(journal: _Journal, item: Appointment) -> Answer:
    session = journal.plan.session(item.item)
    match journal.done(f"frozen:{session.id}"):
        case "now":
            return _answer("done", "frozen_after" if journal.today > session.date.day else "frozen")
        case "before":
            return _answer("not_needed", "frozen_before")
        case _:
            return _answer("open", "not_frozen")


def _session(journal: _Journal, item: Appointment) -> Answer:
    if item.item in journal.decided:
        return _answer("not_needed", "decided")
    return _answer("open", "undecided", session=item.item)


def _event(journal: _Journal, item: Appointment) -> Answer:
    return _answer("not_needed", "nothing")


def _handover(journal: _Journal, item: Appointment) -> Answer:
    """Who acts since an office's time is over; the product itself hands over nothing."""
    plan, today = journal.plan, journal.today
    successor = next(office.successor for office in plan.offices if office.id == item.item)
    acts = office_at(plan, today) if item.item == plan.coordinator else acting(plan, successor, today)
    if acts == successor and not is_vacant(plan, successor, today):
        return _answer("not_needed", "successor", office=name_of(plan, successor))
    return _answer("open", "successor_vacant", office=name_of(plan, successor), acting=name_of(plan, acts))


def _resubmission(journal: _Journal, item: Appointment) -> Answer:
    if found := _letter(journal, f"resubmission:{item.day.isoformat()}"):
        return found
    newest = max(day for day in journal.plan.days_of_return if day <= journal.today)
    return _answer("too_late", "overtaken", day=newest) if newest > item.day else _answer("open", "not_run")


def _phase(journal: _Journal, name: str) -> Phase:
    return next(phase for phase in journal.plan.phases if phase.id == name)


ANSWERS: Mapping[Occasion, Callable[[_Journal, Appointment], Answer]] = {
    "resolution": _resolution,
    "phase_start": _phase_start,
    "phase_end": _phase_end,
    "call_opens": _call,
    "reminder": _reminder,
    "call_deadline": _deadline,
    "papers_due": _papers,
    "session": _session,
    "event": _event,
    "handover": _handover,
    "resubmission": _resubmission,
}
