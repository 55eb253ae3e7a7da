"""Whom a call is meant for (R61, R83)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from staffelstab.timetable.draft.find.who_acts import Register
from staffelstab.timetable.draft.text.document import Document
from staffelstab.timetable.draft.text.layout import Passage, Piece
from staffelstab.timetable.draft.text.names import bare, bodies
from staffelstab.timetable.draft.words.actor_words import GROUP, PLURAL_OF, in_plural
from staffelstab.timetable.draft.words.call_words import CALLED, ENTITLED
from staffelstab.timetable.plan.model import Audience
from staffelstab.timetable.reading.lists import items
from staffelstab.timetable.vocabulary.words import any_of, whole

_EVERY_ONE = re.compile(
    rf"\b(?:{any_of('actors.every_one')})\s(?P<one>[a-z]+(?:\s[a-z]+)?)$"
    rf"|\b(?:{any_of('actors.all_ones')})\s(?P<all>[a-z]+(?:\s[a-z]+)?)$"
)
_MEMBER = whole("actors.every_member")
_RELATIVE = re.compile(rf"\b(?:{any_of('calls.relative')})\b,?\s(?=\w+\s(?:{any_of('calls.entitled_are')})\b)")


@dataclass(frozen=True, slots=True)
class Invited:
    """An audience, what is asked about it, and the sentence beside the call's own that names it, if it is another one.

    Without actors where the text does not tell: then everybody known in the end is proposed (`calls.with_everybody`).
    """

    audience: Audience
    questions: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


def find_audience(document: Document, register: Register, piece: Piece, others: Iterable[Piece], call: str) -> Invited:
    """Whoever is called by the sentence of a call, otherwise by one of those beside it."""
    for candidate in (piece, *(other for other in others if other is not piece)):
        match = ENTITLED.search(candidate.text) or CALLED.search(candidate.text)
        if match and (actors := _actors(register, match["who"], candidate.text)):
            return Invited(Audience(adopted=actors), passages=(candidate.passage,))
        if match and candidate is piece and (every := _EVERY_ONE.search(match["who"])):
            return _everyone(document, register, every, piece, call)
    note = document.say("note.audience")
    return Invited(Audience(note=note), (document.ask("audience", call=call),))


def _everyone(document: Document, register: Register, every: re.Match[str], piece: Piece, call: str) -> Invited:
    """ "Every household is invited": whom the text names without saying who belongs to them, proposed in its words."""
    name = every["all"] or in_plural(every["one"])
    group = register.anyone(name[0].upper() + name[1:], piece.text)
    note = document.say("note.audience_said", said=every[0])
    return Invited(Audience(proposed=(group,), note=note), (document.ask("audience_said", call=call, said=every[0]),))


def _actors(register: Register, who: str, quote: str) -> tuple[str, ...]:
    """The actors of an enumeration; one that names nobody ("it", "they") gives none."""
    who = _RELATIVE.split(who)[-1]
    actors = (_actor(register, name, quote) for name in items(who))
    return tuple(dict.fromkeys(actor for actor in actors if actor))


def _actor(register: Register, name: str, quote: str) -> str:
    """Who is meant by a name; the body for its members; "" for what is no name."""
    members = bodies(name) if _MEMBER.match(name.strip()) else []
    if members:
        return register.body(members[0], quote)
    plural = _plural(bare(name))
    named = (plural[:1].isupper() or GROUP.search(plural)) and len(plural.split()) <= 6
    return register.anyone(plural, quote) if named else ""


def _plural(name: str) -> str:
    """ "Every section" calls the sections."""
    last = name.split()[-1].lower()
    plural = PLURAL_OF.get(last)
    return name[: -len(last)] + plural.capitalize() if plural else name
