"""The draft as a plan file: values by tomlkit, comments and order as a person would write them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from staffelstab.draft.item import Draft, Entry, Fields
from staffelstab.language import Language

_WIDTH = 120
_RULE = 124
_SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", ("resolution", "resolution.vote", "resolution.certified", "resolution.responsible")),
    ("recipients", ("recipients",)),
    ("actors", ("perspectives", "offices", "bodies")),
    ("groups", ("groups", "roles", "hearings")),
    ("sessions", ("events", "sessions")),
    ("phases", ("phases", "calls")),
    ("work", ("materials", "responsibilities")),
    ("later", ("resubmission", "reports", "breaks")),
)
_SINGLE = frozenset(
    {"resolution", "resolution.vote", "resolution.certified", "resolution.responsible", "resubmission", "reports"}
)
_REMARKS = ("bodies", "groups", "events", "sessions", "phases", "calls")


def toml_of(draft: Draft, language: str) -> str:
    """The plan file's text, ending with a line end; the same draft gives the same bytes."""
    words = Language(language)
    lines = [*_comment(words.say("draft.head")), ""]
    lines += [line for asked in draft.questions for line in _question(asked, words)]
    lines += [f"{key} = {_value(value)}" for key, value in draft.head.items()]
    for section, tables in _SECTIONS:
        entries = [entry for table in tables for entry in draft.of(table)]
        if section and entries:
            lines += ["", _rule(words.say(f"draft.section.{section}"))]
        for table in tables:
            lines += _table(draft.of(table), table, words)
    lines += ["", _rule(words.say("draft.section.missing")), "", *_comment(words.say("draft.missing"))]
    return "\n".join(lines) + "\n"


def questions_in(plan: str, language: str) -> list[tuple[int, str]]:
    """Every question of a plan file that `toml_of` wrote: its line from 1, and its text."""
    mark = f"# {Language(language).say('draft.question')} "
    found: list[tuple[int, str]] = []
    for number, line in enumerate(plan.splitlines(), 1):
        if line.startswith(mark):
            found.append((number, line.removeprefix(mark)))
        elif found and line.startswith("#".ljust(len(mark))) and number == found[-1][0] + found[-1][1].count("\n") + 1:
            found[-1] = (found[-1][0], f"{found[-1][1]}\n{line[len(mark) :]}")
    return [(number, " ".join(text.split())) for number, text in found]


def _table(entries: list[Entry], table: str, words: Language) -> Iterable[str]:
    if not entries:
        return
    if table in _REMARKS:
        yield ""
        yield from _comment(words.say(f"draft.remark.{table}"))
    repeated = _common(entries) if table in _REMARKS else []
    for asked in repeated:
        yield from _question(asked, words)
    for place, entry in enumerate(entries):
        if table in _SINGLE or (place == 0 and table not in _REMARKS):
            yield ""
        for asked in entry.questions:
            if asked not in repeated:
                yield from _question(asked, words)
        yield f"[{table}]" if table in _SINGLE else f"[[{table}]]"
        yield from (f"{key} = {_value(value)}" for key, value in entry.fields.items())


def _common(entries: list[Entry]) -> list[str]:
    """Questions that every entry of a table asks alike: said once, above all of them."""
    if len(entries) < 2:
        return []
    return [asked for asked in entries[0].questions if all(asked in entry.questions for entry in entries[1:])]


def _value(value: object) -> str:
    from tomlkit import inline_table, item

    if isinstance(value, dict):
        table = inline_table()
        table.update(_plain(value))
        return f"{{ {table.as_string()[1:-1].strip()} }}"
    return str(item(value).as_string())


def _plain(fields: Fields) -> Fields:
    return {key: value for key, value in fields.items() if value not in ("", [], None)}


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
