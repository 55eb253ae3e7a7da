"""The three calendar files: the timetable, the milestones of the following years, the resubmission (R101, R103, U13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from staffelstab.language import Language
from staffelstab.publishing.calendar.edition_entries import ALARMS
from staffelstab.publishing.calendar.editions import Edition, first_edition
from staffelstab.publishing.calendar.entry import Entry, calendar_file, uid
from staffelstab.publishing.calendar.entry_history import entries
from staffelstab.timetable.plan.actors import name_of

if TYPE_CHECKING:
    from staffelstab.submissions.case.contents import Case
    from staffelstab.submissions.records.typed_records import Milestone
    from staffelstab.timetable.plan.model import Plan

TIMETABLE, MILESTONES, RESUBMISSION = "timetable.ics", "milestones.ics", "resubmission.ics"


def timetable(plan: Plan, language: str | None = None, editions: Sequence[Edition] = ()) -> bytes:
    """Every day of the plan, and what earlier `editions` of it published; the last of them is the plan as it is."""
    words = Language(language or plan.language)
    name = words.say("calendar.name.timetable", organisation=plan.organisation, title=plan.title)
    return calendar_file(plan, name, words.code, entries(editions or (first_edition(plan),), words))


def resubmission(plan: Plan, language: str | None = None, editions: Sequence[Edition] = ()) -> bytes:
    """The resubmission alone, to be handed to its owners: it works when the tool is gone (U13). b"" if the plan has none.

    The entries are the very ones of the timetable, so that having both shows nothing twice.
    """
    words = Language(language or plan.language)
    name = words.say("calendar.name.resubmission", organisation=plan.organisation, title=plan.title)
    found = entries(editions or (first_edition(plan),), words)
    own = uid(plan, "resubmission", "resubmission").partition("@")[0]
    wanted = [entry for entry in found if entry.uid.startswith((f"{own}@", f"{own}."))]
    return calendar_file(plan, name, words.code, wanted)


def milestones(case: Case) -> bytes:
    """The milestones as recorded, binding ones marked (R101). b"" while there are none."""
    plan, words = case.plan, case.plan.words
    name = words.say("calendar.name.milestones", organisation=plan.organisation, title=plan.title)
    rows = sorted(case.milestones, key=lambda row: (row.date, row.id))
    return calendar_file(plan, name, words.code, [_milestone(plan, row, words) for row in rows])


def _milestone(plan: Plan, row: Milestone, words: Language) -> Entry:
    binding = row.binding == "yes"
    key = "binding" if binding else "not_binding"
    about = words.say(f"calendar.milestone.{key}.text", owner=name_of(plan, row.owner), criterion=row.criterion)
    return Entry(
        uid=uid(plan, row.id, "milestone"),
        day=row.date,
        summary=words.say(f"calendar.milestone.{key}.summary", id=row.id, title=row.title),
        description="\n\n".join((about, words.say("calendar.milestone.origin", title=plan.title))),
        category=words.say("calendar.category.milestone"),
        stamp=row.entered,
        status="confirmed",
        alarms=ALARMS["milestone"],
    )
