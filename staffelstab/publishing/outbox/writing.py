"""Letters from their templates: plain text, wrapped, with the office's name below and no person's anywhere.

A template writes each paragraph on one line; lines that begin with "- " are lists. Facts from records and papers go through
`line` first, so that nothing in them can pass for a paragraph of ours.
"""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from staffelstab.documents.rendering.characters import harmless, line
from staffelstab.documents.rendering.templates import environment
from staffelstab.language import Fact
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.timetable.plan.actors import Actor, acting, actors, name_of, office_at
from staffelstab.timetable.plan.model import Plan

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTH = 72
_BLANK = re.compile(r"\n{3,}")


def compose(
    plan: Plan,
    key: str,
    day: dt.date,
    to: tuple[Actor, ...],
    subject: Mapping[str, Fact],
    facts: Mapping[str, object],
    attachments: tuple[str, ...] = (),
    *,
    overdue: bool = False,
) -> Letter:
    """The letter of the occasion that `key` begins with: its subject from the catalogue, its body from the template.

    An `overdue` letter is drafted when the day it speaks of is over: its template then speaks of that day as past, and so does
    its subject where the catalogue has one for that.
    """
    occasion, words = key.partition(":")[0], plan.words
    late = f"outbox.subject.{occasion}_overdue"
    named = late if overdue and words.knows(late) else f"outbox.subject.{occasion}"
    said = words.say(named, title=plan.title, **subject)
    body = write(plan, occasion, day, {**facts, "overdue": overdue}, attachments)
    return Letter(key, occasion, day, _acting(plan, to, day), line(said), body, attachments)


def _acting(plan: Plan, to: tuple[Actor, ...], day: dt.date) -> tuple[Actor, ...]:
    """The same people, a vacant office's deputy in its place, each once."""
    known = actors(plan)
    found = {actor.id: acting(plan, actor.id, day) for actor in to}
    return tuple(
        {found[actor.id]: known[found[actor.id]] if found[actor.id] != actor.id else actor for actor in to}.values()
    )


def write(
    plan: Plan, template: str, day: dt.date, facts: Mapping[str, object], attachments: tuple[str, ...] = ()
) -> str:
    """The text of `letters/<template>.txt.j2`, from the office that coordinates on that day."""
    text = (
        environment(plan.language)
        .get_template(f"letters/{template}.txt.j2")
        .render(
            **facts,
            title=line(plan.title),
            organisation=line(plan.organisation),
            adopted=plan.resolution.date,
            office=name_of(plan, office_at(plan, day)),
            enclosed=[PurePosixPath(name).name for name in attachments],
        )
    )
    return wrapped(harmless(text))


def wrapped(text: str) -> str:
    """Text in lines of WIDTH characters; paragraphs and lists stay, several blank lines become one."""
    lines = (part for paragraph in text.strip().split("\n") for part in _wrap(paragraph.rstrip()))
    return _BLANK.sub("\n\n", "\n".join(lines)) + "\n"


def unwrapped(text: str) -> str:
    """The text as it was before `wrapped`: a line goes on with the next one if that one's first word had no more room in it.

    An item of a list and a line that begins with a label ("Deadline: …") are lines of their own.
    """
    lines: list[str] = []
    room = -1
    for part in text.split("\n"):
        word, _, rest = part.lstrip().partition(" ")
        is_own = (word == "-" and bool(rest)) or (word.endswith(":") and word[0].isupper())
        if lines and word and not is_own and 0 <= room < len(word) + 1:
            lines[-1] = f"{lines[-1]} {part.lstrip()}"
        else:
            lines.append(part)
        room = WIDTH - len(part) if part.strip() else -1
    return "\n".join(lines)


def _wrap(paragraph: str) -> list[str]:
    indent = "  " if paragraph.startswith("- ") else ""
    wrapper = textwrap.TextWrapper(WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(paragraph) or [""]
