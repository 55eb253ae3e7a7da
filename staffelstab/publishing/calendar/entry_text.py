"""What a calendar entry says: its title, and below it the resolution's sentence and what is known of the day (R45, U4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from staffelstab.language import Fact, Language
from staffelstab.timetable.agenda.appointments import Appointment
from staffelstab.timetable.plan.actors import name_of
from staffelstab.timetable.plan.model import Phase, Plan
from staffelstab.timetable.plan.rule_text import rule_text

if TYPE_CHECKING:
    from staffelstab.timetable.plan.when import When


def tentative(plan: Plan, item: Appointment) -> bool:
    """Whether the day may still change: it is not adopted, or it hangs on a session or deadline that is not."""
    if item.occasion == "papers_due":
        return item.when.status in {"assumed", "unknown"} or not plan.session(item.item).date.certain
    if item.occasion == "reminder":
        return not plan.call(item.item).deadline.certain
    return not item.certain


def summary(plan: Plan, item: Appointment, words: Language) -> str:
    """The title; a day that is not certain says so first."""
    said = title(plan, item, words)
    return words.say("calendar.tentative", summary=said) if tentative(plan, item) else said


def title(plan: Plan, item: Appointment, words: Language) -> str:
    """What happens on the day, whatever is known of the day."""
    return words.say(f"calendar.summary.{item.occasion}", name=item.name, **_facts(plan, item, words))


def description(plan: Plan, item: Appointment, words: Language) -> str:
    """What the entry is about, the sentence behind it, and how sure the day is; one thought per paragraph."""
    when = item.when
    if item.occasion == "resubmission" and plan.resubmission:
        when = msgspec.structs.replace(when, note=plan.resubmission.note)
    return "\n\n".join(
        (*_about(plan, item, words), *_origin(plan, item, words), *certainty(plan, when, item.item, words))
    )


def deadline(plan: Plan, day: dt.date, words: Language) -> str:
    """The last moment that is still in time, with its zone: a deadline includes its day (R47)."""
    last = plan.ends(day).astimezone(dt.UTC) - dt.timedelta(seconds=1)
    offset = last.astimezone(plan.zone).strftime("%z")
    zone = f"{plan.timezone}, UTC{offset[:3]}:{offset[3:]}"
    return words.say("calendar.deadline", day=day, zone=zone)


def certainty(plan: Plan, when: When, item: str, words: Language) -> Iterator[str]:
    """What is not known of the day of `item`: how it was derived, what else it may be, what was added to the sentence.

    Once a day was confirmed or amended, what the plan file says of its doubts is settled.
    """
    if when.status in {"confirmed", "amended"}:
        return
    if when.added:
        yield words.say("calendar.added", what=words.say(f"calendar.part.{when.added}"))
    if when.status == "derived":
        rule = rule_text(plan, when.rule, item, words) if when.rule else ""
        yield words.say("calendar.derived", rule=rule) if rule else words.say("calendar.derived_plain")
    elif when.status in {"assumed", "unknown"}:
        yield words.say(f"calendar.{when.status}")
    if when.candidates:
        days = words.listed(words.day(day) for day in when.candidates)
        yield words.say("calendar.candidates", n=len(when.candidates), days=days)
    if when.note:
        yield words.say("calendar.note", note=when.note)


def doubt(plan: Plan, when: When, item: str, words: Language) -> str:
    """In a letter, what is not certain about a day: in the words of the plan's note if it has one; "" for an adopted day."""
    if when.certain:
        return ""
    said = when if not when.note else msgspec.structs.replace(when, status="adopted", note="")
    return " ".join((*filter(None, (when.note,)), *certainty(plan, said, item, words)))


def _phase(plan: Plan, item: Appointment) -> Phase:
    return next(phase for phase in plan.phases if phase.id == item.item)


def _facts(plan: Plan, item: Appointment, words: Language) -> dict[str, Fact]:
    match item.occasion:
        case "phase_start" | "phase_end":
            return {"number": _phase(plan, item).number}
        case "session":
            return {"item": words.say(f"calendar.item.{plan.session(item.item).item}")}
        case "papers_due":
            return {"day": plan.session(item.item).date.day}
        case "handover":
            successor = next(office.successor for office in plan.offices if office.id == item.item)
            return {"successor": name_of(plan, successor)}
        case "resubmission":
            return {"bound_to": plan.occasion.name if plan.occasion else ""}
    return {}


def _about(plan: Plan, item: Appointment, words: Language) -> Iterator[str]:
    match item.occasion:
        case "call_deadline":
            yield words.say("calendar.about.call_deadline", deadline=deadline(plan, item.day, words))
        case "call_opens" | "reminder":
            last = plan.call(item.item).deadline.date
            yield words.say(f"calendar.about.{item.occasion}", deadline=deadline(plan, last, words) if last else "–")
        case "resubmission" if plan.resubmission and plan.occasion:
            owners = words.listed(name_of(plan, owner) for owner in plan.resubmission.owners)
            said = "resubmission" if plan.occasion.date.certain else "resubmission_undated"
            yield words.say(f"calendar.about.{said}", bound_to=plan.occasion.name, owners=owners)
        case "event":
            wall = next(event.wall for event in plan.events if event.id == item.item)
            if wall:
                yield words.say("calendar.about.wall")
        case "papers_due" | "session" | "handover":
            yield words.say(f"calendar.about.{item.occasion}")
        case _:
            pass


def _origin(plan: Plan, item: Appointment, words: Language) -> Iterator[str]:
    if item.quote:
        yield words.say("calendar.quote", quote=item.quote, day=plan.resolution.date)
    else:
        yield words.say("calendar.no_quote")
