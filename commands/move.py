"""`staffelstab move`: what happens if a date is moved, as before and after; and, with --apply, the moving of it."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import textwrap
from typing import TYPE_CHECKING

from commands import arguments as given
from staffelstab.errors import RecordError
from staffelstab.language import Language
from staffelstab.plan.model import Plan
from staffelstab.workspace import Workspace, working_folder

if TYPE_CHECKING:
    from staffelstab.amend.basis import Basis
    from staffelstab.amend.past import Past
    from staffelstab.amend.preview import Preview

REFUSED = 1
WIDTH = 100


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """PLAN ITEM DATE [--with ITEM …] [--apply --by ACTOR --reason TEXT]."""
    given.plan(parser, words)
    parser.add_argument("item", metavar=words.say("amend.cli.item"), help=words.say("amend.cli.move_item"))
    parser.add_argument(
        "date", type=dt.date.fromisoformat, metavar=words.say("cli.day"), help=words.say("amend.cli.new_date")
    )
    parser.add_argument(
        "--with",
        dest="others",
        action="append",
        default=[],
        metavar=words.say("amend.cli.item"),
        help=words.say("amend.cli.with"),
    )
    parser.add_argument("--apply", action="store_true", help=words.say("amend.cli.apply"))
    parser.add_argument("--by", default="", metavar=words.say("amend.cli.actor"), help=words.say("amend.cli.by"))
    parser.add_argument("--reason", metavar="TEXT", help=words.say("amend.cli.reason"))
    given.now(parser, words)
    given.json(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Show what follows, and move it if that is asked for; 1 for a wall, and for what would go beyond one."""
    workspace = working_folder(options.plan)
    if workspace is None:
        return _of_a_file(options)
    plan, now = given.present(workspace, options.now)
    options.language = plan.language
    return _apply(options, workspace, plan, now) if options.apply else _of_a_folder(options, workspace, plan, now)


def _of_a_file(options: argparse.Namespace) -> int:
    from staffelstab.amend.basis import Basis
    from staffelstab.amend.past import Past

    basis = Basis(options.plan)
    options.language = basis.plan.language
    if options.apply:
        raise RecordError("amend.error.no_folder", place=str(options.plan))
    now = options.now and given.moment(options.now, basis.plan).astimezone(basis.plan.zone)
    return _show(options, basis, Past(now) if now else None)


def _of_a_folder(options: argparse.Namespace, workspace: Workspace, plan: Plan, now: dt.datetime) -> int:
    from staffelstab.steps.amend import basis_of, past_of

    return _show(options, basis_of(workspace, now), past_of(workspace, plan, now))


def _show(options: argparse.Namespace, basis: Basis, past: Past | None) -> int:
    """The preview; of a wall too, and beyond one, which is refused first."""
    from staffelstab.amend.against import beyond
    from staffelstab.amend.past import refuse_the_past
    from staffelstab.amend.preview import preview
    from staffelstab.amend.wishes import undecided, wall, wished

    moves = wished(basis, options.item, options.date, options.others)
    refused, proposed = wall(basis, moves), undecided(basis, moves)
    if past and not refused:
        refuse_the_past(basis.plan, moves, past)
    seen = preview(basis, moves, past=past)
    refused = refused or beyond(basis, seen.against)
    _print(options, basis.plan, seen, refused, proposed)
    return REFUSED if refused else 0


def _print(
    options: argparse.Namespace,
    plan: Plan,
    seen: Preview,
    refused: RecordError | None,
    proposed: RecordError | None,
) -> None:
    from staffelstab.amend.text import facts, text

    said = Language(plan.language)
    if options.json:
        why = refused.text(said.code) if refused else None
        print(json.dumps({"applied": False, "refused": why, **facts(seen)}, ensure_ascii=False, indent=2))
        return
    if refused:
        print(textwrap.fill(refused.text(said.code), WIDTH, break_on_hyphens=False), file=sys.stderr)
    print(text(seen).lstrip("\n"))
    if not refused:
        print(f"\n{proposed.text(said.code) if proposed else said.say('amend.done.preview')}")


def _apply(options: argparse.Namespace, workspace: Workspace, plan: Plan, now: dt.datetime) -> int:
    from staffelstab.steps.amend import basis_of, move
    from staffelstab.steps.run import Run

    if code := _walled(options, basis_of(workspace, now)):
        return code
    at = Run(workspace, plan, now.astimezone(plan.zone))
    try:
        done = move(
            at,
            options.item,
            options.date,
            by=options.by,
            reason=options.reason,
            others=options.others,
        )
    except RecordError as refused:
        if refused.key != "amend.error.beyond":
            raise
        return _of_a_folder(options, workspace, plan, now)
    _report(options, plan, done.preview, [str(path) for path in done.files], repeated=done.repeated)
    return 0


def _walled(options: argparse.Namespace, basis: Basis) -> int:
    """1, with the preview, if a wall is to be moved."""
    from staffelstab.amend.items import find_item
    from staffelstab.amend.wishes import wall, wished

    names = [options.item, *(other.partition("=")[0] for other in options.others)]
    if all(find_item(basis.plan, name, day=options.date).table != "events" for name in names):
        return 0
    moves = wished(basis, options.item, options.date, options.others)
    return _show(options, basis, None) if wall(basis, moves) else 0


def _report(options: argparse.Namespace, plan: Plan, seen: Preview | None, files: list[str], *, repeated: bool) -> None:
    from staffelstab.amend.text import facts, text

    said = Language(plan.language)
    if options.json:
        preview = facts(seen) if seen else {}
        print(
            json.dumps({"applied": True, "repeated": repeated, "files": files, **preview}, ensure_ascii=False, indent=2)
        )
        return
    if seen:
        print(text(seen).lstrip("\n"))
    print("\n" + said.say("amend.done.moved_before" if repeated else "amend.done.moved"))
    print("\n".join(f"  {file}" for file in files))
