"""Sessions: sentences that bring something before a body on a day (R44, R45, R48, R108)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from staffelstab.draft.item import Entry, Fields
from staffelstab.draft.layout import Piece
from staffelstab.draft.names import bodies
from staffelstab.draft.stage import Stage
from staffelstab.draft.words.calls import UNTIL
from staffelstab.draft.words.meetings import ITEMS, MEETING, RELATIVE
from staffelstab.draft.work import Work
from staffelstab.reading.dates import Mention

_FIRST_OF_TWO = re.compile(r"(\d{1,2})\.?\s*(?:und|and|/|\+|&|bis|[-–])\s*(?:de[nm]\s+)?$")
_ASSEMBLY = re.compile(
    r"(?:tag|konvent|kongress|konferenz|versammlung|congress|convention|conference|assembly|general meeting)$", re.I
)
_OF_MEETING = re.compile(
    r"(?:sitzung|klausur|meeting|session|sitting)\s+(?:des|der|of)\s+(?:the\s+)?(?P<body>.{3,60})", re.I
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session as a sentence has it: its body, its day, its phase. `relative` marks one whose day hangs on something else."""

    piece: Piece
    stage: Stage
    body: str
    item: str
    date: dt.date | None
    added: str = ""


def find_meetings(work: Work) -> list[Meeting]:
    """Every session whose sentence names its day."""
    return [meeting for piece in work.running() if (meeting := _meeting(work, piece))]


def _meeting(work: Work, piece: Piece) -> Meeting | None:
    item = item_of(piece.text)
    stage = work.stage_at(piece)
    mention = _day_of(work, piece, stage)
    if not item or mention is None or not names_a_body(piece.text):
        return None
    date = _first_of_two(piece.text, mention, work.settled(mention, stage))
    if date < work.resolved_on:
        return None
    home = stage if stage and work.days[stage.number][0] <= date else work.stage_on(date)
    return Meeting(piece, home, body_of(work, piece.text), item, date, mention.added) if home else None


def item_of(text: str) -> str:
    """What the item is to be at the session, by the verb; "" if nothing is put before anybody."""
    return next((kind for kind, pattern in ITEMS if pattern.search(text)), "")


def names_a_body(text: str) -> bool:
    """Whether a sentence speaks of a body or a meeting."""
    return bool(bodies(text) or MEETING.search(text))


def _day_of(work: Work, piece: Piece, stage: Stage | None) -> Mention | None:
    """The day of the session: no deadline, no end of a range, nothing another date is counted from."""
    near = work.days[stage.number][0] if stage and stage.number in work.days else None
    relative = RELATIVE.search(piece.text)
    ends = {
        span.last.start
        for span in work.layout.spans(piece.text, near)
        if span.first and span.last and span.first is not span.last
    }
    days = [
        mention
        for mention in work.layout.mentions(piece.text, near)
        if mention.grain == "day"
        and (mention.start not in ends or _FIRST_OF_TWO.search(piece.text[: mention.start]))
        and not UNTIL.search(piece.text[: mention.start])
        and not (relative and relative.start() <= mention.start)
    ]
    meeting = MEETING.search(piece.text)
    return min(days, key=lambda item: abs(item.start - meeting.start()) if meeting else item.start, default=None)


def _first_of_two(text: str, mention: Mention, date: dt.date) -> dt.date:
    """29 March for "am 29. und 30. März"."""
    found = _FIRST_OF_TWO.search(text[: mention.start])
    first = int(found[1]) if found else 0
    return date.replace(day=first) if 0 < first < date.day else date


def body_of(work: Work, text: str) -> str:
    """The body whose session it is: the one of the meeting, otherwise the only one, otherwise the one that resolved."""
    of_meeting = _OF_MEETING.search(text)
    found = (bodies(of_meeting["body"]) if of_meeting else []) or bodies(text)
    own = [name for name in found if name == work.sheet.body]
    name = (own or found or [work.sheet.body])[0]
    return work.actors.body(name or work.say("name.body"), text)


def one_each(meetings: list[Meeting], work: Work) -> tuple[list[Meeting], list[Meeting]]:
    """The one session that treats each phase (the nearest to its end), and those that come on top."""
    best: dict[int, Meeting] = {}
    for meeting in meetings:
        number = meeting.stage.number
        if number not in best or _distance(work, meeting) < _distance(work, best[number]):
            best[number] = meeting
    chosen = sorted(best.values(), key=lambda item: (item.date or dt.date.max, item.piece.start))
    return chosen, [meeting for meeting in meetings if meeting not in chosen]


def _distance(work: Work, meeting: Meeting) -> int:
    start, end = work.days.get(meeting.stage.number, (None, None))
    reference = end or start
    return abs((meeting.date - reference).days) if meeting.date and reference else 10_000


def enter(work: Work, meeting: Meeting, date: object, questions: list[str]) -> Entry:
    """The session as an entry of the plan."""
    body = str(work.actors.entry(meeting.body).fields["name"])
    known = meeting.date or (date["date"] if isinstance(date, dict) else None)
    wanted = work.say("name.session_id", date=f"{known:%Y-%m-%d}" if known else f"{meeting.stage.number}")
    taken = {entry.id for entry in work.entries}
    name = next(item for item in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if item not in taken)
    fields: Fields = {
        "id": name,
        "name": body if _ASSEMBLY.search(body) else work.say("name.session", body=body),
        "body": meeting.body,
        "date": date,
        "papers_due": "session - P7D",
        "phase": meeting.stage.number,
        "item": meeting.item,
        **work.strength(meeting.piece.text),
        "quote": meeting.piece.text,
    }
    return work.add(Entry("sessions", fields, questions), meeting.piece)


def enter_dated(work: Work, meeting: Meeting) -> Entry:
    """A session whose day the text names."""
    assert meeting.date is not None  # noqa: S101 -- found by find_meetings, which finds days
    date: object = {"date": meeting.date, "added": "year"} if meeting.added else meeting.date
    questions = [work.ask("year", day=meeting.date)] if meeting.added else []
    return enter(work, meeting, date, questions)
