"""A plan's values. Every item may carry the sentence it comes from (`quote`) and its strength (R109).

An item without a quote is shown as derived or assumed. Dates are days in the plan's time zone; a deadline is inclusive, so it ends
with the start of the next day (R47).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo

import msgspec

from staffelstab.language import LANGUAGES, Language
from staffelstab.timetable.plan.when import When

if TYPE_CHECKING:
    Code = str
else:
    Code = Literal[LANGUAGES]  # the languages there are, which a checker of types cannot know

Strength = Literal["must", "should", "may", "information"]
ItemKind = Literal["presentation", "discussion", "review", "debate", "report", "adoption"]
Gate = Literal["deadline", "presentation", "decision", "complete"]
IdeaType = Literal["structure", "measure", "procedure"]
Question = Literal["form", "bindingness", "reach"]
Standing = Literal["adopted", "derived", "assumed", "unknown", "confirmed"]

Id = Annotated[str, msgspec.Meta(pattern=r"^\w[\w.-]{0,99}$")]
Number = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Days = Annotated[int, msgspec.Meta(ge=0, le=366)]
Year = Annotated[int, msgspec.Meta(ge=1, le=9999)]


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every item of a plan may say about itself.

    Where its sentence stands in the resolution is not written down but found (`reading/source.py`). `standing` is only
    needed where it differs from what the quote says: a reading of a sentence that is merely assumed (R58).
    """

    quote: str = ""
    strength: Strength = "must"
    note: str = ""
    standing: Standing | None = None

    @property
    def origin(self) -> Standing:
        """Whether a sentence of the resolution stands behind the item, and how surely."""
        return self.standing or ("adopted" if self.quote else "assumed")


class Count(Value, frozen=True, kw_only=True):
    """The votes counted, as far as they are known; what is not known stays None and is never computed (R14)."""

    yes: Number | None = None
    no: Number | None = None
    abstentions: Number | None = None


class Vote(Count, frozen=True, kw_only=True):
    """How the resolution itself was voted on."""

    result: Literal["adopted", "rejected", "returned"] = "adopted"


class Certified(Value, frozen=True, kw_only=True):
    """The certification block "f.d.R." (R15)."""

    place: str = ""
    date: dt.date | None = None
    office: str = ""


class Responsible(Value, frozen=True, kw_only=True):
    """The office responsible for the resolution (R16)."""

    office: str


class Resolution(Value, frozen=True, kw_only=True):
    """The resolution sheet (R01–R17). Empty fields stay empty and visible."""

    body: str
    date: dt.date
    text: str = ""
    grounds: str = ""
    publicity: str = ""
    further_measures: str = ""
    finances: str = ""
    coordinated_with: str = ""
    vote: Vote = Vote()
    certified: Certified = Certified()
    responsible: Responsible | None = None


class Recipient(Value, frozen=True, kw_only=True):
    """One group on the distribution list, its name verbatim (R09), and whom it stands for as far as the plan knows."""

    name: str
    body: str = ""
    group: str = ""
    role: str = ""
    office: str = ""


class Perspective(Value, frozen=True, kw_only=True):
    """A side of the organisation; those `joined` are brought together in a synthesis (R76)."""

    id: Id
    name: str
    joined: bool = True


class Office(Value, frozen=True, kw_only=True):
    """An office, never a person: who holds it is known to the ledger alone.

    It may be valid for a time (`since` to `until`, both included; R50). A vacant one says when it is `filled` and who appoints
    (`appointed_by`, R53, R55); until then its `deputy` acts.
    """

    id: Id
    name: str
    body: str = ""
    perspective: str = ""
    since: When | None = msgspec.field(default=None, name="from")
    until: When | None = None
    filled: When | None = None
    appointed_by: str = ""
    deputy: str = ""
    successor: str = ""


class Seat(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A seat on a body: an office of its own, or one that the plan describes elsewhere (then without a name)."""

    id: Id
    name: str = ""


class Body(Value, frozen=True, kw_only=True):
    """A body that meets, and its seats."""

    id: Id
    name: str
    perspective: str = ""
    seats: tuple[Seat, ...] = ()


class Unit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An association: a branch, a district, a section."""

    id: Id
    name: str
    region: str = ""
    city: bool = False


class Group(Value, frozen=True, kw_only=True):
    """Units of one kind."""

    id: Id
    name: str
    perspective: str = ""
    units: tuple[Unit, ...] = ()


class Role(Value, frozen=True, kw_only=True):
    """A function that exists once in every unit of a group."""

    id: Id
    name: str
    short: str = ""


class Hearing(Value, frozen=True, kw_only=True):
    """Who is to be heard in a phase: every role in every unit (R69), or the attempt at it (R74)."""

    id: Id
    name: str
    phase: Number
    group: str
    roles: tuple[str, ...]
    by: str = ""
    attempt: bool = False


class Event(Value, frozen=True, kw_only=True):
    """Something outside the timetable, perhaps without a date yet (R103). A wall cannot be moved (R46)."""

    id: Id
    name: str
    date: When
    wall: bool = False


class Session(Value, frozen=True, kw_only=True):
    """A session of a body, what the item is to be there (R108), and when its papers are frozen (R42).

    `time` is when it begins, on the clocks of the plan's zone.
    """

    id: Id
    name: str
    body: str
    date: When
    papers_due: When
    phase: Number
    item: ItemKind
    time: dt.time | None = None
    place: str = ""


class Phase(Value, frozen=True, kw_only=True):
    """A phase: `kind` names its flow, `gate` when it hands over.

    `kind_assumed` says that the resolution does not tell what is done in it: what its kind asks for is then a question, no duty.
    `meanwhile` is the actor who is responsible in a gap between its end and the next phase (R41).
    """

    number: Number
    name: str
    kind: str
    start: When
    end: When
    gate: Gate
    kind_assumed: bool = False
    overview: str = ""
    meanwhile: str = ""

    @property
    def id(self) -> str:
        """The name under which rules and the ledger speak of the phase."""
        return f"phase-{self.number}"


class Audience(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is called. A `proposed` audience is not in the resolution (R83)."""

    adopted: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()
    note: str = ""

    @property
    def actors(self) -> tuple[str, ...]:
        """Bodies, groups and offices, adopted or proposed."""
        return self.adopted or self.proposed


class Call(Value, frozen=True, kw_only=True):
    """A call for papers."""

    id: Id
    name: str
    phase: Number
    opens: When
    deadline: When
    audience: Audience
    address: str = ""
    asks: tuple[str, ...] = ()


class Material(Value, frozen=True, kw_only=True):
    """What a phase is to work with (R66), and where it comes from: the id of a call, a hearing or an actor; "" if nobody said."""

    id: Id
    name: str
    phase: Number
    source: str = ""


class Responsibility(Value, frozen=True, kw_only=True):
    """Who answers for working out the aspects, in the resolution's word for them and as understood (R56, R58)."""

    id: Id
    name: str
    actors: tuple[str, ...]


class Section(Value, frozen=True, kw_only=True):
    """A chapter that the concept must have, and the actor responsible for it (R25, R56)."""

    id: Id
    name: str
    responsible: str = ""


class Concept(Value, frozen=True, kw_only=True):
    """What makes the concept complete (R20–R25, R94)."""

    types: tuple[IdeaType, ...] = ()
    questions: tuple[Question, ...] = ()
    applicability: str = ""
    levels: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


class Horizon(Value, frozen=True, kw_only=True):
    """The years for which milestones are wanted (R22, R101)."""

    first: Year
    last: Year
    at_most: Year | None = None


class Resubmission(Value, frozen=True, kw_only=True):
    """The concept comes back when something happens (R103): `event` is its id; its date may be unknown, with candidates."""

    name: str
    event: str
    owners: tuple[str, ...]


class Reports(Value, frozen=True, kw_only=True):
    """How often the coordinator reports even without a result (R51), an ISO duration such as P4W; without `to`, to the body that
    resolved the plan.
    """

    every: str
    to: tuple[str, ...] = ()


class Reminder(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days before a call's deadline on which those who have not delivered are reminded."""

    call: str
    days_before: tuple[Days, ...]


class Break(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Days on which hardly anybody can be reached, such as school holidays."""

    name: str
    since: dt.date = msgspec.field(name="from")
    until: dt.date

    def days(self) -> Iterator[dt.date]:
        """Every day of the break."""
        for offset in range((self.until - self.since).days + 1):
            yield self.since + dt.timedelta(days=offset)


class Plan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, cache_hash=True, dict=True):
    """A whole plan, its dates resolved.

    What is looked up by number or id is indexed once for each plan: a long one is asked thousands of times.
    """

    id: Id
    title: str
    organisation: str
    language: Code
    timezone: str
    resolution: Resolution
    coordinator: str
    phases: tuple[Phase, ...]
    sessions: tuple[Session, ...]
    bodies: tuple[Body, ...] = ()
    country: str = "DE"
    state: str = ""
    source: str = ""
    codebook: str = ""
    reader_walls: Literal["used", "required"] = "used"
    recipients: tuple[Recipient, ...] = ()
    perspectives: tuple[Perspective, ...] = ()
    offices: tuple[Office, ...] = ()
    groups: tuple[Group, ...] = ()
    roles: tuple[Role, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    events: tuple[Event, ...] = ()
    calls: tuple[Call, ...] = ()
    materials: tuple[Material, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    sections: tuple[Section, ...] = ()
    concept: Concept = Concept()
    horizon: Horizon | None = None
    resubmission: Resubmission | None = None
    reports: Reports | None = None
    reminders: tuple[Reminder, ...] = ()
    breaks: tuple[Break, ...] = ()

    @property
    def words(self) -> Language:
        """What this plan's people read: messages, dates and numbers in its language."""
        return Language(self.language)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the plan's days begin and end."""
        return ZoneInfo(self.timezone)

    @cached_property
    def _phases(self) -> dict[int, Phase]:
        return {phase.number: phase for phase in self.phases}

    @cached_property
    def _sessions(self) -> dict[str, Session]:
        return {session.id: session for session in self.sessions}

    @cached_property
    def _treating(self) -> dict[int, Session]:
        return {session.phase: session for session in reversed(self.sessions)}

    @cached_property
    def _calls(self) -> dict[str, Call]:
        return {call.id: call for call in self.calls}

    def phase(self, number: int) -> Phase:
        """The phase with this number. Raises KeyError."""
        return self._phases[number]

    def before(self, phase: Phase) -> Phase | None:
        """The phase that hands over to `phase`."""
        at = self.phases.index(phase)
        return self.phases[at - 1] if at else None

    def after(self, phase: Phase) -> Phase | None:
        """The phase that `phase` hands over to."""
        at = self.phases.index(phase) + 1
        return self.phases[at] if at < len(self.phases) else None

    def session(self, session: str) -> Session:
        """The session with this id. Raises KeyError."""
        return self._sessions[session]

    def session_of(self, phase: Phase) -> Session | None:
        """The session at which the phase's results are treated."""
        return self._treating.get(phase.number)

    def day_of(self, session: Session) -> str:
        """The day by which a session's papers are filed; a second session of that day adds its id."""
        day = session.date.day.isoformat()
        first = next((item for item in self.sessions if item.date.date == session.date.date), session)
        return day if first.id == session.id else f"{day}-{session.id}"

    def call(self, call: str) -> Call:
        """The call with this id. Raises KeyError."""
        return self._calls[call]

    @property
    def occasion(self) -> Event | None:
        """The event at which the concept comes back; None if the plan has no resubmission."""
        wanted = self.resubmission.event if self.resubmission else ""
        return next((event for event in self.events if event.id == wanted), None)

    @property
    def days_of_return(self) -> tuple[dt.date, ...]:
        """When the concept comes back: the day of the occasion or, while that is unknown, its candidates."""
        when = self.occasion.date if self.occasion else When()
        return (when.date,) if when.date else when.candidates

    def starts(self, day: dt.date) -> dt.datetime:
        """The first instant of a day in the plan's zone."""
        return dt.datetime.combine(day, dt.time(), self.zone)

    def ends(self, day: dt.date) -> dt.datetime:
        """The first instant after a day: a deadline on that day is kept before it (R47)."""
        return self.starts(day + dt.timedelta(days=1))
