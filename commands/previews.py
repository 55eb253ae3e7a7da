"""What a change would do, as a person reads it in a terminal, and as a program does."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from commands.for_programs import for_programs
from staffelstab.timetable.amend.consequences import Consequence
from staffelstab.timetable.amend.preview import Preview
from staffelstab.timetable.amend.preview_text import Section, finding_text, notes, sections, told_actors
from staffelstab.timetable.amend.proposal import Proposal
from staffelstab.timetable.amend.slack import Slack

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
    return "\n".join(line for section in sections(preview) for line in _lines(section))


def _lines(section: Section) -> Iterator[str]:
    yield from ("", section.heading)
    if section.rows:
        yield from _table(section.heads, section.rows)
        for note in section.sentences:
            yield from ("", *textwrap.wrap(note, WIDTH, break_on_hyphens=False))
    else:
        yield from _listed(section.sentences)


def _listed(sentences: Iterable[str]) -> list[str]:
    """Each sentence as a point; folded between words alone, so that a command in it can be copied."""
    fold = textwrap.TextWrapper(WIDTH, break_long_words=False, break_on_hyphens=False)
    fold.initial_indent, fold.subsequent_indent = f"{INDENT}- ", INDENT * 2
    return [line for item in sentences for line in fold.wrap(item)]


def _table(heads: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """Columns as wide as their widest cell; the first is folded where the line would be too long."""
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


def facts(preview: Preview) -> dict[str, Any]:
    """The same for programs."""
    words = preview.before.words
    known, more = told_actors(preview)
    return {
        "changes": [_fact(row) for row in preview.rows],
        "notes": list(notes(preview)),
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
