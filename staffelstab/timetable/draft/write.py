"""The draft as a plan file: values by tomlkit, comments and order as a person would write them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import fields

import msgspec

from staffelstab.language import Language
from staffelstab.timetable.draft.plan_entries import KEY, Body, Call, Draft, Event, Group, Item, Phase, Session
from staffelstab.timetable.plan.model import Audience
from staffelstab.timetable.plan.when import When

_WIDTH = 120
_RULE = 124
_REMARKED = (Body, Group, Event, Session, Phase, Call)
"""Tables with a remark above them, and what all their items ask alike."""


def toml_of(draft: Draft, language: str) -> str:
    """The plan file's text, ending with a line end; the same draft gives the same bytes."""
    words = Language(language)
    lines = [*_comment(words.say("draft.head")), ""]
    lines += [line for question in draft.head.questions for line in _question(question, words)]
    lines += _fields(draft.head)
    lines += [] if draft.sessions else [f"{Session.table} = []"]  # a plan has the key, even where no session was found
    for section, tables in _sections(draft):
        if section and any(tables):
            lines += ["", _rule(words.say(f"draft.section.{section}"))]
        lines += [line for table in tables if table for line in _table(table, words)]
    lines += ["", _rule(words.say("draft.section.missing")), "", *_comment(words.say("draft.missing"))]
    return "\n".join(lines) + "\n"


def _sections(draft: Draft) -> Iterator[tuple[str, tuple[Sequence[Item], ...]]]:
    """The tables in the order in which they are written, below their headings."""
    yield "", ((draft.resolution,), (draft.vote,), _optional(draft.certified), (draft.responsible,))
    yield "recipients", (draft.recipients,)
    yield "actors", (draft.perspectives, draft.offices, draft.bodies)
    yield "groups", (draft.groups, draft.roles, draft.hearings)
    yield "sessions", (draft.events, draft.sessions)
    yield "phases", (draft.phases, draft.calls)
    yield "work", (draft.materials, draft.responsibilities)
    yield "later", (_optional(draft.resubmission), _optional(draft.reports), draft.breaks)


def _optional(item: Item | None) -> tuple[Item, ...]:
    return (item,) if item else ()


def questions_in(plan: str, language: str) -> list[tuple[int, str]]:
    """Every question of a plan file that `toml_of` wrote: its line from 1, and its text."""
    mark = f"# {Language(language).say('draft.question')} "
    questions: list[tuple[int, str]] = []
    for number, line in enumerate(plan.splitlines(), 1):
        if line.startswith(mark):
            questions.append((number, line.removeprefix(mark)))
        elif questions and line.startswith("#".ljust(len(mark))) and number == _below(*questions[-1]):
            questions[-1] = (questions[-1][0], f"{questions[-1][1]}\n{line[len(mark) :]}")
    return [(number, " ".join(text.split())) for number, text in questions]


def _below(number: int, text: str) -> int:
    """The line below a question that begins on a line and has got so far."""
    return number + text.count("\n") + 1


def _table(items: Sequence[Item], words: Language) -> Iterator[str]:
    """The items of one table, its remark above them and each question above what it asks about."""
    remarked = isinstance(items[0], _REMARKED)
    shared = _shared(items) if remarked else []
    if remarked:
        yield ""
        yield from _comment(words.say(f"draft.remark.{items[0].table}"))
    for question in shared:
        yield from _question(question, words)
    for place, item in enumerate(items):
        if item.single or (place == 0 and not remarked):
            yield ""
        for question in item.questions:
            if question not in shared:
                yield from _question(question, words)
        yield f"[{item.table}]" if item.single else f"[[{item.table}]]"
        yield from _fields(item)


def _shared(items: Sequence[Item]) -> list[str]:
    """Questions that every item of a table asks alike: said once, above all of them."""
    if len(items) < 2:
        return []
    return [question for question in items[0].questions if all(question in item.questions for item in items[1:])]


def _fields(item: Item) -> Iterator[str]:
    """A line for each field: those of the item's own kind first, its quote and note behind them."""
    general = fields(Item)
    for each in (*fields(item)[len(general) :], *general):
        key, value = each.metadata.get(KEY, each.name), getattr(item, each.name)
        if key and value != each.default:
            yield f"{key} = {_value(value)}"


def _value(value: object) -> str:
    from tomlkit import item

    match value:
        case When():
            return _when(value)
        case Audience():
            return _value(value.adopted) if value.adopted else _inline(proposed=value.proposed, note=value.note)
        case tuple():
            return str(item(list(value)).as_string())
        case _:
            return str(item(value).as_string())


def _when(when: When) -> str:
    """A date as a plan file holds it: a mere day, a mere rule, or a table of all that is known about it."""
    if when.status == "open":
        return _inline(open=True)
    table = {
        each.name: value for each in msgspec.structs.fields(when) if (value := getattr(when, each.name)) != each.default
    }
    if table.keys() <= {"date"} or table.keys() <= {"rule"}:
        return _value(when.date or when.rule)
    return _inline(**table)


def _inline(**values: object) -> str:
    """A table on one line, without what is empty."""
    from tomlkit import inline_table

    table = inline_table()
    table.update({key: list(value) if isinstance(value, tuple) else value for key, value in values.items() if value})
    return f"{{ {table.as_string()[1:-1].strip()} }}"


def _question(text: str, words: Language) -> list[str]:
    first = f"# {words.say('draft.question')} "
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=first,
        subsequent_indent="#".ljust(len(first)),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _comment(text: str) -> list[str]:
    lines = []
    for paragraph in text.strip().split("\n"):
        wrapped = textwrap.wrap(
            paragraph,
            _WIDTH,
            initial_indent="# ",
            subsequent_indent="# ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        lines += wrapped or ["#"]
    return lines


def _rule(title: str) -> str:
    return f"# --- {title} ".ljust(_RULE, "-")
