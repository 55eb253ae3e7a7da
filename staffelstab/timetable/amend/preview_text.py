"""What a preview says, in sections of sentences and tables: the same for a terminal and for a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from staffelstab.language import Language
from staffelstab.timetable.amend.consequences import Consequence
from staffelstab.timetable.amend.preview import Preview
from staffelstab.timetable.amend.slack import Left, Slack
from staffelstab.timetable.lint.finding import Finding
from staffelstab.timetable.plan.actors import Actor, actors


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a preview under its heading: a table, `sentences`, or a table and what is to be said about it.

    `name` is below `amend.section` in the catalogue; a table may do without `heads`.
    """

    name: str
    heading: str
    sentences: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    heads: tuple[str, ...] = ()


def sections(preview: Preview) -> tuple[Section, ...]:
    """The whole preview; sections without anything to say are left out."""
    return tuple(section for section in _sections(preview) if section.sentences or section.rows)


def _sections(preview: Preview) -> Iterator[Section]:
    words = preview.before.words
    dates = [row for row in preview.rows if row.kind != "run"]
    runs = [row for row in preview.rows if row.kind == "run"]
    heads = tuple(words.say(f"amend.head.{name}") for name in ("what", "before", "after", "how"))
    yield _listed(words, "against", (item.text for item in preview.against))
    yield Section("changes", _heading(words, "changes"), notes(preview), _table(preview, dates), heads)
    yield Section("runs", _heading(words, "runs"), (), _table(preview, runs))
    yield _listed(words, "stays", (item.text for item in preview.stays))
    yield _listed(words, "spans", preview.spans)
    yield _listed(words, "slack", slack_texts(preview.slack, words))
    yield _listed(words, "days", preview.days)
    yield _listed(words, "new", (finding_text(item, words) for item in preview.new))
    yield _listed(words, "gone", (finding_text(item, words) for item in preview.gone))
    yield _listed(words, "already", preview.already)
    yield _listed(words, "told", told(preview))


def _listed(words: Language, name: str, sentences: Iterator[str] | Sequence[str]) -> Section:
    return Section(name, _heading(words, name), tuple(sentences))


def _heading(words: Language, name: str) -> str:
    return words.say(f"amend.section.{name}")


def notes(preview: Preview) -> tuple[str, ...]:
    """Why reports come or fall away: they follow from the sessions (R51)."""
    reports = any(row.kind == "report" for row in preview.rows)
    return (preview.before.words.say("amend.how.reports"),) if reports else ()


def _table(preview: Preview, rows: Sequence[Consequence]) -> tuple[tuple[str, ...], ...]:
    words = preview.before.words
    return tuple((row.label, _shown(row.before, words), _shown(row.after, words), _how(row, preview)) for row in rows)


def _how(row: Consequence, preview: Preview) -> str:
    """Whether a day was moved or confirmed, follows, is new or falls away, and by how many days."""
    words = preview.before.words
    said = words.say(f"amend.how.{preview.moves[0].kind if row.kind == 'moved' else 'follows'}")
    if row.days is None:
        return words.say("amend.how.gone") if row.after is None else words.say("amend.how.new")
    return f"{row.days:+d} {words.say('amend.how.days', n=abs(row.days))}, {said}".replace("-", "−")


def _shown(day: dt.date | dt.datetime | None, words: Language) -> str:
    if day is None:
        return words.say("amend.how.none")
    weekday = words.short_weekday(day)
    time = f" {day:%H:%M}" if isinstance(day, dt.datetime) else ""
    return f"{weekday} {words.short_day(day)}{time}"


def slack_texts(items: Sequence[Slack], words: Language) -> Iterator[str]:
    """For each wall a sentence: how far it is, before and after, from what is moved and from the last day of the work."""
    for wall, day in dict.fromkeys((item.wall, item.day) for item in items):
        parts = [_from(item, words) for item in items if (item.wall, item.day) == (wall, day)]
        yield words.say("amend.slack.wall", wall=wall, day=day, left="; ".join(parts))


def _from(item: Slack, words: Language) -> str:
    key = "same" if item.before == item.after else "changed"
    facts = {"left": _left(item.after, words), "before": _left(item.before, words)}
    return words.say(f"amend.slack.{key}", what=item.label, **facts)


def _left(left: Left, words: Language) -> str:
    if left.days < 0:
        return words.say("amend.slack.behind", n=-left.days)
    return words.say("amend.slack.days", n=left.days, working=left.working)


def finding_text(finding: Finding, words: Language) -> str:
    """What the check says."""
    return words.say(f"lint.{finding.code}.text", **finding.facts)


def told(preview: Preview) -> Iterator[str]:
    """Who gets the letter: those concerned by name, and how many more groups of the distribution list."""
    known, more = told_actors(preview)
    yield from (actor.name for actor in known)
    if more:
        yield preview.before.words.say("amend.told.list", n=len(more))


def told_actors(preview: Preview) -> tuple[list[Actor], list[Actor]]:
    """The receivers that the plan knows, and those that are merely named on the distribution list."""
    everyone = actors(preview.after)
    known = [actor for actor in preview.receivers if actor.id in everyone]
    return known, [actor for actor in preview.receivers if actor.id not in everyone]
