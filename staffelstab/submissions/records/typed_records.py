"""What a coordinator enters in sheets, as values: a class per sheet, its fields the columns in their order.

The table of columns (`kinds.RECORDS`) is read from here: a field without a default is a required column, and what a cell may hold
follows from the field's type. Choices are Literals, so that a misspelt one is found before anything runs.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal

from staffelstab.timetable.plan.model import IdeaType, Question

UnitId = Annotated[str, "unit"]
ActorId = Annotated[str, "actor"]
"""An office, body, group or unit of the plan."""
Actors = Annotated[tuple[str, ...], "actors"]
References = Annotated[tuple[str, ...], "references"]
"""Numbers of statements, papers or records ("B07.3; V02"), in capitals."""

TalkStatus = Literal["asked", "offered", "scheduled", "held", "refused", "vacant", "no_answer"]
Heading = Literal["bad", "good", "too_little", "not_at_all"]
FindingKind = Literal["weakness", "gap", "strength"]
IdeaKind = Literal["change", "project", "other"]
Term = Literal["short", "medium", "long"]
Stand = Literal["agrees", "objects", "unheard"]
Result = Literal["running", "confirmed", "mixed", "failed", "stopped"]
Verdict = Literal["adopt", "adapt", "later", "drop"]
Degree = Literal["none", "small", "large"]
Applicable = Literal["yes", "no", "with_changes"]
YesNo = Literal["yes", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row of a sheet: the newest one under its key, and when it was entered. Empty cells are "", () or None."""

    entered: dt.datetime

    @property
    def cites(self) -> tuple[str, ...]:
        """References to what it goes back to, in their order."""
        return ()

    @property
    def label(self) -> str:
        """What people call it."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered(Record):
    """A row that has a number of its own, such as V02."""

    id: str

    @property
    def label(self) -> str:
        """Its number."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview(Record):
    """A talk with whoever holds a role in a unit, and how it stands with it; `note` says why it was refused."""

    unit: UnitId
    role: str
    status: TalkStatus
    date: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFigures(Record):
    """A unit's members at the end of a year, and who joined and left during it."""

    unit: UnitId
    year: int
    members: int
    joined: int | None = None
    left: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Record):
    """How heavily a need weighs in a unit, as the holder of a role rates it."""

    unit: UnitId
    role: str = ""
    need: str
    severity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Numbered):
    """What runs badly, well, too little or not at all, and what follows from it."""

    heading: Heading
    text: str
    kind: FindingKind | None = None
    category: str = ""
    cause: str = ""
    sources: References = ()
    implication: str = ""

    @property
    def cites(self) -> tuple[str, ...]:
        """The papers and paragraphs it rests on."""
        return self.sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea(Numbered):
    """What could be done, in answer to which findings."""

    title: str
    text: str
    kind: IdeaKind | None = None
    type: IdeaType | None = None
    term: Term | None = None
    effort: str = ""
    target: str = ""
    level: str = ""
    findings: References = ()
    sources: References = ()
    proposed_by: Actors = ()

    @property
    def cites(self) -> tuple[str, ...]:
        """The papers it was proposed in, then the findings it answers."""
        return (*self.sources, *self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Record):
    """What an actor thinks of an idea."""

    idea: References
    actor: ActorId
    position: Stand
    note: str = ""

    @property
    def cites(self) -> tuple[str, ...]:
        """The idea."""
        return self.idea


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial(Numbered):
    """An idea tried out: where, by whom, when it would be stopped, what came of it."""

    idea: References
    place: UnitId
    owner: ActorId
    start: dt.date
    end: dt.date | None = None
    hypothesis: str
    stop_rule: str = ""
    result: Result | None = None
    lesson: str = ""

    @property
    def cites(self) -> tuple[str, ...]:
        """The idea."""
        return self.idea


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Record):
    """The verdict on an idea."""

    idea: References
    verdict: Verdict
    reason: str
    section: str = ""

    @property
    def cites(self) -> tuple[str, ...]:
        """The idea."""
        return self.idea

    @property
    def label(self) -> str:
        """The idea's number."""
        return "; ".join(self.idea)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Record):
    """The answer to one of the questions the plan asks about the concept."""

    question: Question
    answer: str
    options: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention(Record):
    """How far the concept intervenes in what a body does."""

    body: ActorId
    degree: Degree
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage(Numbered):
    """A passage of the concept."""

    section: str
    text: str
    responsible: ActorId = ""
    sources: References = ()

    @property
    def cites(self) -> tuple[str, ...]:
        """What it goes back to."""
        return self.sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicability(Record):
    """Whether the concept can be applied in a unit, as somebody there reads it."""

    unit: UnitId
    reader: str
    verdict: Applicable
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Numbered):
    """What is to be reached by when, and how one can tell."""

    year: int
    title: str
    owner: ActorId
    date: dt.date
    criterion: str
    binding: YesNo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange(Record):
    """What changes for a group of people, and how they hear of it."""

    group: str
    text: str
    channel: str = ""
    owner: ActorId = ""
    date: dt.date | None = None
