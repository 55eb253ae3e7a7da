"""`staffelstab people`: who holds which office and how they are reached: a list to fill in, its import with a preview."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

from commands import arguments as given
from staffelstab.errors import RecordError
from staffelstab.files import write_new
from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.people.holdings import Holding, Unreached, office_name
from staffelstab.people.importing import Change
from staffelstab.service.clock import refuse_doubtful_clock
from staffelstab.service.phase_run import Run
from staffelstab.timetable.plan.model import Plan

FOUND = 1


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """template [--out FILE] | import FILE [--yes] | list."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar=words.say("cli.people.kind"))
    blank = kinds.add_parser("template", help=words.say("cli.people.template"))
    blank.add_argument("--out", type=Path, metavar=words.say("cli.people.head.file"), help=words.say("cli.people.out"))
    taken = kinds.add_parser("import", help=words.say("cli.people.import"))
    taken.add_argument("file", type=Path, metavar=words.say("cli.people.head.file"), help=words.say("cli.people.file"))
    taken.add_argument("--yes", action="store_true", help=words.say("cli.people.yes"))
    known = kinds.add_parser("list", help=words.say("cli.people.list"))
    for sub in (blank, taken, known):
        given.workspace(sub, words)
        given.now(sub, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Each of them; what a list would change is shown before it is entered."""
    at = given.run_of(options)
    if options.kind == "template":
        return _template(at, options.out)
    if options.kind == "import":
        refuse_doubtful_clock(at)
        return _import(at, options.file, yes=options.yes)
    return _list(at)


def _template(run: Run, out: Path | None) -> int:
    from staffelstab.people.role_list import template
    from staffelstab.service.role_lists import people_of

    words = run.plan.words
    file = out or Path(words.say("people.template_file"))
    try:
        write_new(file, template(run.plan, people_of(run)))
    except FileExistsError:
        raise RecordError("people.error.exists", file=legible_name(str(file))) from None
    print(words.say("people.template_written", file=legible_name(str(file))))
    return 0


def _import(run: Run, file: Path, *, yes: bool) -> int:
    from staffelstab.service.role_lists import compare_list, enter_list

    words = run.plan.words
    found = compare_list(run, file)
    for change in found.changes:
        if change.what != "same":
            print(told(run.plan, change))
    same = sum(change.what == "same" for change in found.changes)
    if same:
        print(words.say("people.same", n=same))
    if found.rejected:
        for row in found.rejected:
            reason = words.say(f"case.row.{row.reason}", **row.facts)
            print(
                words.say("people.rejected", row=row.number, reason=reason) if row.number else reason, file=sys.stderr
            )
        print(words.say("people.nothing_entered", n=len(found.rejected)), file=sys.stderr)
        return FOUND
    if not found.news:
        print(words.say("people.nothing_new"))
        return 0
    if not yes and not _agreed(words, len(found.news)):
        print(words.say("people.not_entered"))
        return 0
    print(words.say("people.entered", n=enter_list(run, found)))
    return 0


def _agreed(words: Language, changes: int) -> bool:
    """Whether somebody at the terminal says yes. Without a terminal nobody does."""
    if not sys.stdin.isatty():
        return False
    answer = input(words.say("people.ask", n=changes) + " ").strip().casefold()
    return answer in words.say("people.yes").split()


def told(plan: Plan, change: Change) -> str:
    """One line of the preview."""
    words = plan.words
    office, name = office_name(plan, change.actor), change.contact.name if change.contact else ""
    fields = words.listed(words.say(f"people.field.{field}") for field in change.fields)
    return words.say(f"people.change.{change.what}", office=office, name=name, fields=fields) + _span(
        words, change.since, change.until
    )


def _span(words: Language, since: dt.date | None, until: dt.date | None) -> str:
    if since and until:
        return " " + words.say("people.span.both", since=since, until=until)
    if since or until:
        return " " + words.say("people.span.since" if since else "people.span.until", day=since or until)
    return ""


def _list(run: Run) -> int:
    from staffelstab.service.role_lists import people_of, unreached

    plan, words = run.plan, run.plan.words
    known = people_of(run)
    today = run.now.date()
    for holding in sorted(
        known, key=lambda item: (office_name(plan, item.actor), item.since is not None, str(item.since))
    ):
        print(_line(plan, holding) + ("" if holding.covers(today) else " " + words.say("people.not_today")))
    if not known:
        print(words.say("people.none"))
    missing = unreached(plan, known, run)
    if missing:
        print(words.say("people.missing", n=len(missing)))
        print("\n".join(f"  {line}" for line in _missing(words, missing)))
    return FOUND if missing else 0


def _missing(words: Language, missing: tuple[Unreached, ...]) -> Iterator[str]:
    for item in missing:
        yield words.say(f"people.why.{item.why}", office=item.office.name)


def _line(plan: Plan, holding: Holding) -> str:
    words, office = plan.words, office_name(plan, holding.actor)
    span = _span(words, holding.since, holding.until)
    if holding.vacant:
        return words.say("people.line.vacant", office=office) + span
    if holding.contact is None:
        return words.say("people.line.erased", office=office) + span
    contact = holding.contact
    ways = words.listed(filter(None, (contact.mail, ", ".join(contact.post))))
    key = "person" if ways else "no_address"
    return words.say(f"people.line.{key}", office=office, name=contact.name, ways=ways) + span
