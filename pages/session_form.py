"""The form for a session's result: everything checked first, then what would follow, then the entry; the command's own code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote_plus

from starlette.responses import Response

from pages.entering import Mistakes, entering, is_meanwhile
from pages.forms import seen
from pages.session import VOTES, Known, known, shown, told
from pages.visit import Visit
from staffelstab.documents.rendering.characters import line
from staffelstab.errors import RecordError, StaffelstabError
from staffelstab.language import Fact
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.service.decide import OUTCOMES, Recorded, points_of, proposed_decision, record_decision
from staffelstab.service.decision_consequences import Consequences, consequences
from staffelstab.service.pass_work import reason_for_pass
from staffelstab.submissions.case.contents import Decision
from staffelstab.timetable.plan.model import Count

TYPED = ("outcome", *VOTES, "points", "correction")
MOST_POINTS = 990_000
"""So many bytes the points may have as a form sends them, far less than is taken: a form with more still comes back as typed."""
FIELD_OF = {
    "steps.unknown_outcome": "outcome",
    "steps.decided_already": "correction",
    "steps.nothing_to_correct": "correction",
}
"""At which field a refusal stands; any other concerns the form as a whole."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form says, read."""

    outcome: str
    vote: Count
    points: tuple[str, ...]
    correction: bool


def post(visit: Visit) -> Response:
    """Refuse, show what would follow, or enter it."""
    found = known(visit)
    typed = {name: visit.fields.text(name) for name in TYPED}
    if visit.fields.text("do") == "change":
        return shown(found, typed)
    mistakes = Mistakes(visit.plan.language)
    read = _read(visit, mistakes)
    decision = _proposed(found, read, mistakes)
    if visit.fields.text("do") == "enter" and read is not None:
        return _entered(found, read, decision, typed, mistakes)
    if mistakes or decision is None:
        return shown(found, typed, mistakes)
    return _preview(found, decision, typed)


def _read(visit: Visit, mistakes: Mistakes) -> Typed | None:
    """The fields as values; None if one of them cannot be."""
    fields, counted = visit.fields, dict[str, int | None].fromkeys(VOTES)
    outcome = fields.text("outcome")
    if outcome not in OUTCOMES:
        mistakes.add(RecordError("steps.unknown_outcome", outcome="", known=""), "outcome")
    for name in VOTES:
        with mistakes.at(name):
            counted[name] = fields.number(name)
    with mistakes.at("points"):
        if len(quote_plus(fields.text("points"))) > MOST_POINTS:
            raise RecordError("pages.session.too_long")
    if mistakes:
        return None
    vote = Count(yes=counted["yes"], no=counted["no"], abstentions=counted["abstentions"])
    return Typed(outcome, vote, tuple(points_of(fields.text("points"))), fields.ticked("correction"))


def _proposed(found: Known, read: Typed | None, mistakes: Mistakes) -> Decision | None:
    """The decision that would be entered; None if it is refused."""
    if read is None:
        return None
    run, session = found.visit.run, found.session.id
    try:
        return proposed_decision(
            run, found.case, session, read.outcome, read.vote, read.points, correction=read.correction
        )
    except RecordError as error:
        mistakes.add(error, FIELD_OF.get(error.key, ""))
        return None


def _preview(found: Known, decision: Decision, typed: dict[str, str]) -> Response:
    phrasing, run = Phrasing(found.visit.plan), found.visit.run
    with run.workspace.open(read_only=True) as ledger:
        after = consequences(found.visit.case(ledger), decision, found.entries)
    return found.visit.shown(
        "session_preview",
        session=found.session,
        decision=told(run.plan, decision),
        points=[line(point) for point in decision.notes],
        former=phrasing.outcome(decision.former) if decision.former else "",
        follows=[*_follow(found, after)],
        hidden={**typed, "seen": seen(run)},
    )


def _follow(found: Known, after: Consequences) -> Iterator[str]:
    """What follows, in sentences."""
    words, phase = found.visit.words, after.phase
    facts: dict[str, Fact] = {"number": phase.number, "phase": phase.name}
    facts |= {"gate": words.say(f"pages.session.needs.{phase.gate}")}
    facts |= {"next": after.next.number if after.next else 0, "next_name": after.next.name if after.next else ""}
    facts |= {"before": after.waits_for.number if after.waits_for else 0}
    state = after.gate.state
    last = "_last" if state == "open" and after.next is None else ""
    yield words.say(f"pages.session.follows.{state}{last}", **facts)
    if after.gate.debts and state == "open":
        yield words.say("pages.session.follows.debts", n=after.gate.debts)
    if found.paper.state != "frozen":
        yield words.say("pages.session.follows.unfrozen")
    for occasion, n in after.letters.items():
        yield words.say("pages.session.follows.letters", n=n, what=words.say(f"pages.session.kind.{occasion}"))
    if after.answers and after.day:
        yield words.say("pages.session.follows.answers", n=after.answers, day=after.day)
    if not after.letters and not after.answers:
        yield words.say("pages.session.follows.no_letters")


def _entered(
    found: Known, read: Typed, decision: Decision | None, typed: dict[str, str], mistakes: Mistakes
) -> Response:
    """Enter it on what the preview was based on, and ask for the pass that acts on it."""
    visit = found.visit
    if decision is None and not _stands(found, read):
        return shown(found, typed, mistakes)
    try:
        with entering(visit) as run:
            done = record_decision(
                run, found.session.id, read.outcome, vote=read.vote, notes=read.points, correction=read.correction
            )
    except StaffelstabError as error:
        if is_meanwhile(error) and _stands(found, read):
            return visit.go(f"sessions/{found.session.id}", "decided_before")
        mistakes.clear()
        mistakes.add(error, FIELD_OF.get(error.key, ""))
        return shown(found, typed, mistakes)
    return _said(visit, found, done)


def _said(visit: Visit, found: Known, done: Recorded) -> Response:
    taken_up = visit.site.runs.ask_for_pass(visit.plan, reason_for_pass("decided", done.entry))
    key = "corrected" if done.former else "decided"
    return visit.go(f"sessions/{found.session.id}", key if taken_up else f"{key}_no_pass")


def _stands(found: Known, read: Typed) -> bool:
    """Whether this very decision stands already: the form was sent twice."""
    standing = found.decision
    return standing is not None and (standing.outcome, standing.vote, standing.notes) == (
        read.outcome,
        read.vote,
        read.points,
    )
