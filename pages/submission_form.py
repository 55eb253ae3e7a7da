"""The forms of a paper: say who sent it, withdraw it, undo that; checked, shown with what follows, entered as by command."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from starlette.responses import Response

from pages.entering import Mistakes, entering, is_meanwhile
from pages.forms import SEEN, seen
from pages.submission import Known, everybody, known, shown
from pages.submissions import sender_of
from pages.visit import Visit
from staffelstab.documents.rendering.characters import line
from staffelstab.errors import RecordError, StaffelstabError
from staffelstab.service.decide import sender
from staffelstab.service.phase_run import Run
from staffelstab.service.withdraw import checked_actor, checked_reason, refuse_unchanged, withdraw
from staffelstab.submissions.case.contents import Submission
from staffelstab.timetable.plan.actors import Actor, audience

SENDER, WITHDRAW, UNDO = "sender", "withdraw", "undo"
FIELDS = {SENDER: ("actor",), WITHDRAW: ("by", "reason"), UNDO: ("by", "reason")}
"""What each form sends."""


def post(visit: Visit) -> Response:
    """Refuse, show what would follow, or enter it."""
    found, kind = known(visit), visit.fields.text("kind")
    if kind not in FIELDS:
        raise RecordError("pages.error.form")
    typed = {name: visit.fields.text(name) for name in FIELDS[kind]}
    if visit.fields.text("do") == "change":
        return shown(found, typed)
    mistakes = Mistakes(visit.plan.language)
    if visit.fields.text("do") == "enter" and _stands(found.paper, kind, typed):
        return visit.go(f"submissions/{found.paper.ref}", "settled_before")
    _check(found, kind, typed, mistakes)
    if mistakes:
        return shown(found, typed, mistakes)
    if visit.fields.text("do") == "enter":
        return _entered(found, kind, typed, mistakes)
    return _preview(found, kind, typed)


def _check(found: Known, kind: str, typed: Mapping[str, str], mistakes: Mistakes) -> None:
    """Everything that stands in the way, each at its field."""
    run, field = found.visit.run, FIELDS[kind][0]
    with mistakes.at(field):
        if typed[field] not in {name for _, members in everybody(run.plan) for name, _ in members}:
            raise RecordError("steps.unknown_actor", actor="")
    if kind != SENDER:
        with mistakes.at("reason"):
            checked_reason(typed["reason"])
        with mistakes.at():
            refuse_unchanged(found.case, found.paper.ref, undo=kind == UNDO)


def _preview(found: Known, kind: str, typed: Mapping[str, str]) -> Response:
    visit, ref = found.visit, found.paper.ref
    actor = checked_actor(visit.run, typed[FIELDS[kind][0]])
    return visit.shown(
        "submission_preview",
        paper=found.paper,
        kind=kind,
        sentence=visit.words.say(f"pages.submission.will.{kind}", ref=ref, who=actor.name),
        reason=line(typed.get("reason", "")),
        follows=[*_follow(found, kind, actor)],
        hidden={**typed, "kind": kind, SEEN: seen(visit.run)},
    )


def _follow(found: Known, kind: str, actor: Actor) -> Iterator[str]:
    """What follows, in sentences."""
    visit, paper, words = found.visit, found.paper, found.visit.words
    if kind == SENDER:
        who, _ = sender_of(visit, paper)
        if paper.sender and paper.sender != actor:
            yield words.say("pages.submission.follows.instead", who=line(who))
        if paper.automatic:
            yield words.say("pages.submission.follows.counts", ref=paper.ref)
        if paper.source == "papers" and paper.call:
            call = visit.plan.call(paper.call)
            asked = actor in audience(visit.plan, call.audience.actors)
            yield words.say(
                f"pages.submission.follows.{'heard' if asked else 'not_asked'}", who=actor.name, call=call.name
            )
    else:
        yield words.say(f"pages.submission.follows.{kind}", ref=paper.ref)
    yield words.say("pages.submission.follows.frozen")
    yield words.say("pages.submission.follows.pass")


def _entered(found: Known, kind: str, typed: Mapping[str, str], mistakes: Mistakes) -> Response:
    visit, paper = found.visit, found.paper
    try:
        with entering(visit) as run:
            _record(run, paper.ref, kind, typed)
    except StaffelstabError as error:
        if is_meanwhile(error) and _stands(known(visit).paper, kind, typed):
            return visit.go(f"submissions/{paper.ref}", "settled_before")
        mistakes.add(error)
        return shown(found, typed, mistakes)
    return visit.go(f"submissions/{paper.ref}", {SENDER: "assigned", WITHDRAW: "withdrawn", UNDO: "undone"}[kind])


def _record(run: Run, ref: str, kind: str, typed: Mapping[str, str]) -> None:
    if kind == SENDER:
        sender(run, ref, typed["actor"])
    else:
        withdraw(run, ref, typed["by"], typed["reason"], undo=kind == UNDO)


def _stands(paper: Submission, kind: str, typed: Mapping[str, str]) -> bool:
    """Whether this is how it stands already: the form was sent twice."""
    if kind == SENDER:
        return paper.attribution == "confirmed" and paper.sender is not None and paper.sender.id == typed["actor"]
    if kind == UNDO or paper.withdrawn is None:
        return False
    return (paper.withdrawn.by, paper.withdrawn.reason) == (typed["by"], line(typed["reason"]))
