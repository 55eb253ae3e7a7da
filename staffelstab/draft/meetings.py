"""Sessions: sentences that bring something before a body on a day (R44, R45, R48, R108)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from staffelstab.draft import words
from staffelstab.draft.item import Entry, Fields
from staffelstab.draft.layout import Piece
from staffelstab.draft.names import bodies
from staffelstab.draft.stages import Stage
from staffelstab.draft.work import Work
from staffelstab.reading.dates import Mention

_FIRST_OF_TWO = re.compile(r"(\d{1,2})\.?\s*(?:und|and|/|\+|&|bis|[-–])\s*(?:de[nm]\s+)?$")
_ASSEMBLY = re.compile(
    r"(?:tag|konvent|kongress|konferenz|versammlung|congress|convention|conference|assembly|general meeting)$", re.I
)
_OF_MEETING = re.compile(
    r"(?:sitzung|klausur|meeting|session|sitting)\s+(?:des|der|of)\s+(?:the\s+)?(?P<body>.{3,60})", re.I
)
_LEAST_PAPERS, _MOST_PAPERS = 1, 7
_NEAR = 3


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
    if not item or mention is None or not _before_a_body(piece.text):
        return None
    date = _first_of_two(piece.text, mention, work.settled(mention, stage))
    if date < work.resolved_on:
        return None
    home = stage or work.stage_on(date)
    return Meeting(piece, home, _body(work, piece.text), item, date, mention.added) if home else None


def item_of(text: str) -> str:
    """What the item is to be at the session, by the verb; "" if nothing is put before anybody."""
    return next((kind for kind, pattern in words.ITEMS if pattern.search(text)), "")


def _before_a_body(text: str) -> bool:
    return bool(bodies(text) or words.MEETING.search(text))


def _day_of(work: Work, piece: Piece, stage: Stage | None) -> Mention | None:
    """The day of the session: no deadline, no end of a range, nothing another date is counted from."""
    near = work.days[stage.number][0] if stage and stage.number in work.days else None
    relative = words.RELATIVE.search(piece.text)
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
        and not words.UNTIL.search(piece.text[: mention.start])
        and not (relative and relative.start() <= mention.start)
    ]
    meeting = words.MEETING.search(piece.text)
    return min(days, key=lambda item: abs(item.start - meeting.start()) if meeting else item.start, default=None)


def _first_of_two(text: str, mention: Mention, date: dt.date) -> dt.date:
    """29 March for "am 29. und 30. März"."""
    found = _FIRST_OF_TWO.search(text[: mention.start])
    first = int(found[1]) if found else 0
    return date.replace(day=first) if 0 < first < date.day else date


def _body(work: Work, text: str) -> str:
    """The body whose session it is: the one of the meeting, otherwise the only one, otherwise the one that resolved."""
    of_meeting = _OF_MEETING.search(text)
    found = (bodies(of_meeting["body"]) if of_meeting else []) or bodies(text)
    own = [name for name in found if name == work.sheet.body]
    name = (own or found or [work.sheet.body])[0]
    return work.actors.body(name or work.say("name.body"), text)


def find_undated(work: Work, taken: set[int]) -> list[Meeting]:
    """Sessions without a day of their own: relative to something, or named only by their place in the year (R45)."""
    found = []
    for piece in work.running():
        stage = work.stage_at(piece)
        if stage is None or stage.number in taken or work.is_used(piece):
            continue
        relative, meeting = words.RELATIVE.search(piece.text), words.MEETING.search(piece.text)
        if (
            item_of(piece.text)
            and meeting
            and (relative or words.FIRST.search(piece.text))
            and _before_a_body(piece.text)
        ):
            found.append(Meeting(piece, stage, _body(work, piece.text), item_of(piece.text), None))
            taken.add(stage.number)
    return found


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


def enter_undated(work: Work, meeting: Meeting, events: dict[str, Entry], weekday: int | None) -> Entry:
    """A session whose day follows from something else: the rule, its candidates, and a question; never a fact."""
    found = words.RELATIVE.search(meeting.piece.text)
    event = _event(found, events) if found else None
    last = work.days[meeting.stage.number][1] or work.days[meeting.stage.number][0]
    if found and event:
        counted = _counted(event, found)
        candidates = _candidates(counted, last, weekday)
        rule = f"{_spelled(_number(found))} {_unit(found)} {'before' if found['side'].lower() in {'vor', 'before'} else 'after'} {event.id}"
        best = max(candidates, key=lambda item: (_votes(item, counted, last, weekday), -abs((item - counted).days)))
        date: object = rule
        if len(candidates) > 1:
            note = work.say("note.relative", day=counted, weekday=work.words.weekday(counted), proposal=best)
            date = {"date": best, "status": "derived", "rule": rule, "candidates": candidates, "note": note}
        asked = work.ask("relative", days=work.words.listed(_long(work, item) for item in candidates))
        return enter(work, _on(meeting, best), date, [asked])
    note = work.say("note.undated_session")
    date = {"date": last, "status": "assumed", "candidates": [last], "note": note}
    return enter(work, _on(meeting, last), date, [work.ask("undated_session", day=last)])


def _on(meeting: Meeting, date: dt.date) -> Meeting:
    return Meeting(meeting.piece, meeting.stage, meeting.body, meeting.item, date)


def _long(work: Work, date: dt.date) -> str:
    return f"{work.words.weekday(date)}, {work.words.day(date)}"


def _event(found: re.Match[str], events: dict[str, Entry]) -> Entry | None:
    """The event a distance is counted from, by its name, its acronym or a part of it."""
    what = found["what"].strip().casefold()
    return next((entry for name, entry in events.items() if name.casefold() in what or what in name.casefold()), None)


def _counted(event: Entry, found: re.Match[str]) -> dt.date:
    days = _number(found) * (7 if found["unit"].lower()[0] == "w" else 1)
    date = event.fields["date"]
    first: dt.date = date["date"] if isinstance(date, dict) else date
    return first + dt.timedelta(days=-days if found["side"].lower() in {"vor", "before"} else days)


def _number(found: re.Match[str]) -> int:
    word = found[1].lower()
    return int(word) if word.isdigit() else words.NUMBERS[word]


def _spelled(number: int) -> str:
    """A number as rules are written: "one week before …"; beyond ten in digits."""
    return ("zero", *"one two three four five six seven eight nine ten".split())[number] if number <= 10 else str(number)


def _unit(found: re.Match[str]) -> str:
    name = "week" if found["unit"].lower()[0] == "w" else "day"
    return name if _number(found) == 1 else f"{name}s"


def _candidates(counted: dt.date, last: dt.date, weekday: int | None) -> list[dt.date]:
    """The day counted, the end of the phase beside it, and the weekday on which the body otherwise meets."""
    near = {counted}
    if abs((last - counted).days) <= _NEAR:
        near.add(last)
    if weekday is not None:
        near |= {
            day for off in range(-_NEAR, _NEAR + 1) if (day := counted + dt.timedelta(days=off)).weekday() == weekday
        }
    return sorted(near)


def _votes(date: dt.date, counted: dt.date, last: dt.date, weekday: int | None) -> int:
    return (date == counted) + (date == last) + (date.weekday() == weekday)


def common_weekday(entries: list[Entry]) -> int | None:
    """The weekday on which all sessions with a day of their own lie, if there are two or more of them."""
    days = {_plain(entry.fields["date"]).weekday() for entry in entries}
    return days.pop() if len(days) == 1 and len(entries) > 1 else None


def _plain(date: object) -> dt.date:
    found = date["date"] if isinstance(date, dict) else date
    assert isinstance(found, dt.date)  # noqa: S101 -- dated sessions only
    return found


def set_papers(work: Work) -> None:
    """When papers must be ready: as the text says, otherwise a week before, less where a call closes within that week (R42)."""
    said = next(
        (
            found
            for piece in work.running()
            if words.PAPER.search(piece.text) and (found := words.PAPERS.search(piece.text))
        ),
        None,
    )
    closing = {entry.fields["phase"]: entry.fields["deadline"] for entry in work.of("calls")}
    for session in work.of("sessions"):
        if said:
            session.fields["papers_due"] = f"{_spelled(_count(said[1]))} {_papers_unit(said)} before session"
            continue
        date, deadline = session.fields["date"], closing.get(session.fields["phase"])
        lead = _MOST_PAPERS
        if (
            not isinstance(date, str)
            and isinstance(deadline, dt.date)
            and 0 < (_plain(date) - deadline).days <= _MOST_PAPERS
        ):
            lead = max(_LEAST_PAPERS, (_plain(date) - deadline).days // 2)
        session.fields["papers_due"] = f"session - P{lead}D"


def _count(word: str) -> int:
    return int(word) if word.isdigit() else words.NUMBERS[word.lower()]


def _papers_unit(found: re.Match[str]) -> str:
    unit = found["unit"].lower()
    return (
        "working days" if unit.startswith(("werk", "arbeit", "work")) else "weeks" if unit.startswith("w") else "days"
    )
