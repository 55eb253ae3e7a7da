"""The tables of a drafted plan file as values, their fields in the order in which they are written (`write.py`).

A field that still has its default was not found and is not written. Dates are those of the plan
(`staffelstab.timetable.plan.when.When`):
what nobody has resolved is marked as derived, assumed, open or unknown.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar

from staffelstab.timetable.draft.text.layout import Passage
from staffelstab.timetable.plan.model import Audience
from staffelstab.timetable.plan.when import When
from staffelstab.timetable.reading.strength import Modal

KEY = "key"
"""Under this name a field's metadata hold its key in the file where that is not its own name; "" if it is not written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A table of the plan file.

    `quote` is the sentence it comes from, `note` says what else there is to know; both are written last. `questions` to the author
    stand as comments above it. `passages` of the text are used up by it; they are not written.
    """

    table: ClassVar[str] = ""
    single: ClassVar[bool] = False

    quote: str = ""
    note: str = ""
    questions: tuple[str, ...] = field(default=(), metadata={KEY: ""})
    passages: tuple[Passage, ...] = field(default=(), metadata={KEY: ""})


@dataclass(frozen=True, slots=True, kw_only=True)
class Head(Item):
    """The plan's own fields, which stand above all tables."""

    id: str
    title: str
    organisation: str
    language: str
    timezone: str
    country: str
    state: str
    source: str
    coordinator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution(Item):
    """The resolution sheet. A field that is empty there stays empty and visible (R04)."""

    table: ClassVar[str] = "resolution"
    single: ClassVar[bool] = True

    body: str
    date: dt.date
    text: str | None = None
    grounds: str | None = None
    publicity: str | None = None
    further_measures: str | None = None
    finances: str | None = None
    coordinated_with: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote(Item):
    """How the resolution was voted on."""

    table: ClassVar[str] = "resolution.vote"
    single: ClassVar[bool] = True

    result: str
    yes: int | None = None
    no: int | None = None
    abstentions: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified(Item):
    """Who certified the resolution, where and when."""

    table: ClassVar[str] = "resolution.certified"
    single: ClassVar[bool] = True

    place: str = ""
    date: dt.date | None = None
    office: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible(Item):
    """Who answers for the resolution."""

    table: ClassVar[str] = "resolution.responsible"
    single: ClassVar[bool] = True

    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient(Item):
    """A name on the distribution list, and the actor it stands for where the draft knows one."""

    table: ClassVar[str] = "recipients"

    name: str
    body: str = ""
    group: str = ""
    office: str = ""
    strength: Modal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Perspective(Item):
    """A side that a synthesis brings together."""

    table: ClassVar[str] = "perspectives"

    id: str
    name: str
    joined: bool
    strength: Modal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Item):
    """An office; a vacant one says when it is filled and who acts until then, one that ends who follows."""

    table: ClassVar[str] = "offices"

    id: str
    name: str
    filled: When | None = None
    deputy: str = ""
    strength: Modal | None = None
    until: When | None = None
    successor: str = ""
    perspective: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Item):
    """A body that meets."""

    table: ClassVar[str] = "bodies"

    id: str
    name: str
    perspective: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Item):
    """Units of one kind."""

    table: ClassVar[str] = "groups"

    id: str
    name: str
    perspective: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Item):
    """A function within each unit."""

    table: ClassVar[str] = "roles"

    id: str
    name: str
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing(Item):
    """Who is heard in a phase, and by whom."""

    table: ClassVar[str] = "hearings"

    id: str
    name: str
    phase: int
    group: str
    roles: tuple[str, ...]
    by: str
    attempt: bool = False
    strength: Modal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Item):
    """Something outside the timetable."""

    table: ClassVar[str] = "events"

    id: str
    name: str
    date: When
    wall: bool = False
    strength: Modal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Item):
    """A session that treats a phase."""

    table: ClassVar[str] = "sessions"

    id: str
    name: str
    body: str
    date: When
    papers_due: str
    phase: int
    item: str
    strength: Modal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Item):
    """A phase with its days, and what makes it hand over."""

    table: ClassVar[str] = "phases"

    number: int
    name: str
    kind: str
    kind_assumed: bool = False
    overview: str = ""
    start: When
    end: When
    gate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Item):
    """A call for papers. An audience without actors is one that the text does not tell."""

    table: ClassVar[str] = "calls"

    id: str
    name: str
    phase: int
    opens: When
    deadline: When
    audience: Audience
    address: str
    asks: tuple[str, ...] = ()
    strength: Modal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material(Item):
    """What a phase works with."""

    table: ClassVar[str] = "materials"

    id: str
    name: str
    phase: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility(Item):
    """Who answers for working out an aspect."""

    table: ClassVar[str] = "responsibilities"

    id: str
    name: str
    actors: tuple[str, ...]
    standing: str = ""
    strength: Modal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resubmission(Item):
    """The occasion on which the matter comes back."""

    table: ClassVar[str] = "resubmission"
    single: ClassVar[bool] = True

    name: str
    event: str
    owners: tuple[str, ...]
    strength: Modal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports(Item):
    """How often the coordinator reports, and to whom; without `to` to the body that resolved it."""

    table: ClassVar[str] = "reports"
    single: ClassVar[bool] = True

    every: str
    to: tuple[str, ...] = ()
    standing: str = ""
    strength: Modal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Break(Item):
    """Days on which hardly anybody can be reached."""

    table: ClassVar[str] = "breaks"

    name: str
    since: dt.date = field(metadata={KEY: "from"})
    until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A whole draft, table by table; items of a kind stand in the order in which they are written."""

    head: Head
    resolution: Resolution
    vote: Vote
    certified: Certified | None
    responsible: Responsible
    recipients: tuple[Recipient, ...]
    perspectives: tuple[Perspective, ...]
    offices: tuple[Office, ...]
    bodies: tuple[Body, ...]
    groups: tuple[Group, ...]
    roles: tuple[Role, ...]
    hearings: tuple[Hearing, ...]
    events: tuple[Event, ...]
    sessions: tuple[Session, ...]
    phases: tuple[Phase, ...]
    calls: tuple[Call, ...]
    materials: tuple[Material, ...]
    responsibilities: tuple[Responsibility, ...]
    resubmission: Resubmission | None
    reports: Reports | None
    breaks: tuple[Break, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every table of the draft, the head apart."""
        single = (self.resolution, self.vote, self.certified, self.responsible, self.resubmission, self.reports)
        return (
            *(item for item in single if item),
            *self.recipients, *self.perspectives, *self.offices, *self.bodies, *self.groups, *self.roles, *self.hearings,
            *self.events, *self.sessions, *self.phases, *self.calls, *self.materials, *self.responsibilities, *self.breaks,
        )  # fmt: skip
