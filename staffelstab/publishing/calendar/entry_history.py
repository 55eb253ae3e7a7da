"""Every entry that was ever published, as it stands now: the same UID wherever its day went, and cancelled rather than vanished.

Calendars know an entry again by its UID and take the one with the higher SEQUENCE (RFC 5545, 3.8.4.7 and 3.8.7.4). An entry is
what belongs to one occasion of one item; where there are several (reminders, possible days of an event), the day that each had
in the first edition is part of its UID, and stays so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from staffelstab.language import Language
from staffelstab.publishing.calendar.edition_entries import EditionEntry, Key, edition_entries
from staffelstab.publishing.calendar.editions import Edition
from staffelstab.publishing.calendar.entry import Entry, uid


@dataclass(slots=True)
class _Track:
    """One entry through the editions: as first published, as it is now, when it changed and when its day did.

    `gone`: which days were settled when it fell away; None while it stands.
    """

    uid: str
    first: EditionEntry
    now: EditionEntry
    changed: dt.datetime
    moved: dt.datetime
    sequence: int = 0
    gone: tuple[dt.date, ...] | None = None


def entries(editions: Sequence[Edition], words: Language) -> tuple[Entry, ...]:
    """The entries by day. `editions` are the plan's, in their order; there is at least one."""
    tracks: dict[Key, list[_Track]] = {}
    for edition in editions:
        found = edition_entries(edition.plan, words)
        for key in dict.fromkeys((*tracks, *found)):
            _publish(tracks.setdefault(key, []), edition, key, found.get(key, ()))
    shown = (entry for known in tracks.values() for entry in _shown(editions[-1], known, words))
    return tuple(sorted(shown, key=lambda entry: entry.day))


def _publish(tracks: list[_Track], edition: Edition, key: Key, found: Sequence[EditionEntry]) -> None:
    """What an edition makes of the entries of one occasion."""
    alive = [track for track in tracks if track.gone is None]
    paired = tuple(_pairs(alive, found))
    for track, draft in paired:
        _go_on(track, draft, edition.at)
    for track in alive:
        if not any(track is kept for kept, _ in paired):
            track.sequence, track.changed = track.sequence + 1, edition.at
            track.gone = tuple(draft.entry.day for draft in found)
    several = len(found) > 1
    for draft in (draft for draft in found if not any(draft is kept for _, kept in paired)):
        parts = (*key, draft.planned.isoformat()) if several else key
        tracks.append(_Track(uid(edition.plan, *parts), draft, draft, edition.at, edition.at))


def _pairs(tracks: Sequence[_Track], found: Sequence[EditionEntry]) -> Iterator[tuple[_Track, EditionEntry]]:
    """Which draft goes on with which track: as many as before in their order, fewer by their days; the rest is gone."""
    if len(found) == len(tracks):
        yield from zip(tracks, found, strict=True)
        return
    rest, open_days = list(tracks), []
    for draft in found:
        same = next((track for track in rest if track.now.planned == draft.planned), None)
        if same is None:
            open_days.append(draft)
        else:
            rest.remove(same)
            yield same, draft
    for draft in open_days:
        if rest:
            yield rest.pop(0), draft


def _go_on(track: _Track, draft: EditionEntry, at: dt.datetime) -> None:
    if draft == track.now:
        return
    if draft.entry != track.now.entry:
        track.sequence += 1
        track.changed = at
    if draft.entry.day != track.now.entry.day or draft.status != track.now.status:
        track.moved = at
    track.now = draft


def _shown(edition: Edition, tracks: Iterable[_Track], words: Language) -> Iterator[Entry]:
    for track in tracks:
        if track.gone is None:
            entry = track.now.entry
            text = "\n\n".join((entry.description, *_told(edition, track, words)))
        else:
            entry, text = _cancelled(track, words), _settled(edition, track, track.gone, words)
        yield replace(entry, uid=track.uid, stamp=track.changed, sequence=track.sequence, description=text)


def _told(edition: Edition, track: _Track, words: Language) -> Iterator[str]:
    """What became of the day since the plan was adopted."""
    day, former = track.moved.astimezone(edition.plan.zone).date(), track.first.entry.day
    if track.now.status == "confirmed":
        if track.now.entry.day != former:
            yield words.say("calendar.expected", former=former)
        yield words.say("calendar.confirmed", day=day)
    elif track.now.entry.day != former:
        yield words.say("calendar.moved", former=former, day=day)


def _cancelled(track: _Track, words: Language) -> Entry:
    """The entry as it falls away: it rings no more and keeps nobody's day."""
    summary = words.say("calendar.cancelled", summary=track.now.title)
    return replace(track.now.entry, summary=summary, status="cancelled", busy=False, alarms=())


def _settled(edition: Edition, track: _Track, days: tuple[dt.date, ...], words: Language) -> str:
    since = track.changed.astimezone(edition.plan.zone).date()
    said = words.listed(words.day(day) for day in days)
    return words.say(f"calendar.{'settled' if days else 'dropped'}", day=since, days=said)
