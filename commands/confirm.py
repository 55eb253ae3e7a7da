"""`staffelstab confirm`: a proposal, an assumption or an unknown of the plan holds from now on; without ITEM, what asks for it."""

from __future__ import annotations

import argparse
import datetime as dt
import shlex
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from commands import arguments as given
from commands.for_programs import for_programs
from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.timetable.amend.items import Item, deciding, item_label, open_items
from staffelstab.timetable.plan.actors import name_of
from staffelstab.timetable.plan.load import PLAN
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace, find

if TYPE_CHECKING:
    from staffelstab.service.changes import Done


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """[ITEM] [FOLDER] [--date DAY] --by BODY [--authorised] [--session SESSION]."""
    parser.add_argument(
        "item", nargs="?", metavar=words.say("amend.cli.item"), help=words.say("amend.cli.confirm_item")
    )
    given.workspace(parser, words)
    parser.add_argument("--date", type=given.day, metavar=words.say("cli.day"), help=words.say("amend.cli.date"))
    parser.add_argument("--by", default="", metavar=words.say("amend.cli.actor"), help=words.say("amend.cli.by"))
    parser.add_argument("--authorised", action="store_true", help=words.say("amend.cli.authorised"))
    parser.add_argument(
        "--session", default="", metavar=words.say("amend.cli.session_name"), help=words.say("amend.cli.session")
    )
    given.now(parser, words)
    given.json(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Check it whole, then write it down; without an item, list what is open."""
    item, folder = _sorted_out(options)
    workspace = find(folder)
    plan, now = given.present(workspace, options.now)
    options.language = plan.language
    if item is None:
        print(_listed(plan, folder, as_json=options.json))
        return 0
    return _confirm(options, workspace, plan, now, item)


def _sorted_out(options: argparse.Namespace) -> tuple[str | None, Path]:
    """A folder alone is no item: `staffelstab confirm akte` lists what is open there."""
    item: str | None = options.item
    if item is not None and options.workspace == Path() and (Path(item) / PLAN).is_file():
        return None, Path(item)
    return item, options.workspace


def _confirm(options: argparse.Namespace, workspace: Workspace, plan: Plan, now: dt.datetime, item: str) -> int:
    from commands.previews import show
    from staffelstab.service.clock import refuse_doubtful_clock
    from staffelstab.service.confirm_dates import proposed_confirmation, record_confirmation
    from staffelstab.service.phase_run import Run
    from staffelstab.timetable.amend.authority import Authority

    at = Run(workspace, plan, now.astimezone(plan.zone))
    refuse_doubtful_clock(at)
    authority = Authority(options.by, options.session, options.authorised)
    proposal = proposed_confirmation(at, item, options.date, authority)
    if proposal.refusal:
        return show(proposal, as_json=options.json)
    return _report(options, plan, item, record_confirmation(at, proposal))


def _report(options: argparse.Namespace, plan: Plan, item: str, done: Done) -> int:
    from commands.previews import facts, text
    from staffelstab.timetable.amend.items import find_item
    from staffelstab.timetable.amend.outside import outside

    said = plan.words
    found = find_item(plan, item, dated=options.date is not None)
    besides = outside(plan, found, options.date)
    if options.json:
        preview = facts(done.preview) if done.preview else None
        done_facts = {"item": found.name, "repeated": done.repeated, "outside": besides or None, "preview": preview}
        print(for_programs(done_facts))
        return 0
    key = "repeated" if done.repeated else "confirmed" if options.date else "agreed"
    print(said.say(f"amend.done.{key}", what=item_label(plan, found), day=options.date))
    if besides:
        print(textwrap.fill(besides, 100, break_on_hyphens=False))
    if done.preview:
        print(text(done.preview))
    return 0


def _listed(plan: Plan, folder: Path, *, as_json: bool) -> str:
    said = plan.words
    items = open_items(plan)
    if as_json:
        return for_programs([_fact(plan, item) for item in items])
    if not items:
        return said.say("amend.open.none")
    lines = [said.say("amend.open.head", n=len(items))]
    for item in items:
        lines += ["", f"- {item.name}: {item_label(plan, item)}", f"  {_known(said, item)}"]
        lines.append(f"  {_command(plan, item, folder)}")
    return "\n".join(lines)


def _known(said: Language, item: Item) -> str:
    if item.kind != "date":
        return said.say(f"amend.open.{item.kind}")
    days = said.listed(said.day(day) for day in item.days)
    return said.say("amend.open.days", days=days) if days else said.say("amend.open.no_days")


def _command(plan: Plan, item: Item, folder: Path) -> str:
    """The command that settles the item, with the folder if it is not the present one."""
    said = plan.words
    day = (item.when.date if item.when else None) or next(iter(item.days), None)
    shown = day.isoformat() if day else said.say("amend.hint.some_day")
    date = f" --date {shown}" if item.kind == "date" else ""
    where = "" if folder == Path() else f" {shlex.quote(legible_name(str(folder)))}"
    return f"staffelstab confirm {item.name}{where}{date} --by {deciding(plan, item)}"


def _fact(plan: Plan, item: Item) -> dict[str, object]:
    return {
        "item": item.name,
        "kind": item.kind,
        "label": item_label(plan, item),
        "candidates": [day.isoformat() for day in item.days],
        "by": deciding(plan, item),
        "by_name": name_of(plan, deciding(plan, item)),
    }
