"""At the end: everyone who contributed hears what became of it (U7), and the concept comes back when its day has come (R103)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from staffelstab.documents.rendering.characters import line
from staffelstab.phases.kinds.publication import PublicationContent, Trace, published
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.publishing.outbox.participants import contact
from staffelstab.publishing.outbox.writing import compose
from staffelstab.submissions.case.contents import Case, Decision
from staffelstab.timetable.plan.actors import Actor, actors, name_of, office_at
from staffelstab.timetable.plan.model import Phase

RESUBMISSION = "calendar/resubmission.ics"


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage of the adopted text that goes back to a paper, and the places of the paper it goes back to."""

    id: str
    section: str
    text: str
    refs: tuple[str, ...]


def answer_letters(case: Case) -> Iterator[Letter]:
    """The answer to every paper and every talk, used or not, once the text is adopted and publication has begun."""
    begun = _begun(case)
    if begun is None:
        return
    day, decided, content = begun
    for trace in content.traces:
        to = contact(case.plan, trace.paper)
        facts = _facts(case, content, trace) | {"known": to is not None, "decided": decided}
        known = to or actors(case.plan)[office_at(case.plan, day)]
        yield compose(case.plan, f"answer:{trace.paper.ref}", day, (known,), {"ref": trace.paper.ref}, facts)


def resubmission_letters(case: Case) -> Iterator[Letter]:
    """A reminder on each candidate day, to the offices that own the resubmission; of days that were missed only for the newest."""
    plan, item = case.plan, case.plan.resubmission
    if item is None or plan.occasion is None:
        return
    to = tuple(actors(plan).get(owner, Actor(owner, owner, "office")) for owner in item.owners)
    facts = {
        "name": item.name,
        "bound_to": plan.occasion.name,
        "days": plan.days_of_return,
        "owners": [name_of(plan, owner) for owner in item.owners],
        "quote": line(item.quote),
    }
    if come := [day for day in plan.days_of_return if day <= case.today]:
        day = max(come)
        key, subject = f"resubmission:{day.isoformat()}", {"name": item.name, "bound_to": plan.occasion.name}
        overdue = case.today > day
        yield compose(plan, key, day, to, subject, facts | {"day": day}, (RESUBMISSION,), overdue=overdue)


def _begun(case: Case) -> tuple[dt.date, dt.date, PublicationContent] | None:
    """The day of the answers, the one of the vote, and the picture, once both conditions hold.

    A plan without a phase of publication answers on adoption.
    """
    publication = next((phase for phase in case.plan.phases if phase.kind == "publication"), None)
    content = published(case, publication or case.plan.phases[-1]).content
    if content.adopted is None:
        return None
    day = _day(content.adopted, publication)
    return (day, content.adopted.day, content) if day <= case.today else None


def _day(adopted: Decision, publication: Phase | None) -> dt.date:
    decided = adopted.at.date()
    return max(decided, publication.start.day) if publication else decided


def _facts(case: Case, content: PublicationContent, trace: Trace) -> dict[str, object]:
    paper = trace.paper
    return {
        "ref": paper.ref,
        "minutes": any(item.ref == paper.ref for item in case.minutes),
        "arrived": paper.held_on or paper.arrived.date(),
        "late": paper.late,
        "readable": paper.readable,
        "paragraphs": len(paper.statements),
        "cited": tuple(_cited(content, trace)),
        "returns": case.plan.occasion.name if case.plan.occasion else "",
    }


def _cited(content: PublicationContent, trace: Trace) -> Iterator[Cited]:
    for chapter in content.chapters:
        for passage in chapter.passages:
            voices = [voice for voice in passage.voices if voice.paper and voice.paper.ref == trace.paper.ref]
            # A paragraph says more than its paper; the paper is named only where nothing closer is.
            closest = [voice.ref for voice in voices if voice.statement] or [voice.ref for voice in voices]
            if closest:
                refs = tuple(sorted(closest, key=lambda ref: (len(ref), ref)))
                yield Cited(line(passage.record.id), line(chapter.name), line(passage.record.text), refs)
