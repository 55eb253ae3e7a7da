"""`staffelstab plan`: begin a plan anew on other dates, describe what a plan file may hold, or draw it."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from commands import arguments as given
from commands import picture
from commands.for_programs import for_programs
from staffelstab.errors import PlanError
from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.timetable.plan.load import PLAN, find_plan

if TYPE_CHECKING:
    from staffelstab.timetable.renewal.renew import Renewal

WIDTH = 100
_DATE = re.compile(r"(?<=\d\.) (?=[A-ZÄÖÜ]\w+ \d{4})|(?<=\d) (?=[A-Z]\w+ \d{4})|(?<=[a-zä]) (?=\d{4}\b)")
"""The spaces between day, month and year."""


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """new --like PLAN --start DAY … | schema | picture PLAN …."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar=words.say("renewal.command.what"))
    new = kinds.add_parser("new", help=words.say("renewal.command.new"))
    new.add_argument("--like", type=Path, required=True, metavar="PLAN", help=words.say("renewal.command.like"))
    new.add_argument(
        "--start",
        type=given.day,
        required=True,
        metavar=words.say("cli.day"),
        help=words.say("renewal.command.start"),
    )
    file = words.say("renewal.command.file")
    new.add_argument("--out", type=Path, default=Path(PLAN), metavar=file, help=words.say("renewal.command.out"))
    new.add_argument("--force", action="store_true", help=words.say("renewal.command.force"))
    given.json(new, words)
    schema = kinds.add_parser("schema", help=words.say("renewal.command.schema"))
    schema.add_argument("--out", type=Path, metavar=file, help=words.say("renewal.command.schema_out"))
    picture.arguments(kinds.add_parser("picture", help=words.say("calendar.command.picture")), words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Do the one or the other; no plan is overwritten unasked. Raises PlanError."""
    if options.kind == "picture":
        return picture.run(options)
    return _schema(options.out) if options.kind == "schema" else _new(options)


def _schema(out: Path | None) -> int:
    from staffelstab.timetable.plan.json_schema import schema_text

    if out is None:
        print(schema_text(), end="")
    else:
        _write(out, schema_text())
    return 0


def _new(options: argparse.Namespace) -> int:
    from staffelstab.timetable.renewal.renew import renew

    made = renew(options.like, options.start)
    options.language = made.plan.language
    if options.out.exists() and options.out.samefile(find_plan(options.like)):
        raise PlanError("renewal.same", file=str(options.out))
    if options.out.exists() and not options.force:
        raise PlanError("renewal.exists", file=str(options.out))
    _write(options.out, made.text)
    print(_as_json(made, options.out) if options.json else "\n".join(_as_text(made, options.start, options.out)))
    return 0


def _write(path: Path, text: str) -> None:
    """Write a file, its folder too if that is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _as_json(made: Renewal, out: Path) -> str:
    words = made.plan.words
    facts = {
        "file": str(out),
        "start": made.beginning.isoformat(),
        "weeks": made.moved.weeks,
        "renamed": made.renamed,
        "questions": [
            {"subject": item.subject, "kind": item.kind, "path": item.path, "text": item.text(words)}
            for item in made.questions
        ],
    }
    return for_programs(facts)


def _as_text(made: Renewal, wanted: dt.date, out: Path) -> Iterator[str]:
    words = made.plan.words
    yield words.say("renewal.begins", weekday=words.weekday(made.beginning), day=made.beginning)
    if made.beginning != wanted:
        same = words.weekday(made.beginning)
        yield from _wrapped(words.say("renewal.later", weekday=words.weekday(wanted), day=wanted, same=same))
    side = words.say(f"renewal.side.{'earlier' if made.moved.weeks < 0 else 'later'}")
    yield words.say("renewal.distance", n=abs(made.moved.weeks), side=side)
    if made.renamed:
        names = words.listed(f"{old} → {new}" for old, new in made.renamed.items())
        yield from _wrapped(words.say("renewal.renamed", names=names))
    yield "\n" + words.say("renewal.count", n=len(made.questions))
    for subject in dict.fromkeys(item.subject for item in made.questions):
        yield "\n" + words.say(f"renewal.subject.{subject}")
        for item in made.questions:
            if item.subject == subject:
                yield from _wrapped(item.text(words), "• ")
    yield "\n" + words.say("renewal.written", file=legible_name(str(out)))
    yield words.say("renewal.next", file=legible_name(str(out)))


def _wrapped(text: str, bullet: str = "") -> list[str]:
    """The lines of a sentence; a date is not broken."""
    glued = _DATE.sub("\N{NO-BREAK SPACE}", text)
    lines = textwrap.wrap(
        glued,
        WIDTH,
        initial_indent=bullet,
        subsequent_indent=" " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]
