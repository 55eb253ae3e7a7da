"""Hearings: in which units, with whom, by whom; and attempts at them (R69, R74)."""

from __future__ import annotations

import re

from staffelstab.draft.item import Entry, Fields
from staffelstab.draft.layout import Piece
from staffelstab.draft.names import bare, bodies, is_office, nominative, slug
from staffelstab.draft.words.actors import EVERY, GROUP
from staffelstab.draft.words.calls import CALLED
from staffelstab.draft.words.duties import ATTEMPT, HEARING, SUBJECT, WITH_WHOM
from staffelstab.draft.work import Work
from staffelstab.reading.lists import items

_QUANTIFIED = re.compile(rf"{EVERY.pattern}(?P<group>(?:[\wÄÖÜäöüß*/-]+\s){{0,2}}?{GROUP.pattern})", re.IGNORECASE)


_ALL_OF = re.compile(
    r"\b(?:alle[nr]?|sämtlichen?)\s(?P<de>[A-ZÄÖÜ][\w-]+(?:en|er|es|e|s))\b|"
    r"\b(?:in|at|with|of|to|visit|interview)\s(?:(?P<each>every|each)|all(?: the| our)?)\s(?P<en>(?!of\b|the\b|"
    r"that\b)(?:[a-z-]+\s)?[a-z-]{4,})"
)


def find_hearings(work: Work) -> None:
    """Talks, interviews, public hearings: in which units, with whom, by whom (R69, R74)."""
    for piece in work.running():
        stage = work.stage_at(piece)
        if stage is None or not HEARING.search(piece.text) or CALLED.search(piece.text) or work.is_used(piece):
            continue
        group = _group_heard(work, piece)
        if not group:
            continue
        roles = _roles(work, piece, group)
        by = _by(work, piece)
        attempt = bool(ATTEMPT.search(piece.text))
        name = str(work.actors.entry(group).fields["name"])
        fields: Fields = {
            "id": f"{slug(name, 24)}-{stage.number}",
            "name": work.say("name.hearing", group=name),
            "phase": stage.number,
            "group": group,
            "roles": roles,
            "by": by or work.coordinator,
            **({"attempt": True} if attempt else {}),
            **work.strength(piece.text),
            "quote": piece.text,
        }
        questions = ([] if by else [work.ask("hearing_by", group=name)]) + (
            [] if roles else [work.ask("hearing_roles", group=name)]
        )
        work.add(Entry("hearings", fields, questions), piece)


def _group_heard(work: Work, piece: Piece) -> str:
    if found := _QUANTIFIED.search(piece.text):
        return work.actors.group(found["group"], piece.text)
    if found := _ALL_OF.search(piece.text):
        return work.actors.group(_plural(found), piece.text)
    with_whom = WITH_WHOM.search(piece.text)
    name = bare(with_whom["who"]) if with_whom else ""
    if name and len(name.split()) <= 2 and ((name.isupper() and len(name) <= 5) or GROUP.fullmatch(name)):
        return work.actors.group(name, piece.text)
    return ""


def _plural(found: re.Match[str]) -> str:
    """ "Every regional office" stands for the regional offices."""
    name = str(found["de"] or found["en"])
    if not (found["en"] and found["each"]) or name.endswith("s"):
        return name
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


def _roles(work: Work, piece: Piece, group: str) -> list[str]:
    """The functions that are to be heard in each unit."""
    found = WITH_WHOM.search(piece.text)
    known = str(work.actors.entry(group).fields["name"]).casefold()
    names = [name for name in items(found["who"]) if bare(name)] if found else []
    return [
        work.actors.role(name, piece.text)
        for name in names
        if work.actors.full(nominative(name)).casefold() != known and len(name.split()) <= 6
    ]


def _by(work: Work, piece: Piece) -> str:
    found = SUBJECT.match(piece.text)
    name = found["name"] if found else ""
    return work.actors.find(name) or (
        work.actors.office(name, piece.text) if name and is_office(name) and not bodies(name) else ""
    )
