"""One paper: what came, from whom as far as one knows, its paragraphs, and the forms that assign or withdraw it (R98, F46)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from pages.documents import original
from pages.entering import Mistakes
from pages.submissions import call_of, first_shown, register, remarks, sender_of
from pages.visit import Visit
from staffelstab.documents.rendering.characters import harmless, line
from staffelstab.errors import RecordError
from staffelstab.ledger.entries import Received
from staffelstab.phases.concept.provenance import Sources
from staffelstab.publishing.dossier.left_out import by_notices
from staffelstab.submissions.case.contents import Case, Submission
from staffelstab.timetable.plan.actors import Actor, actors, name_of
from staffelstab.timetable.plan.model import Plan

AT_ONCE = 200
"""So many paragraphs are shown on a page."""
Groups = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Known:
    """A paper at the moment of a visit."""

    visit: Visit
    case: Case
    paper: Submission


def known(visit: Visit) -> Known:
    """The paper that the address names. Raises RecordError if there is none."""
    with visit.run.workspace.open(read_only=True) as ledger:
        case = visit.case(ledger)
    paper = case.paper(visit.given["ref"])
    if paper is None:
        raise RecordError("pages.error.nothing_here")
    return Known(visit, case, paper)


def show(visit: Visit) -> Response:
    """The page."""
    return shown(known(visit))


def download(visit: Visit) -> Response:
    """The original as it came, from the ledger. Raises RecordError if it is erased."""
    paper = known(visit).paper
    with visit.run.workspace.open(read_only=True) as ledger:
        received = [Received.of(entry) for entry in ledger.entries("received", subject=paper.id)]
        data = ledger.content(received[-1].original or "") if received else None
    if data is None:
        raise RecordError("pages.error.nothing_here")
    return original(data, paper.ref, paper.form)


def shown(found: Known, typed: Mapping[str, str] | None = None, mistakes: Mapping[str, str] | None = None) -> Response:
    """The page with its forms as they were filled in, and what is wrong with them."""
    visit, paper, plan = found.visit, found.paper, found.visit.plan
    who, sure = sender_of(visit, paper)
    start = first_shown(visit.asked.get("from", ""), len(paper.statements), AT_ONCE)
    return visit.shown(
        "submission",
        status=422 if mistakes else 200,
        paper=paper,
        who=line(who),
        sure=visit.words.say(f"pages.submissions.sure.{sure}"),
        call=call_of(visit, paper),
        remarks=remarks(visit, paper),
        automatic=visit.words.say(f"case.automatic.{paper.automatic}") if paper.automatic else "",
        reason=visit.words.say(f"intake.reason.{paper.reason}") if paper.reason else "",
        cautions=by_notices(visit.words, paper.notices, paper.parts_left_out),
        older=[item.ref for item in register(found.case) if item.newer == paper.ref],
        cited=len(Sources(found.case).beyond(paper.ref)),
        withdrawn_by=name_of(plan, paper.withdrawn.by) if paper.withdrawn else "",
        statements=[
            (statement.ref, harmless(statement.text), statement.page)
            for statement in paper.statements[start : start + AT_ONCE]
        ],
        start=start,
        at_once=AT_ONCE,
        everybody=everybody(plan),
        typed=typed if typed is not None else _prefilled(found),
        mistakes=mistakes or Mistakes(plan.language),
    )


def everybody(plan: Plan) -> Groups:
    """Everyone who can have sent something, by kind: offices, each body with its seats, each group with its units."""
    known, words = actors(plan), plan.words
    groups: Groups = [(words.say("pages.submission.offices"), [_option(known[office.id]) for office in plan.offices])]
    groups += [
        (body.name, [_option(known[name]) for name in dict.fromkeys((body.id, *(seat.id for seat in body.seats)))])
        for body in plan.bodies
    ]
    groups += [
        (group.name, [_option(known[name]) for name in dict.fromkeys((group.id, *(unit.id for unit in group.units)))])
        for group in plan.groups
    ]
    return [(name, members) for name, members in groups if members]


def _option(actor: Actor) -> tuple[str, str]:
    return actor.id, actor.name


def _prefilled(found: Known) -> dict[str, str]:
    """The claimed sender is chosen already: to confirm it is the usual case."""
    return {"actor": found.paper.sender.id if found.paper.sender else ""}
