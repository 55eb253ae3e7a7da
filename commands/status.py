"""`staffelstab status`: today's work, the urgent first, without waking Prefect."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterable, Iterator

from commands import arguments as given
from commands.for_programs import for_programs
from staffelstab.backup.last import LastBackup, last_backup, told
from staffelstab.language import Language
from staffelstab.ledger.quick_read import quick_read
from staffelstab.publishing.artifacts.clock_line import about_the_clock
from staffelstab.publishing.artifacts.todo import KINDS, Todo, last_pass, todo
from staffelstab.publishing.artifacts.working_folder import look
from staffelstab.timetable.agenda.clock_question import VOUCHES
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import find


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """[FOLDER]."""
    given.workspace(parser, words)
    given.now(parser, words)
    given.json(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Say what is to be done."""
    workspace = find(options.workspace)
    plan, now = given.present(workspace, options.now)
    options.language = plan.language
    entries = quick_read(workspace.ledger, *KINDS, *VOUCHES, until=now)
    asked = () if options.now else about_the_clock(workspace, plan, now, entries)  # another moment is no clock
    items = (*asked, *todo(plan, now, entries, look(workspace)))
    if options.json:
        known = None if workspace.rehearsal else last_backup(workspace.root)
        print(for_programs(_for_programs(plan, now, items, known)))
    else:
        print("\n".join(_for_people(plan, last_pass(entries), items)))
        if not workspace.rehearsal:
            print(told(plan.words, plan.zone, workspace.root, now))
    return 0


def _for_programs(plan: Plan, now: dt.datetime, items: Iterable[Todo], backup: LastBackup | None) -> dict[str, object]:
    listed = [
        {
            "key": item.key,
            "text": item.text,
            "urgent": item.urgent,
            "details": list(item.details),
            "command": item.command,
        }
        for item in items
    ]
    made = {"made": backup.made.isoformat(), "days": backup.days(now), "place": backup.place} if backup else None
    return {"plan": plan.id, "now": now.isoformat(), "todo": listed, "backup": made}


def _for_people(plan: Plan, last: dt.datetime | None, items: Iterable[Todo]) -> Iterator[str]:
    words = plan.words
    if last is None:
        yield words.say("cli.status.head_never", title=plan.title)
    else:
        yield words.say("cli.status.head", title=plan.title, at=last.astimezone(plan.zone))
    for item in items:
        yield f"  {item.text}"
        yield from (f"    - {detail}" for detail in item.details)
        if item.command:
            yield f"    {words.say('overview.todo.command', command=item.command)}"
