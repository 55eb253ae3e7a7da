"""A dossier written from a case: the template of the session's item kind around the template of the phase's kind (R108)."""

from __future__ import annotations

import datetime as dt

from staffelstab.documents.rendering.manuscript import Manuscript
from staffelstab.documents.rendering.templates import environment
from staffelstab.phases.concept.provenance import Sources
from staffelstab.phases.report import PhaseReport
from staffelstab.publishing.calendar.timetable_drawing import timetable
from staffelstab.publishing.dossier.left_out import for_the_board
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.publishing.dossier.tally import changes, tally
from staffelstab.publishing.dossier.unheard import unheard
from staffelstab.submissions.case.contents import Case, Frozen, Submission
from staffelstab.timetable.agenda.appointments import upcoming
from staffelstab.timetable.amend.items import item_label, items
from staffelstab.timetable.plan.actors import name_of
from staffelstab.timetable.plan.change import RecordedChange
from staffelstab.timetable.plan.model import Session
from staffelstab.timetable.plan.overlaps import sentences

HORIZON = dt.timedelta(days=120)


def dossier(
    case: Case, report: PhaseReport, session: Session | None, *, final: bool, as_of: dt.datetime | None = None
) -> Manuscript:
    """The dossier for a session, or the report of a phase that no session treats. `final` says that it is being frozen.

    `as_of` is the moment it bears and its timetable marks: an earlier one if nothing in it has changed since.
    """
    plan, words = case.plan, case.plan.words
    stamp = (as_of or case.now).astimezone(plan.zone)
    drawn = (timetable(plan, stamp.date()), *report.figures)
    facts = {
        **_paper(case, report, session),
        **_since(case, session),
        **_outlook(case),
        "figures": {figure.name: figure for figure in drawn},
        "final": final,
        "stamp": stamp,
    }
    template = environment(plan.language).get_template(f"dossier/{session.item if session else 'account'}.md.j2")
    return Manuscript(
        markdown=template.render(facts),
        title=_title(case, report, session),
        subtitle=words.say("dossier.subtitle", number=report.phase.number, phase=report.phase.name),
        language=plan.language,
        stamp=stamp,
        organisation=plan.organisation,
        status="" if final else words.say("dossier.draft", now=stamp),
        figures=drawn,
    )


def _paper(case: Case, report: PhaseReport, session: Session | None) -> dict[str, object]:
    """What the paper is about, and what its words and sources are."""
    return {
        "case": case,
        "plan": case.plan,
        "words": case.plan.words,
        "phase": report.phase,
        "session": session,
        "survey": report,
        "content": report.content,
        "phrasing": Phrasing(case.plan),
        "sources": Sources(case),
    }


def _since(case: Case, session: Session | None) -> dict[str, object]:
    """What has changed since the last dossier."""
    last = _last(case, session)
    return {
        "last": last,
        "belated": belated(case, last),
        "changes": changes(dict(last.summary) if last else None, tally(case)),
        "recorded": recorded(case, last),
    }


def _outlook(case: Case) -> dict[str, object]:
    """Who was not heard yet, what was not read, and what comes next."""
    return {
        "silence": unheard(case),
        "left_out": for_the_board(case),
        "spans": sentences(case.plan, case.today),
        "upcoming": [item for item in upcoming(case.plan, case.today) if item.day <= case.today + HORIZON],
    }


def _title(case: Case, report: PhaseReport, session: Session | None) -> str:
    words = case.plan.words
    if session is None:
        return words.say("dossier.account", number=report.phase.number, phase=report.phase.name)
    day = Phrasing(case.plan).day(session.date)
    return words.say(f"dossier.title.{session.item}", body=name_of(case.plan, session.body), day=day)


def _last(case: Case, session: Session | None) -> Frozen | None:
    """The dossier that was frozen before this one, for an earlier session that the plan still knows."""
    days = {item.id: item.date.day for item in case.plan.sessions if session is None or item.id != session.id}
    earlier = [
        item
        for item in case.frozen
        if item.session in days and (session is None or days[item.session] <= session.date.day)
    ]
    return earlier[-1] if earlier else None


def belated(case: Case, last: Frozen | None) -> tuple[Submission, ...]:
    """Papers that came when their call's own dossier was frozen already, and that no dossier up to the `last` could show."""
    plan, told = case.plan, {}
    for call in plan.calls:
        session = plan.session_of(plan.phase(call.phase))
        told[call.id] = case.frozen_for(session.id) if session else None
    return tuple(
        paper
        for paper in case.papers
        if last and not paper.newer and (own := told.get(paper.call)) and paper.seq > max(own.seq, last.seq)
    )


def recorded(case: Case, last: Frozen | None) -> tuple[tuple[str, RecordedChange], ...]:
    """What was confirmed or moved since the `last` dossier was frozen, with how people call it."""
    words = case.plan.words
    known = {item.name: item_label(case.plan, item) for item in items(case.plan)}
    found = (change for change in case.recorded_changes if last is None or change.seq > last.seq)
    return tuple((known.get(change.item, words.say("dossier.nameless")), change) for change in found)
