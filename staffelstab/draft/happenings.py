"""Outside the timetable: events and walls, the time that is left, holidays, what the matter comes back to (R28, R46, R103)."""

from __future__ import annotations

import datetime as dt
import re

from staffelstab.draft.item import Entry, Fields
from staffelstab.draft.layout import Piece
from staffelstab.draft.names import bare, slug, written_out
from staffelstab.draft.words.events import AGAIN_LATER, BREAK, EVENT, OCCASION, TIME_LEFT
from staffelstab.draft.work import Work
from staffelstab.reading.dates import Mention

_ARTICLE = re.compile(r"\b(?:die|der|das|den|dem|zum|zur|beim|vom|unser\w*|the|our|a|an)\s+(?=[^\s])", re.IGNORECASE)
_LINK = re.compile(
    r"\s*(?:,|\(|:|–|-)?\s*(?:(?:findet|finden|ist|sind|beginnt|startet|takes?\splace|is|are|begins|starts|"
    r"opens|will be held|held)\s+)?"
    r"(?:statt\s+)?(?:am|vom|ab|on|of|from)?\s*(?:\d{1,2}\.?\s*(?:und|and|/|bis|[-–])\s*)?$",
    re.IGNORECASE,
)
_LONGEST_NAME = 70


def find_events(work: Work) -> dict[str, Entry]:
    """Enter every event with a day; returns them under all their names."""
    known: dict[str, Entry] = {}
    for piece in work.running():
        stage = work.stage_at(piece)
        for mention in work.layout.mentions(piece.text):
            name = (_event_before(piece.text, mention) or _event_beside(work, piece)) if mention.grain == "day" else ""
            date = _first(piece.text, mention, work.settled(mention, stage))
            if name and date > work.resolved_on and not _in_session(work, piece, date):
                _event(work, known, piece, name, date, mention)
    return known


def _in_session(work: Work, piece: Piece, date: dt.date) -> bool:
    """Whether the sentence is that of a session on this very day."""
    for entry in work.of("sessions"):
        when = entry.fields["date"]
        if entry.fields["quote"] == piece.text and (
            when == date or (isinstance(when, dict) and when.get("date") == date)
        ):
            return True
    return any(entry.fields["quote"] == piece.text for entry in work.of("calls"))


def _event_before(text: str, mention: Mention) -> str:
    """The event named right before a day: "die 3. Tagung des 14. LPT am …", "the local elections take place on …"."""
    before = _LINK.sub("", text[: mention.start])
    articles = list(_ARTICLE.finditer(before))
    name = before[articles[-1].end() :] if articles else before
    if len(name) > _LONGEST_NAME or re.search(r"[;:!?(),]", name):
        return ""
    return bare(name) if EVENT.search(name) or EVENT.search(name.lower()) else ""


def _event_beside(work: Work, piece: Piece) -> str:
    """The event in the other cell of a table's row."""
    rest = work.layout.beside_day(piece)
    return bare(rest) if len(rest) <= _LONGEST_NAME and EVENT.search(rest.lower()) else ""


def _first(text: str, mention: Mention, date: dt.date) -> dt.date:
    found = re.search(r"(\d{1,2})\.?\s*(?:und|and|/|\+|&|bis|[-–])\s*$", text[: mention.start])
    day = int(found[1]) if found else 0
    return date.replace(day=day) if 0 < day < date.day else date


def _event(work: Work, known: dict[str, Entry], piece: Piece, name: str, date: dt.date, mention: Mention) -> None:
    if any(entry.fields["date"] == date for entry in known.values()):
        return
    short = next(iter(re.findall(r"\b[A-ZÄÖÜ]{3,5}\b", name)), "")
    full = written_out(short, work.actors.text) if short else ""
    shown = name.replace(short, f"{short} ({full})") if full else name
    shown = shown[0].upper() + shown[1:]
    fields: Fields = {
        "id": _free(work, slug(full or short or name, 30)),
        "name": shown,
        "date": {"date": date, "added": "year"} if mention.added else date,
        "wall": True,
        **work.strength(piece.text),
        "quote": piece.text,
    }
    questions = [work.ask("year", day=date)] if mention.added else []
    if short and not full:
        questions.append(work.ask("acronym", short=short))
    entry = work.add(Entry("events", fields, questions), piece)
    known |= {each: entry for each in (name, short, full) if each}


def _free(work: Work, wanted: str) -> str:
    taken = {entry.id for entry in work.entries}
    return next(name for name in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if name not in taken)


def find_limits(work: Work) -> None:
    """ "Bis maximal August / September": the last day of each month named is a wall, in both readings (R28)."""
    for piece in work.running():
        limit = TIME_LEFT.search(piece.text)
        months = [item for item in work.layout.mentions(piece.text) if item.grain in {"month", "quarter", "half"}]
        ends = sorted({item.last for item in months if limit and item.start >= limit.start()})[:2]
        for place, end in enumerate(ends):
            key = "limit" if len(ends) == 1 else ("limit_narrow", "limit_wide")[place]
            fields: Fields = {
                "id": _free(work, work.say(f"name.{key}_id")),
                "name": work.say(f"name.{key}", day=end),
                "date": {"date": end, "status": "derived", "note": work.say("note.limit")},
                "wall": True,
                **work.strength(piece.text),
                "quote": piece.text,
            }
            work.add(Entry("events", fields, [work.ask("limit")] if place == 0 else []), piece)


def find_breaks(work: Work) -> None:
    """School holidays and recesses with their days."""
    for piece in work.running():
        name = BREAK.search(piece.text)
        for span in work.layout.spans(piece.text) if name else ():
            if name and span.first and span.last and span.first.grain == span.last.grain == "day":
                fields: Fields = {"name": bare(name[0]), "from": span.first.first, "until": span.last.last}
                work.add(Entry("breaks", fields), piece)


def find_return(work: Work, owner: str) -> None:
    """The occasion on which the matter comes back, mostly without a day: asked for, never made up (R103)."""
    for piece in work.running():
        occasion = OCCASION.search(piece.text) if AGAIN_LATER.search(piece.text) else None
        if occasion is None or work.is_used(piece):
            continue
        name = bare(occasion["de"] or occasion["en"])
        event: Fields = {
            "id": _free(work, slug(name, 30)),
            "name": name[0].upper() + name[1:],
            "date": {"status": "unknown", "note": work.say("note.return")},
            "quote": piece.text,
        }
        back: Fields = {
            "name": work.say("name.return"),
            "event": event["id"],
            "owners": [owner],
            **work.strength(piece.text),
            "quote": piece.text,
        }
        work.add(Entry("events", event, [work.ask("return_day", event=str(event["name"]))]), piece)
        work.add(Entry("resubmission", back, [work.ask("return_owner")]), piece)
        return
