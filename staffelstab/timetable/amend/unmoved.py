"""What stays unmoved although it was tied to a moved day: equal days, rules answered by hand, phases that begin too early."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from staffelstab.errors import RecordError
from staffelstab.language import Fact
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.changed_overlaps import changed_overlaps
from staffelstab.timetable.amend.items import label, owner, phase_of
from staffelstab.timetable.plan.change import Change
from staffelstab.timetable.plan.deciders import deciders
from staffelstab.timetable.plan.holidays import is_workday
from staffelstab.timetable.plan.model import Phase, Plan, Session
from staffelstab.timetable.plan.rule_text import rule_text
from staffelstab.timetable.plan.slots import Slot, find_slot, slots
from staffelstab.timetable.plan.when import Offset, parse_rule

ONE = dt.timedelta(days=1)
WATCHED = frozenset({"sessions.date", "phases.start", "phases.end", "calls.opens", "calls.deadline"})


@dataclass(frozen=True, slots=True)
class Unmoved:
    """Something that stays where it was; `text` says what and why that matters, `item` and `day` how it would follow.

    `text` names the command for that, `plain` does without; `along`: it can be moved along with what is moved.
    """

    text: str
    item: str = ""
    day: dt.date | None = None
    plain: str = ""
    along: bool = False


def unmoved(basis: Basis, after: Plan, moves: Sequence[Change]) -> tuple[Unmoved, ...]:
    """Everything that may have to be moved or decided as well, in the order of the plan file.

    What moves along is offered with the move itself; nothing is confirmed along with a confirmation, so it is a move of its own.
    """
    return (*_same_day(basis, after, moves), *_by_hand(basis, after, moves), *_too_early(basis.plan, after))


def _same_day(basis: Basis, after: Plan, moves: Sequence[Change]) -> Iterator[Unmoved]:
    """Dates of their own that fell on a day which moves: the end of a phase on its session's day. Each is said once.

    What had no day (an event to come, an open end) fell on none.
    """
    plan = basis.plan
    then, now = slots(plan), slots(after)
    said: set[str] = set()
    for moved in (slot for name, slot in then.items() if slot.when.date and slot.when.date != now[name].when.date):
        for name, slot in then.items():
            same = slot.when.date == moved.when.date == now[name].when.date
            if same and name not in said and _tied(plan, moved, slot):
                said.add(name)
                yield _could_follow(basis, moves, slot, now[moved.name].when.day)


def _tied(plan: Plan, moved: Slot, other: Slot) -> bool:
    """Whether two dates on one day belong together: those of one phase, or what begins or ends with an event."""
    if not _watched(other):
        return False
    return moved.table == "events" or (_watched(moved) and phase_of(plan, moved) == phase_of(plan, other) is not None)


def _watched(slot: Slot) -> bool:
    return f"{slot.table}.{slot.field.attribute}" in WATCHED


def _could_follow(basis: Basis, moves: Sequence[Change], slot: Slot, day: dt.date) -> Unmoved:
    plan, words = basis.plan, basis.plan.words
    said = words.say("amend.stays.same_day", what=label(plan, slot, words), day=slot.when.date)
    try:
        further = basis.after([*moves, Change(slot.name, "amended", day)])
    except RecordError as error:
        text = f"{said} {words.say('amend.stays.cannot', problem=error.text(words.code))}"
        return Unmoved(text, plain=text)
    spans = " ".join(changed_overlaps(basis.after(moves), further))
    along = _is_move(moves)
    command = f"--with {slot.name}" if along else _move(basis, slot, day)
    offer = words.say("amend.stays.offer", command=command, day=day)
    text, plain = (" ".join(filter(None, parts)) for parts in ((said, offer, spans), (said, spans)))
    return Unmoved(text, slot.name, day, plain, along)


def _by_hand(basis: Basis, after: Plan, moves: Sequence[Change]) -> Iterator[Unmoved]:
    """Rules of the resolution whose result was fixed in the plan file or confirmed: the rule now gives another day (R45)."""
    words = basis.plan.words
    now = slots(after)
    for name, slot in slots(basis.written).items():
        fixed = now[name].when.date
        if not slot.when.rule or slot.when.date is None or fixed != basis_day(basis, name):
            continue
        old, new = _reckoned(basis.plan, slot), _reckoned(after, slot)
        if old and new and fixed and old != new:
            rule = rule_text(after, slot.when.rule, getattr(owner(basis.plan, slot), "id", ""), words)
            facts: dict[str, Fact] = {
                "what": label(basis.plan, slot, words),
                "day": fixed,
                "rule": rule,
                "reckoned": new,
            }
            day, along = fixed + (new - old), _is_move(moves)
            command = _decide(basis, after, slot, day, along=along)
            text = words.say("amend.stays.by_hand", **facts, command=command)
            plain = words.say("amend.stays.by_hand_plain", **facts)
            yield Unmoved(text, name, day, plain, along and slot.when.certain)


def basis_day(basis: Basis, name: str) -> dt.date | None:
    """The day that a date has now."""
    return slots(basis.plan)[name].when.date


def _decide(basis: Basis, plan: Plan, slot: Slot, day: dt.date, *, along: bool) -> str:
    """What settles a date: it is confirmed while it is a proposal, moved once it stands, along with a move or by itself."""
    if slot.when.certain:
        return f"--with {slot.name}={day.isoformat()}" if along else _move(basis, slot, day)
    by = deciders(plan, slot.name)[0]
    return f"staffelstab confirm {slot.name}{basis.where} --date {day.isoformat()} --by {by}"


def _is_move(changes: Sequence[Change]) -> bool:
    return any(change.kind == "amended" for change in changes)


def _move(basis: Basis, slot: Slot, day: dt.date) -> str:
    """The command that moves a date by itself."""
    return f"staffelstab move {basis.where.strip() or '.'} {slot.name} {day.isoformat()}"


def _reckoned(plan: Plan, slot: Slot) -> dt.date | None:
    """The day that the slot's rule gives in a plan."""
    offset = parse_rule(slot.when.rule)
    found = find_slot(slots(plan), slot.local.get(offset.reference, offset.reference))
    base = found.when.date if found else None
    return None if base is None else _counted(plan, base, offset)


def _counted(plan: Plan, day: dt.date, offset: Offset) -> dt.date:
    if not offset.working:
        return day + dt.timedelta(days=offset.days)
    step, left = (ONE if offset.days > 0 else -ONE), abs(offset.days)
    while left:
        day += step
        left -= is_workday(plan, day)
    return day


def _too_early(before: Plan, after: Plan) -> Iterator[Unmoved]:
    """A phase that begins although the session after which its predecessor hands over is still to come."""
    words = before.words
    known = {phase.number for phase, _ in _waiting(before)}
    for phase, session in _waiting(after):
        following = after.after(phase)
        if following and phase.number not in known:
            text = words.say(
                "amend.stays.too_early",
                number=following.number,
                name=following.name,
                start=following.start.day,
                before=phase.number,
                session=session.date.day,
                n=(session.date.day - following.start.day).days,
            )
            yield Unmoved(text, plain=text)


def _waiting(plan: Plan) -> Iterator[tuple[Phase, Session]]:
    for phase in plan.phases:
        session, following = plan.session_of(phase), plan.after(phase)
        waits = phase.gate in {"presentation", "decision"}
        if waits and session and following and session.date.day >= following.start.day:
            yield phase, session
