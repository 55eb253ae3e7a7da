"""What a case consists of: submissions with their statements, records, and what was decided, frozen and handed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from staffelstab.submissions.records.typed_records import (
    Answer,
    Applicability,
    Assessment,
    Finding,
    GroupChange,
    Idea,
    Intervention,
    Interview,
    MemberFigures,
    Milestone,
    Need,
    Passage,
    Position,
    Trial,
)
from staffelstab.timetable.plan.actors import Actor
from staffelstab.timetable.plan.change import RecordedChange
from staffelstab.timetable.plan.model import Call, Count, Plan


@dataclass(frozen=True, slots=True)
class Statement:
    """One paragraph of a paper. `ref` is what people cite, such as B07.3."""

    ref: str
    text: str
    page: int | None = None


Attribution = Literal[
    "",  # nobody is named
    "stated",  # as the paper or the mail says; nobody has checked it
    "contradicted",  # the paper and the mail name different actors, or mails of one actor come from different addresses
    "confirmed",  # somebody has entered it
]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That somebody took back a paper or a row: what people call it, who did (an actor's id), when, and why."""

    ref: str
    by: str
    at: dt.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class PartLeftOut:
    """A part of a paper (an attachment, a file in an archive) that could not be read: its name, fit to be shown, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cautions:
    """What a person should know about the reading of a paper, minutes or a sheet called `ref`."""

    ref: str
    notices: tuple[str, ...] = ()
    parts_left_out: tuple[PartLeftOut, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.notices or self.parts_left_out)


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission or the minutes of an interview. Times are in the plan's zone.

    `id` is random and says nothing; `ref` (B07, G02) is what people cite. `doubtful` means that the moment of arrival is uncertain
    and that it matters. `arrivals` counts how often the very same paper came in. `newer` is the ref of what lies in its place now.
    `seq` is the number of its receipt in the journal. `attribution` says what `sender` rests on. `automatic`: a program wrote it
    ("reply", "report" or "bulk"), and nobody has said that it is somebody's contribution all the same.

    A `withdrawn` paper stays in the register and says nothing any more.
    """

    id: str
    ref: str
    source: str
    arrived: dt.datetime
    form: str
    status: str
    reason: str = ""
    call: str = ""
    late: bool = False
    doubtful: bool = False
    arrivals: int = 1
    sender: Actor | None = None
    unit: str = ""
    role: str = ""
    held_on: dt.date | None = None
    newer: str = ""
    notices: tuple[str, ...] = ()
    parts: int = 0
    parts_left_out: tuple[PartLeftOut, ...] = ()
    statements: tuple[Statement, ...] = ()
    seq: int = 0
    withdrawn: Withdrawal | None = None
    attribution: Attribution = ""
    automatic: str = ""

    @property
    def waiting(self) -> bool:
        """Whether it is taken in but not read yet."""
        return self.status == "waiting"

    @property
    def perspective(self) -> str:
        """The side of the organisation the paper speaks for; "" if nobody knows, or if it speaks no longer."""
        return self.sender.perspective if self.sender and not self.withdrawn else ""

    @property
    def readable(self) -> bool:
        """Whether any text could be read."""
        return bool(self.statements) or self.withdrawn is not None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row (0: the whole sheet) that could not be taken: where it stands and why (catalogue key below `case.row`).

    The sheet itself is kept. `unread` says why nothing at all could be read of it (key below `intake.reason`).
    """

    kind: str
    sheet: str
    row: int
    reason: str
    facts: Mapping[str, str] = field(default_factory=dict)
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """So many things in the inbox that were not taken for a reason, lying where input of the kind `source` belongs."""

    reason: str
    count: int
    source: str = "papers"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a session did with its item. `notes` are the points of the discussion.

    The body `met` on one day; what it did was entered `at` another moment, perhaps later. A correction names what stood there
    before it as `former`.
    """

    session: str
    at: dt.datetime
    outcome: str
    vote: Count
    notes: tuple[str, ...] = ()
    assumed: bool = False
    met: dt.date | None = None
    former: Decision | None = None

    @property
    def day(self) -> dt.date:
        """The day documents tell: the one on which the body met."""
        return self.met or self.at.date()


@dataclass(frozen=True, slots=True)
class Frozen:
    """A dossier that no longer changes: when, the ledger's objects by format, and the number of its entry in the journal."""

    session: str
    at: dt.datetime
    objects: Mapping[str, str]
    summary: Mapping[str, int]
    seq: int = 0


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A phase that has handed over: when, and the hash of its baton."""

    phase: int
    at: dt.datetime
    hash: str


@dataclass(frozen=True)
class Case:
    """Everything known about a plan at `now`; `seen` is the number of the last entry of the journal it was made of.

    `incomplete` says that something that comes in could not be looked at at that very moment. `set_aside` came in
    but was written by a program: it is nobody's contribution until somebody says so.

    Between minutes and `rejected` stand the current rows of each sheet, under the sheet's name. `withdrawn` are rows that were
    taken back, `rows` tells by what people call a row (V02, needs-1:3) in which sheet it stands, and its number there; `sheets`
    tells the id of a sheet by what people call it (needs-1).
    """

    plan: Plan
    now: dt.datetime
    papers: tuple[Submission, ...] = ()
    minutes: tuple[Submission, ...] = ()
    interviews: tuple[Interview, ...] = ()
    figures: tuple[MemberFigures, ...] = ()
    needs: tuple[Need, ...] = ()
    findings: tuple[Finding, ...] = ()
    ideas: tuple[Idea, ...] = ()
    positions: tuple[Position, ...] = ()
    trials: tuple[Trial, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    questions: tuple[Answer, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    concept: tuple[Passage, ...] = ()
    applicability: tuple[Applicability, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    changes: tuple[GroupChange, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    withdrawn: tuple[Withdrawal, ...] = ()
    rows: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)
    skipped: tuple[Skipped, ...] = ()
    about_sheets: tuple[Cautions, ...] = ()
    decisions: tuple[Decision, ...] = ()
    frozen: tuple[Frozen, ...] = ()
    handed_over: tuple[HandedOver, ...] = ()
    recorded_changes: tuple[RecordedChange, ...] = ()
    incomplete: bool = False
    last_seq: int = 0
    set_aside: tuple[Submission, ...] = ()

    @property
    def today(self) -> dt.date:
        """The day it is in the plan's zone."""
        return self.now.astimezone(self.plan.zone).date()

    @property
    def taken_back(self) -> tuple[Withdrawal, ...]:
        """Papers, minutes and rows that were withdrawn."""
        papers = (paper.withdrawn for paper in (*self.papers, *self.minutes) if paper.withdrawn)
        return (*papers, *self.withdrawn)

    @property
    def cautions(self) -> tuple[Cautions, ...]:
        """What a person should know about the reading of whatever lies there now; nothing about what was read whole."""
        papers = (paper for paper in (*self.papers, *self.minutes) if not paper.newer)
        about = (Cautions(paper.ref, paper.notices, paper.parts_left_out) for paper in papers)
        return tuple(item for item in (*about, *self.about_sheets) if item)

    def of_call(self, call: Call) -> tuple[Submission, ...]:
        """The papers of a call, newest versions only."""
        return tuple(paper for paper in self.papers if paper.call == call.id and not paper.newer)

    def set_aside_of(self, call: Call) -> tuple[Submission, ...]:
        """What programs wrote while it was open, newest versions only."""
        return tuple(
            paper for paper in self.set_aside if paper.source == "papers" and paper.call == call.id and not paper.newer
        )

    def decision(self, session: str) -> Decision | None:
        """The latest decision recorded for a session."""
        return next((item for item in reversed(self.decisions) if item.session == session), None)

    def frozen_for(self, session: str) -> Frozen | None:
        """The frozen dossier of a session."""
        return next((item for item in self.frozen if item.session == session), None)

    def handed(self, phase: int) -> HandedOver | None:
        """The hand-over of a phase."""
        return next((item for item in self.handed_over if item.phase == phase), None)

    def statement(self, ref: str) -> tuple[Submission, Statement] | None:
        """The paper and paragraph behind a reference such as B07.3."""
        return self._statements.get(ref.upper())

    def paper(self, ref: str) -> Submission | None:
        """The paper or minutes called B07 or G02."""
        return self._papers.get(ref.upper())

    @cached_property
    def _statements(self) -> dict[str, tuple[Submission, Statement]]:
        return {statement.ref: (paper, statement) for paper in self._everything for statement in paper.statements}

    @cached_property
    def _papers(self) -> dict[str, Submission]:
        return {paper.ref: paper for paper in self._everything}

    @property
    def _everything(self) -> tuple[Submission, ...]:
        return (*self.papers, *self.minutes, *self.set_aside)
