"""Today's work from journal and plan alone, quick enough for `staffelstab status`: what cannot wait comes first (U17)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from staffelstab.language import Fact
from staffelstab.ledger.entries import HandedOn, Surveyed, missing_walls_after, unread_after, waiting_after
from staffelstab.ledger.values import Entry
from staffelstab.legible import legible_name
from staffelstab.publishing.artifacts.working_folder import MOST, Folder, Open
from staffelstab.publishing.outbox.deliveries import KINDS as SENDING
from staffelstab.publishing.outbox.deliveries import releases_in
from staffelstab.publishing.outbox.letter_names import is_file_of
from staffelstab.submissions.case.left_lying import LyingThere
from staffelstab.timetable.agenda.appointments import Appointment, agenda, between, upcoming
from staffelstab.timetable.plan.model import Phase, Plan
from staffelstab.timetable.plan.overlaps import gap_on, in_charge
from staffelstab.timetable.plan.when import When

KINDS = (
    "frozen",
    "decided",
    "handed_over",
    "surveyed",
    "pass",
    "letter",
    "assigned",
    "withdrawn",
    "confirmed",
    "amended",
    "unreached",
    *SENDING,
)
ENTERED = frozenset({"decided", "assigned", "withdrawn", "confirmed", "amended"})
"""What people enter; what a phase found open may be settled by it."""
CLOCK_LINE = "clock"
STALE = dt.timedelta(days=2)
CLOSE = dt.timedelta(weeks=4)
SHOWN = 5
"""So many details of a line are shown."""
NAMED = 50
"""So many things that were not taken or not wholly read are named."""
TO_COME = frozenset({"next", "next_uncertain"})
SYSTEM = "system"
"""What an operating system left lying: told, and no work."""
FOR_INFORMATION = TO_COME | {"gap", "gap_answered", SYSTEM}
"""Lines that ask for nothing."""
CALM = FOR_INFORMATION | {"nothing"}
"""Lines of a day on which nobody has to do anything."""
BY_A_PASS = frozenset({"never_ran", "stale", "missed", "not_today", "waiting", "unread", "walls", "walls_refused"})
"""Lines that the next pass settles; one that is running itself leaves them out."""
NOTHING = Folder()
_RUN = "staffelstab run"
COMMANDS = dict.fromkeys(
    ("never_ran", "not_today", "missed", "freeze", "freeze_expected", "unreached", "waiting", "unread"), _RUN
) | {
    "decide": "staffelstab record decision {} …",
    "decide_today": "staffelstab record decision {} …",
    "confirm_session": "staffelstab confirm {} --date …",
    "confirm_office": "staffelstab confirm {} --date …",
}
"""What one types to do what a line says, by its key; the place is for its subject."""


class Todo(msgspec.Struct, frozen=True):
    """One line of today's work; `urgent` if it cannot wait. `key` is below `overview.todo`; `details` say which, one by one.

    `subject` is what it is about, if that is one thing of the plan: a session, an item to be confirmed, a phase.
    `linked` is the text for a page, where a link leads to the place that the text names; "" if it names none.
    """

    key: str
    text: str
    urgent: bool
    details: tuple[str, ...] = ()
    subject: str = ""
    linked: str = ""

    @property
    def command(self) -> str:
        """What one types to do it; "" where nothing is to be typed."""
        return COMMANDS.get(self.key, "").format(self.subject)


class Walls(msgspec.Struct, frozen=True):
    """The walls around the reader of papers that this system does not offer; `refused`: nothing is read for that reason."""

    missing: tuple[str, ...] = ()
    refused: bool = False


def todo(plan: Plan, now: dt.datetime, entries: Iterable[Entry], folder: Folder = NOTHING) -> tuple[Todo, ...]:
    """Everything to be done at `now`, the urgent first; that there is nothing to do is said only if that is so."""
    found = list(_all(plan, now.astimezone(plan.zone), _Journal(entries), folder))
    return _or_nothing(plan, sorted(found, key=lambda item: not item.urgent))


def _or_nothing(plan: Plan, found: Sequence[Todo]) -> tuple[Todo, ...]:
    if all(item.key in FOR_INFORMATION for item in found):
        return (_line(plan, "nothing", False), *found)
    return tuple(found)


def last_pass(entries: Iterable[Entry]) -> dt.datetime | None:
    """When the last pass ran; None if none has run yet."""
    return _Journal(entries).last_pass


class _Journal:
    def __init__(self, entries: Iterable[Entry]) -> None:
        self.frozen: set[str] = set()
        self.decided: set[str] = set()
        self.handed: set[int] = set()
        self.surveyed: dict[str, Surveyed] = {}
        self.last_pass: dt.datetime | None = None
        self.letters: list[Entry] = []
        self.sending: list[Entry] = []
        self.unreached: dt.datetime | None = None
        self.entered = 0
        self.waiting = self.unread = 0
        self.walls = Walls()
        for entry in entries:
            match entry.kind:
                case "frozen":
                    self.frozen.add(entry.subject)
                case "decided":
                    self.decided.add(entry.subject)
                case "handed_over":
                    self.handed.add(HandedOn.of(entry).phase)
                case "surveyed":
                    self.surveyed[entry.phase] = Surveyed.of(entry)
                case "pass":
                    self._passed(entry)
                case "unreached":
                    self.unreached = entry.at
                case "letter":
                    self.letters.append(entry)
                case kind if kind in SENDING:
                    self.sending.append(entry)
            if entry.kind in ENTERED:
                self.entered = entry.seq

    def _passed(self, entry: Entry) -> None:
        self.last_pass, self.waiting, self.unread = entry.at, waiting_after(entry), unread_after(entry)
        walls = missing_walls_after(entry)
        if walls is not None:
            self.walls = Walls(walls, bool(entry.facts.get("refused")))


def _all(plan: Plan, now: dt.datetime, journal: _Journal, folder: Folder) -> Iterator[Todo]:
    yield from _sessions(plan, now, journal)
    yield from _passes(plan, now, journal)
    if journal.unreached and journal.unreached >= (journal.last_pass or journal.unreached):
        yield _line(plan, "unreached", True, at=journal.unreached.astimezone(plan.zone))
    if journal.waiting:
        yield _line(plan, "waiting", False, n=journal.waiting)
    if journal.unread:
        yield _line(plan, "unread", False, n=journal.unread)
    yield from walls_line(plan, journal.walls)
    for phase in plan.phases:
        last = journal.surveyed.get(phase.id)
        if last is not None and phase.number not in journal.handed:
            yield from _left(plan, now, phase, last, journal, folder.found_open.get(phase.id, Open()))
    yield from _unconfirmed(plan, now.date())
    yield from _between_phases(plan, now.date())
    yield from _appointments(plan, now.date())
    yield from _letters(plan, journal, folder.letters)
    yield from left_out(plan, folder)


def left_out(plan: Plan, folder: Folder) -> Iterator[Todo]:
    """What was not taken or not wholly read: how much in the line, which in its details."""
    words, lying = plan.words, folder.left_lying
    things = [item for item in lying.things if not item.waits]
    names = [_lies(plan, item) for item in lying.things]
    if things or lying.more:
        yield _all_named(plan, "passed_over", names, len(things) + lying.more)
    if papers := folder.cautions.papers:
        yield _all_named(plan, "with_care", folder.cautions.sentences, papers)
    if lying.system:
        yield Todo(SYSTEM, words.say("overview.todo.system", n=lying.system), False)


def _lies(plan: Plan, item: LyingThere) -> str:
    what, since = plan.words.say(f"intake.skipped.{item.reason}"), item.since.astimezone(plan.zone).date()
    return plan.words.say("overview.todo.lying.lies", name=legible_name(item.name), since=since, what=what)


def _all_named(plan: Plan, key: str, names: Sequence[str], n: int) -> Todo:
    more = [plan.words.say("overview.todo.lying.more", n=len(names) - NAMED)] if len(names) > NAMED else []
    return Todo(key, plan.words.say(f"overview.todo.{key}", n=n), False, (*names[:NAMED], *more))


def walls_line(plan: Plan, walls: Walls) -> Iterator[Todo]:
    """Which walls around the reader of papers are missing, if any are."""
    if walls.missing:
        which = plan.words.listed(plan.words.say(f"intake.wall_name.{wall}") for wall in walls.missing)
        yield _line(plan, "walls_refused" if walls.refused else "walls", walls.refused, which=which)


def last_walls(entries: Iterable[Entry]) -> Walls:
    """What the last pass that read anything says of the walls."""
    return _Journal(entries).walls


def _passes(plan: Plan, now: dt.datetime, journal: _Journal) -> Iterator[Todo]:
    """How long ago the last pass was, and what has passed since without one."""
    last, one = journal.last_pass, dt.timedelta(days=1)
    ran_on = last.astimezone(plan.zone).date() if last else agenda(plan)[0].day - one
    passed = between(plan, ran_on, now.date() - one)
    which = tuple(f"{plan.words.day(item.day)}: {_what(plan, item)}" for item in passed)
    if last is None:
        yield _line(plan, "never_ran", True, which)
    elif now - last > STALE:
        yield _line(plan, "stale", True, at=last.astimezone(plan.zone))
    if last is not None and passed:
        yield _line(plan, "missed", True, which, n=len(passed))
    elif last is not None and ran_on < now.date() and now - last <= STALE:
        yield _line(plan, "not_today", False)


def lying_letters(entries: Iterable[Entry], names: Sequence[str]) -> dict[str, Entry]:
    """The drafts that lie in the outbox and wait for somebody: each file with the entry of its letter. `names`: of those there."""
    known = tuple(entries)
    released = releases_in(known)
    drafted = [entry for entry in known if entry.kind == "letter" and _letter(entry) not in released]
    return {name: entry for entry in drafted for name in names if is_file_of(name, _letter(entry))}


def _letter(entry: Entry) -> str:
    return str(entry.key).partition(":")[2]


def _letters(plan: Plan, journal: _Journal, lying: Sequence[str]) -> Iterator[Todo]:
    """Letters of which nobody knows whether they arrived or that were refused, and those to be posted; then how many drafts lie in
    the outbox that nobody has released, since when, and which."""
    states = Counter(one.state for item in releases_in(journal.sending).values() for one in item.deliveries)
    if unclear := states["unknown"] + states["refused"]:
        yield _line(plan, "letters_unclear", True, n=unclear)
    if states["to_post"]:
        yield _line(plan, "letters_to_post", True, n=states["to_post"])
    found = lying_letters((*journal.letters, *journal.sending), lying)
    if not found:
        return
    since = min(entry.at for entry in found.values()).astimezone(plan.zone).date()
    yield _line(plan, "letters", True, tuple(sorted(found)), n=len(found), since=since)


def _unconfirmed(plan: Plan, today: dt.date) -> Iterator[Todo]:
    """Days of sessions, and of offices to be filled, that are close and still nobody's word (R45, R53)."""
    for session in plan.sessions:
        if _close(session.date, today) and session.date.day >= today:
            yield _line(plan, "confirm_session", False, subject=session.id, day=session.date.day)
    for office in plan.offices:
        if office.filled and _close(office.filled, today):
            yield _line(plan, "confirm_office", False, subject=f"{office.id}.filled", office=office.name)


def _close(when: When, today: dt.date) -> bool:
    """Whether an open question is due within four weeks, or was."""
    return when.unsettled and (when.date is None or when.date - today <= CLOSE)


def _line(plan: Plan, key: str, urgent: bool, details: Sequence[str] = (), *, subject: str = "", **facts: Fact) -> Todo:
    words = plan.words
    shown = tuple(details[:SHOWN])
    if more := len(details) - len(shown):
        shown = (*shown, words.say("overview.todo.more", n=more))
    return Todo(key, words.say(f"overview.todo.{key}", **facts), urgent, shown, subject)


def _sessions(plan: Plan, now: dt.datetime, journal: _Journal) -> Iterator[Todo]:
    """Papers that should be frozen, and sessions whose result nobody has entered."""
    today = now.date()
    for session in plan.sessions:
        if session.id in journal.decided:
            continue
        if session.id in journal.frozen and session.date.day <= today:
            key = "decide_today" if session.date.day == today else "decide"
            yield _line(plan, key, True, subject=session.id, day=session.date.day)
        elif session.id not in journal.frozen and session.papers_due.day <= today:
            key = "freeze_expected" if session.date.unsettled else "freeze"
            yield _line(plan, key, True, subject=session.id, day=session.date.day)


def _left(
    plan: Plan, now: dt.datetime, phase: Phase, last: Surveyed, journal: _Journal, found_open: Open
) -> Iterator[Todo]:
    """What the last run of a phase found missing: how much, when it was counted, which, and where it stands."""
    words, counted = plan.words, last.at.astimezone(plan.zone)
    as_of = "" if counted == now else words.say("overview.todo.counted", at=counted)
    since = [words.say("overview.todo.entered_since")] if journal.entered > last.last_seq else []
    for key, count, sentences in (
        ("blocks", last.blocks, found_open.blocks),
        ("questions", last.questions, found_open.questions),
    ):
        if count:
            which = sentences if len(sentences) in {count, MOST} else ()
            facts: dict[str, Fact] = {
                "number": phase.number,
                "phase": phase.name,
                "as_of": as_of,
                "n": count,
            }
            where = words.say("overview.todo.where", folder=_dossier(plan, phase))
            item = _line(plan, key, False, which, subject=phase.id, **facts, where=where)
            linked = words.say(f"overview.todo.{key}", **facts, where="")
            yield msgspec.structs.replace(item, details=(*item.details, *since), linked=linked)


def _dossier(plan: Plan, phase: Phase) -> str:
    """The folder of a phase's dossier, as one finds it in the working folder."""
    session = plan.session_of(phase)
    return f"sessions/{plan.day_of(session)}" if session else f"reports/{phase.number}-{phase.kind}"


def _between_phases(plan: Plan, today: dt.date) -> Iterator[Todo]:
    """Who is in charge while no phase runs (R41)."""
    if gap := gap_on(plan, today):
        who = in_charge(plan, gap)
        yield _line(plan, "gap_answered" if who else "gap", False, last=gap.last, who=who)


def _appointments(plan: Plan, today: dt.date) -> Iterator[Todo]:
    """Everything that is today, otherwise the next thing to come."""
    coming = upcoming(plan, today)
    if at_hand := [item for item in coming if item.day == today]:
        what = plan.words.listed(_what(plan, item) for item in at_hand)
        yield _line(plan, "today", True, what=what)
    elif coming:
        day = coming[0].day
        items = [item for item in coming if item.day == day]
        words = plan.words
        key = "next" if all(item.certain for item in items) else "next_uncertain"
        what = words.listed(words.say(f"dossier.occasion.{item.occasion}", name=item.name) for item in items)
        yield _line(plan, key, False, n=(day - today).days, day=day, what=what)


def _what(plan: Plan, item: Appointment) -> str:
    """What an appointment is; one whose day is still to be confirmed says so (U4)."""
    words = plan.words
    what = words.say(f"dossier.occasion.{item.occasion}", name=item.name)
    return words.say("overview.todo.unconfirmed", what=what) if item.when.unsettled else what


def three_lines(
    plan: Plan, now: dt.datetime, entries: Iterable[Entry], folder: Folder = NOTHING, *, passing: bool = False
) -> tuple[Todo, ...]:
    """Today's work in at most three lines. `passing`: said by a pass itself, which settles what only waits for one."""
    everything = todo(plan, now, entries, folder)
    said = [item for item in everything if item.key != SYSTEM and not (passing and item.key in BY_A_PASS)]
    found = _or_nothing(plan, said)
    head = found[:3]
    if len(found) > 3 and not any(item.key in {*TO_COME, "today"} for item in head):
        last = next((item for item in found if item.key in TO_COME or item.key == "today"), found[-1])
        head = (*found[:2], last)
    return tuple(head)
