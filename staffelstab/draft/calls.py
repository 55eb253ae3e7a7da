"""Calls for papers, motions, comments: who is called, what for, and until when (R60-R62, R82, R83)."""

from __future__ import annotations

import datetime as dt
import re

from staffelstab.draft.counting import plain_day
from staffelstab.draft.item import Entry, Fields, assumed
from staffelstab.draft.layout import Piece
from staffelstab.draft.names import bare, bodies, is_office, listed
from staffelstab.draft.stage import Stage
from staffelstab.draft.words.actors import GROUP, SINGULAR_EN
from staffelstab.draft.words.calls import (
    ADDRESS,
    ADDRESS_SMALL,
    AGAIN,
    ASKS,
    CALL,
    CALL_NAME,
    CALLED,
    CLOSING,
    ENTITLED,
    SCHLUSS,
    UNTIL,
)
from staffelstab.draft.words.phases import STAGE
from staffelstab.draft.work import Work
from staffelstab.reading.dates import Mention
from staffelstab.reading.lists import items
from staffelstab.reading.strength import strength_of

_STAGE = re.compile(rf"\b(?:{STAGE})\s+(\d{{1,2}})\b", re.IGNORECASE)
_THEN = re.compile(r"\b(?:zu diesem zeitpunkt|danach|anschließend|dort|then|at that point|thereafter)\b", re.IGNORECASE)
_LEAST = dt.timedelta(days=9)
_EVERY_ONE = re.compile(
    r"\b(?:[Ee]very|[Ee]ach)\s(?P<one>[a-z]+(?:\s[a-z]+)?)$|\b[Aa]ll\s(?P<all>[a-z]+(?:\s[a-z]+)?)$"
)
_MEMBER = re.compile(r"^(?:jedes Mitglied|alle Mitglieder|every member|all members)\b", re.IGNORECASE)


def find_calls(work: Work) -> None:
    """Enter every call whose deadline the text names."""
    for piece in work.running():
        stage, deadline = work.stage_at(piece), _deadline(work, piece)
        if deadline and CALL.search(piece.text) and (stage := stage or work.stage_on(deadline.first)):
            _called(work, piece, stage, deadline)


def find_announced(work: Work) -> None:
    """Enter the calls that are announced without a deadline; the sessions are known by then."""
    for piece in work.running():
        if CALL_NAME.search(piece.text) and not work.is_used(piece) and (stage := work.stage_at(piece)):
            _announced(work, piece, stage)


def _deadline(work: Work, piece: Piece) -> Mention | None:
    """The day that a sentence sets as a limit."""
    for mention in work.layout.mentions(piece.text):
        before = piece.text[: mention.start]
        if mention.grain == "day" and (UNTIL.search(before) or SCHLUSS.search(before)):
            return mention
        if mention.grain == "day" and CLOSING.search(work.layout.beside_day(piece)):
            return mention
    return None


def _called(work: Work, piece: Piece, stage: Stage, deadline: Mention) -> None:
    date = work.settled(deadline, stage)
    if date < work.resolved_on or any(entry.fields["phase"] == stage.number for entry in work.of("calls")):
        return
    around = sorted(work.layout.between(stage.start, stage.end), key=lambda item: abs(item.start - piece.start))
    near = around[:3]
    announced = next((item for item in near if CALL_NAME.search(item.text)), piece)
    questions: list[str] = [work.ask("year", day=date)] if deadline.added else []
    name = _name(work, announced.text, stage)
    audience, asked = _audience(work, around, piece, name)
    address, unsure = _address(work, near, name)
    fields: Fields = {
        "id": f"call-{len(work.of('calls')) + 1}",
        "name": name,
        "phase": stage.number,
        "opens": _opens(work, stage, date),
        "deadline": {"date": date, "added": "year"} if deadline.added else date,
        "audience": audience,
        "address": address,
        **_asks(piece.text),
        **work.strength(piece.text),
        "quote": piece.text,
    }
    used = [piece] + ([announced] if announced is not piece and not work.layout.mentions(announced.text) else [])
    work.add(Entry("calls", fields, [*questions, *asked, *unsure]), *used)


def _opens(work: Work, stage: Stage, deadline: dt.date) -> object:
    """A call opens with its phase; one that closes before that, with the resolution."""
    if work.days[stage.number][0] <= deadline:
        return f"phase-{stage.number}.start"
    return assumed(min(work.resolved_on, deadline), work.say("note.opens"))


def _name(work: Work, text: str, stage: Stage) -> str:
    found = CALL_NAME.search(text)
    if found:
        return found[0][0].upper() + found[0][1:]
    return work.say("name.call", phase=stage.name)


def _audience(work: Work, near: list[Piece], piece: Piece, call: str) -> tuple[object, list[str]]:
    """Who is called, as the sentence or its neighbours say; otherwise everybody known, as a proposal."""
    for candidate in (piece, *(item for item in near if item is not piece)):
        found = ENTITLED.search(candidate.text) or CALLED.search(candidate.text)
        if found and (actors := _actors(work, found["who"], candidate.text)):
            work.used.append((candidate.start, candidate.end))
            return actors, []
        if found and candidate is piece and (every := _EVERY_ONE.search(found["who"])):
            return _everyone(work, every, piece, call)
    return _proposed(work, call)


def _everyone(work: Work, every: re.Match[str], piece: Piece, call: str) -> tuple[object, list[str]]:
    """ "Every household is invited": whom the text names without saying who belongs to them, proposed in its words."""
    name = every["all"] or _in_plural(every["one"])
    group = work.actors.anyone(name[0].upper() + name[1:], piece.text)
    note, asked = "note.audience_said", work.ask("audience_said", call=call, said=every[0])
    return {"proposed": [group], "note": work.say(note, said=every[0])}, [asked]


def _in_plural(name: str) -> str:
    """ "household" becomes "households"."""
    return f"{name[:-1]}ies" if name.endswith("y") and name[-2] not in "aeo" else f"{name}s"


def _actors(work: Work, who: str, quote: str) -> list[str]:
    """The actors of an enumeration; one that names nobody ("it", "they") gives none."""
    who = re.split(r"\b(?:that|which|dass|die|denen)\b,?\s(?=\w+\s(?:is|are|sind|ist)\b)", who)[-1]
    found = []
    for name in items(who):
        member = _MEMBER.match(name.strip())
        if member and (of := bodies(name)):
            found.append(work.actors.body(of[0], quote))
        elif ((plural := _plural(bare(name)))[:1].isupper() or GROUP.search(plural)) and len(plural.split()) <= 6:
            found.append(work.actors.anyone(plural, quote))
    return list(dict.fromkeys(found))


def _plural(name: str) -> str:
    """ "Every section" calls the sections."""
    last = name.split()[-1].lower()
    plural = SINGULAR_EN.get(last)
    return name[: -len(last)] + plural.capitalize() if plural else name


def _proposed(work: Work, call: str) -> tuple[object, list[str]]:
    known = [entry.id for table in ("bodies", "groups") for entry in work.actors.of(table)]
    return {"proposed": known, "note": work.say("note.audience")}, [work.ask("audience", call=call)]


def _address(work: Work, near: list[Piece], call: str) -> tuple[str, list[str]]:
    """Where papers go: an office by its name or by its holder's; otherwise whoever coordinates."""
    for piece in near:
        found = ADDRESS.search(piece.text)
        name = next((part for part in found.groups() if part), "") if found else _small(piece.text)
        if name and (is_office(name) or work.actors.find(name)) and not bodies(name):
            return work.actors.find(name) or work.actors.office(name, piece.text), []
        if held := work.actors.held_in(piece.text):
            return held, []
    return work.coordinator, [work.ask("address", call=call)]


def _small(text: str) -> str:
    """An English office that papers go to, written small ("to the secretary by …"); "" where there is none."""
    found = ADDRESS_SMALL.search(text)
    return found[1][0].upper() + found[1][1:] if found else ""


def _asks(text: str) -> Fields:
    found = ASKS.search(text)
    wanted = listed(found["what"]) if found else []
    return (
        {"asks": wanted}
        if wanted and all(item[0].isupper() or (item[0].islower() and len(item.split()) <= 3) for item in wanted)
        else {}
    )


def _announced(work: Work, piece: Piece, stage: Stage) -> None:
    """A call without a deadline. One that only may follow is no item of the plan; it stays among what is to be asked."""
    again = AGAIN.search(piece.text)
    named = _STAGE.search(piece.text)
    target = next((item for item in work.stages if named and item.number == int(named[1])), stage)
    if strength_of(piece.text) == "may" or (
        not again and any(e.fields["phase"] == target.number for e in work.of("calls"))
    ):
        return
    opens, rule = _between(work, piece, stage, target)
    found = CALL_NAME.search(piece.text)
    name = found[0] if found else work.say("name.call", phase=target.name)
    name = f"{again[0].capitalize()} {name}" if again else name
    audience, asked = _audience(work, [piece], piece, name)
    fields: Fields = {
        "id": f"call-{len(work.of('calls')) + 1}",
        "name": name,
        "phase": target.number,
        "opens": opens,
        "deadline": {"rule": rule, "note": work.say("note.no_deadline")},
        "audience": audience,
        "address": work.coordinator,
        **work.strength(piece.text),
        "quote": piece.text,
    }
    work.add(Entry("calls", fields, [work.ask("no_deadline", call=str(fields["name"])), *asked]), piece)


def _between(work: Work, piece: Piece, stage: Stage, target: Stage) -> tuple[str, str]:
    """From when and until when a call without days runs: from the session that it follows, until papers are wanted (R82)."""
    before, treated = (
        next((entry for entry in work.of("sessions") if entry.fields["phase"] == item.number), None)
        for item in (stage, target)
    )
    start, end = work.days[target.number]
    last = (plain_day(treated.fields["date"]) if treated else None) or end or start
    follows = before is not None and (_THEN.search(piece.text) or target is not stage)
    first = plain_day(before.fields["date"]) if before and follows else None
    opens = before.id if before and first and first <= last - _LEAST else f"phase-{target.number}.start"
    if treated and max(start, first or start) <= last - _LEAST:
        return opens, f"{treated.id}.papers_due - P2D"
    return opens, f"phase-{target.number}.end" if end else f"{opens} + P14D"


def late_audiences(work: Work) -> None:
    """Proposals name everybody the draft knows in the end; without anybody known, the coordinator alone."""
    known = [entry.id for table in ("bodies", "groups") for entry in work.actors.of(table)]
    for entry in work.of("calls"):
        audience = entry.fields["audience"]
        if isinstance(audience, dict) and audience["note"] == work.say("note.audience"):
            entry.fields["audience"]["proposed"] = known
