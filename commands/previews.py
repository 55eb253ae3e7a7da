"""What a change would do, as a person reads it in a terminal, and as a program does."""

from __future__ import annotations

import datetime as dt
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from commands.for_programs import for_programs
from staffelstab.language import Language
from staffelstab.timetable.amend.consequences import Consequence
from staffelstab.timetable.amend.preview import Preview
from staffelstab.timetable.amend.proposal import Proposal
from staffelstab.timetable.amend.slack import Left, Slack
from staffelstab.timetable.lint.finding import Finding
from staffelstab.timetable.plan.actors import Actor, actors

WIDTH = 100
REFUSED = 1
INDENT = "  "


def show(proposal: Proposal, *, as_json: bool) -> int:
    """Print what would follow; a refusal first, or what is to be done last. Returns the exit code, REFUSED for a refusal."""
    words = proposal.basis.plan.words
    refused, question = (problem and problem.text(words.code) for problem in (proposal.refusal, proposal.question))
    if as_json:
        answer = {"applied": False, "refused": refused, **facts(proposal.preview)}
        print(for_programs(answer))
        return REFUSED if refused else 0
    if refused:
        print(textwrap.fill(refused, WIDTH, break_on_hyphens=False), file=sys.stderr)
    print(text(proposal.preview).lstrip("\n"))
    if refused:
        return REFUSED
    print(f"\n{question or words.say('amend.done.preview')}")
    return 0


def text(preview: Preview) -> str:
    """The whole preview, in sections; those without anything to say are left out."""
    words = preview.before.words
    return "\n".join(line for section in _sections(preview, words) for line in section)


def _sections(preview: Preview, words: Language) -> Iterator[list[str]]:
    dates = [row for row in preview.rows if row.kind != "run"]
    runs = [row for row in preview.rows if row.kind == "run"]
    yield _section(words, "against", _listed(item.text for item in preview.against))
    yield _section(words, "changes", _table(_heads(words), [_cells(row, preview, words) for row in dates]))
    yield from (["", *textwrap.wrap(note, WIDTH, break_on_hyphens=False)] for note in _notes(preview, words))
    yield _section(words, "runs", _table((), [_cells(row, preview, words) for row in runs]))
    yield _section(words, "stays", _listed(item.text for item in preview.stays))
    yield _section(words, "spans", _listed(preview.spans))
    yield _section(words, "slack", _listed(slack_texts(preview.slack, words)))
    yield _section(words, "days", _listed(preview.days))
    yield _section(words, "new", _listed(finding_text(item, words) for item in preview.new))
    yield _section(words, "gone", _listed(finding_text(item, words) for item in preview.gone))
    yield _section(words, "already", _listed(preview.already))
    yield _section(words, "told", _listed(told(preview, words)))


def _notes(preview: Preview, words: Language) -> Iterator[str]:
    """Why reports come or fall away: they follow from the sessions (R51)."""
    if any(row.kind == "report" for row in preview.rows):
        yield words.say("amend.how.reports")


def _section(words: Language, name: str, lines: Sequence[str]) -> list[str]:
    return ["", words.say(f"amend.section.{name}"), *lines] if lines else []


def _listed(sentences: Iterable[str]) -> list[str]:
    """Each sentence as a point; folded between words alone, so that a command in it can be copied."""
    fold = textwrap.TextWrapper(WIDTH, break_long_words=False, break_on_hyphens=False)
    fold.initial_indent, fold.subsequent_indent = f"{INDENT}- ", INDENT * 2
    return [line for item in sentences for line in fold.wrap(item)]


def _heads(words: Language) -> tuple[str, ...]:
    return tuple(words.say(f"amend.head.{name}") for name in ("what", "before", "after", "how"))


def _cells(row: Consequence, preview: Preview, words: Language) -> tuple[str, ...]:
    return row.label, _shown(row.before, words), _shown(row.after, words), _how(row, preview, words)


def _how(row: Consequence, preview: Preview, words: Language) -> str:
    """Whether a day was moved or confirmed, follows, is new or falls away, and by how many days."""
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


def _table(heads: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """Columns as wide as their widest cell; the first is folded where the line would be too long."""
    if not body:
        return []
    every = [*([heads] if heads else []), *body]
    widths = [max(len(row[at]) for row in every) for at in range(len(every[0]))]
    widths[0] = min(widths[0], WIDTH - sum(widths[1:]) - 3 * 2 - len(INDENT))
    lines = [line for row in every for line in _row(row, widths)]
    rule = [INDENT + "  ".join("-" * width for width in widths)]
    return [lines[0], *rule, *lines[1:]] if heads else lines


def _row(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    first, *more = textwrap.wrap(row[0], widths[0]) or [""]
    cells = (first, *row[1:])
    yield (INDENT + "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))).rstrip()
    yield from (INDENT * 2 + line for line in more)


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


def told(preview: Preview, words: Language) -> Iterator[str]:
    """Who gets the letter: those concerned by name, and how many more groups of the distribution list."""
    known, more = _told(preview)
    yield from (actor.name for actor in known)
    if more:
        yield words.say("amend.told.list", n=len(more))


def _told(preview: Preview) -> tuple[list[Actor], list[Actor]]:
    """The receivers that the plan knows, and those that are merely named on the distribution list."""
    everyone = actors(preview.after)
    known = [actor for actor in preview.receivers if actor.id in everyone]
    return known, [actor for actor in preview.receivers if actor.id not in everyone]


def facts(preview: Preview) -> dict[str, Any]:
    """The same for programs."""
    words = preview.before.words
    known, more = _told(preview)
    return {
        "changes": [_fact(row) for row in preview.rows],
        "notes": list(_notes(preview, words)),
        "against": [
            {"kind": item.kind, "item": item.item, "date": item.day.isoformat(), "limit": item.limit, "text": item.text}
            for item in preview.against
        ],
        "stays": [
            {"text": item.text, "item": item.item, "date": item.day.isoformat() if item.day else None}
            for item in preview.stays
        ],
        "spans": list(preview.spans),
        "slack": [_slack(item) for item in preview.slack],
        "days": list(preview.days),
        "findings": {
            side: [{"code": item.code, "path": item.path, "text": finding_text(item, words)} for item in found]
            for side, found in (("new", preview.new), ("gone", preview.gone))
        },
        "already": list(preview.already),
        "tell": [actor.id for actor in known],
        "tell_list": [actor.name for actor in more],
    }


def _fact(row: Consequence) -> dict[str, Any]:
    sides = {"before": row.before, "after": row.after}
    days = {side: day.isoformat() if day else None for side, day in sides.items()}
    return {"kind": row.kind, "item": row.item, "label": row.label, **days, "days": row.days}


def _slack(item: Slack) -> dict[str, Any]:
    sides = {"before": item.before, "after": item.after}
    left = {side: {"days": left.days, "working_days": left.working} for side, left in sides.items()}
    return {"wall": item.wall, "date": item.day.isoformat(), "from": item.label, **left}
