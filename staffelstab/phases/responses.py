"""Who was called and who has delivered (R60): by call, with late and unreadable papers kept and named (R62, R63)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from staffelstab.documents.rendering.manuscript import Table, table
from staffelstab.phases.report import LEVELS, Note, note
from staffelstab.submissions.case.contents import Case, Submission
from staffelstab.timetable.plan.actors import Actor, audience
from staffelstab.timetable.plan.model import Call, Phase, Plan

COUNTS = ("called", "delivered", "papers", "late", "unread", "statements")
NOTES = (
    "no_papers",
    "missing_answers",
    "waiting",
    "unread",
    "nameless",
    "contradicted",
    "automatic",
    "doubtful",
    "audience_proposed",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """One of those called, and the papers that came from there."""

    actor: Actor
    papers: tuple[Submission, ...]


@dataclass(frozen=True, slots=True)
class CallState:
    """A call as it stands. `others` sent something without being called; nothing is refused. `set_aside` was sent by programs."""

    call: Call
    open: bool
    begun: bool
    answers: tuple[Answer, ...]
    papers: tuple[Submission, ...]
    others: tuple[Submission, ...]
    set_aside: tuple[Submission, ...] = ()

    @property
    def delivered(self) -> tuple[Answer, ...]:
        """Those called who have sent something."""
        return tuple(answer for answer in self.answers if answer.papers)

    @property
    def missing(self) -> tuple[Answer, ...]:
        """Those called who have not."""
        return tuple(answer for answer in self.answers if not answer.papers)

    @property
    def late(self) -> tuple[Submission, ...]:
        """Papers after the deadline: taken in and marked."""
        return tuple(paper for paper in self.papers if paper.late)

    @property
    def unread(self) -> tuple[Submission, ...]:
        """Papers that count as received but could not be read."""
        return tuple(paper for paper in self.papers if not (paper.readable or paper.waiting))

    @property
    def waiting(self) -> tuple[Submission, ...]:
        """Papers that count as received and are still to be read."""
        return tuple(paper for paper in self.papers if paper.waiting)

    @property
    def claimed(self) -> bool:
        """Whether any sender is only what a paper or mail says."""
        return any(paper.attribution in ("stated", "contradicted") for paper in self.papers)

    @property
    def nameless(self) -> tuple[Submission, ...]:
        """Papers of which nobody knows who sent them."""
        return tuple(
            paper for paper in self.papers if paper.sender is None and not paper.waiting and not paper.withdrawn
        )

    @property
    def statements(self) -> int:
        """How many paragraphs came in."""
        return sum(len(paper.statements) for paper in self.papers)


def calls_of(plan: Plan, phase: Phase) -> tuple[Call, ...]:
    """The calls whose papers the phase works on: its own, or for a phase without one those of the call phases before it."""
    own = tuple(call for call in plan.calls if call.phase == phase.number)
    earlier = tuple(call for call in plan.calls if call.phase < phase.number)
    return own or earlier


def state(case: Case, call: Call) -> CallState:
    """The call at the case's moment."""
    papers = case.of_call(call)
    called = audience(case.plan, call.audience.actors)
    standing = [paper for paper in papers if not paper.withdrawn]
    answers = tuple(Answer(actor, tuple(paper for paper in standing if paper.sender == actor)) for actor in called)
    senders = set(called)
    return CallState(
        call=call,
        begun=case.now >= case.plan.starts(call.opens.day),
        open=case.plan.starts(call.opens.day) <= case.now < case.plan.ends(call.deadline.day),
        answers=answers,
        papers=papers,
        others=tuple(paper for paper in standing if paper.sender is not None and paper.sender not in senders),
        set_aside=case.set_aside_of(call),
    )


def notes(state: CallState) -> Iterator[Note]:
    """What is missing or doubtful about a call."""
    if not state.begun:
        return
    if not state.papers:
        yield note("ask" if state.open else LEVELS[state.call.strength], "no_papers", call=state.call.name)
    elif state.missing:
        yield note("ask" if state.open else "warn", "missing_answers", n=len(state.missing), called=len(state.answers))
    if state.waiting:
        yield note("warn", "waiting", n=len(state.waiting))
    for paper in state.unread:
        yield note("warn", "unread", paper=paper.ref, reason=paper.reason or "empty")
    for paper in state.nameless:
        yield note("ask", "nameless", paper=paper.ref)
    for paper in state.papers:
        if paper.attribution == "contradicted" and not paper.withdrawn:
            yield note("ask", "contradicted", paper=paper.ref)
    for paper in state.set_aside:
        yield note("ask", "automatic", paper=paper.ref)
    for paper in state.papers:
        if paper.doubtful and not paper.withdrawn:
            yield note("ask", "doubtful", paper=paper.ref, at=paper.arrived)
    if state.call.audience.proposed:
        yield note("ask", "audience_proposed", call=state.call.name)


def counts(state: CallState) -> dict[str, int]:
    """The call in figures."""
    return {
        "called": len(state.answers),
        "delivered": len(state.delivered),
        "papers": len(state.papers),
        "late": len(state.late),
        "unread": len(state.unread),
        "statements": state.statements,
    }


def register(states: tuple[CallState, ...]) -> Table:
    """The register of papers: every paper and how it came in, also what was set aside because a program wrote it."""
    head = (
        "ref",
        "call",
        "sender",
        "arrived",
        "late",
        "arrivals",
        "form",
        "status",
        "reason",
        "paragraphs",
        "attribution",
    )
    return table(
        head,
        [
            (
                paper.ref,
                state.call.id,
                paper.sender.id if paper.sender else "",
                paper.arrived.isoformat(),
                "yes" if paper.late else "no",
                paper.arrivals,
                paper.form,
                "withdrawn" if paper.withdrawn else paper.status,
                paper.withdrawn.reason if paper.withdrawn else paper.reason,
                len(paper.statements),
                "automatic" if paper.automatic else paper.attribution,
            )
            for state in states
            for paper in (*state.papers, *state.set_aside)
        ],
    )


def passages(papers: tuple[Submission, ...]) -> Table:
    """Every paragraph with its source: nothing that was sent is left out."""
    return table(
        ("ref", "sender", "page", "text"),
        [
            (statement.ref, paper.sender.id if paper.sender else "", statement.page, statement.text)
            for paper in papers
            for statement in paper.statements
        ],
    )
