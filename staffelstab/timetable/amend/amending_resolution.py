"""The amending resolution in the form of the resolution it amends, as a draft: what is not known stays open (R01–R17, F08)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from staffelstab.documents.rendering.manuscript import Manuscript
from staffelstab.documents.rendering.templates import environment
from staffelstab.timetable.amend.consequences import Consequence
from staffelstab.timetable.plan.actors import name_of
from staffelstab.timetable.plan.model import Body, Plan
from staffelstab.timetable.vocabulary.words import any_of

SHOWN = frozenset({"moved", "follows"})


@dataclass(frozen=True, slots=True)
class AmendingResolution:
    """What an amending resolution is made of: the days as they were and as they are to be, the reason, who asks, who is told.

    `authorised` says that whoever asks acts for the body that adopted the resolution.
    """

    plan: Plan
    rows: Sequence[Consequence]
    reason: str
    by: str
    told: Sequence[str]
    at: dt.datetime
    authorised: bool = False


def manuscript(motion: AmendingResolution) -> Manuscript:
    """The resolution as a paper to be printed. Nothing is invented: vote, place, date and certifying office stay open."""
    plan = motion.plan
    words = plan.words
    template = environment(plan.language).get_template("amendment/resolution.md.j2")
    return Manuscript(
        markdown=template.render(
            plan=plan,
            words=words,
            body=deciding_body(motion),
            moved=[row for row in motion.rows if row.kind == "moved"],
            follows=[row for row in motion.rows if row.kind == "follows"],
            reason=motion.reason,
            recipients=recipients(motion),
            authorised_by=name_of(plan, plan.resolution.body) if motion.authorised else "",
        ),
        title=words.say("amend.motion.title"),
        subtitle=plan.title,
        language=plan.language,
        stamp=motion.at,
        organisation=plan.organisation,
        status=words.say("amend.motion.status"),
    )


def deciding_body(motion: AmendingResolution) -> str:
    """The body that resolves, with its article as the adopted resolution has it, otherwise by its name alone."""
    plan = motion.plan
    bodies = {body.id: body for body in plan.bodies}
    body = bodies.get(motion.by) or bodies[plan.resolution.body]
    return _with_article(plan, body)


def _with_article(plan: Plan, body: Body) -> str:
    said = re.search(
        rf"\b(?:{any_of('sentences.subject_article')})\s+{re.escape(body.name)}\b",
        f"{plan.resolution.text} {plan.resolution.quote}",
    )
    return said[0] if said else plan.words.say("amend.motion.body", name=body.name)


def recipients(motion: AmendingResolution) -> list[str]:
    """The distribution list, word for word, and after it whoever is concerned and not on it."""
    plan = motion.plan
    listed = {name for item in plan.recipients for name in (item.body, item.group, item.office) if name}
    seats = {seat.id for body in plan.bodies if body.id in listed for seat in body.seats}
    besides = [name_of(plan, actor) for actor in motion.told if actor not in listed | seats]
    names = [item.name for item in plan.recipients]
    return [*names, *(name for name in besides if name not in names)]
