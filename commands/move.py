"""`staffelstab move`: what happens if a date is moved, as before and after; and, with --apply, the moving of it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from commands import arguments as given
from commands.for_programs import for_programs
from staffelstab.errors import RecordError
from staffelstab.language import Language
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace, working_folder

if TYPE_CHECKING:
    from staffelstab.service.changes import Done
    from staffelstab.timetable.amend.requests import Wish


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """PLAN ITEM DATE [--with ITEM …] [--apply --by BODY [--authorised] --reason TEXT]."""
    given.plan(parser, words)
    parser.add_argument("item", metavar=words.say("amend.cli.item"), help=words.say("amend.cli.move_item"))
    parser.add_argument("date", type=given.day, metavar=words.say("cli.day"), help=words.say("amend.cli.new_date"))
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
    parser.add_argument("--authorised", action="store_true", help=words.say("amend.cli.authorised"))
    parser.add_argument("--reason", metavar="TEXT", help=words.say("amend.cli.reason"))
    given.now(parser, words)
    given.json(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Show what follows, and move it if that is asked for; 1 for what is shown and refused."""
    from staffelstab.timetable.amend.requests import Wish

    wish = Wish(options.item, options.date, tuple(options.others))
    workspace = working_folder(options.plan)
    return _of_a_file(options, wish) if workspace is None else _of_a_folder(options, workspace, wish)


def _of_a_file(options: argparse.Namespace, wish: Wish) -> int:
    from commands.previews import show
    from staffelstab.timetable.amend.authority import Authority, decided_by
    from staffelstab.timetable.amend.basis import Basis
    from staffelstab.timetable.amend.past import Past
    from staffelstab.timetable.amend.proposal import propose

    basis = Basis(options.plan)
    options.language = basis.plan.language
    if options.apply:
        raise RecordError("amend.error.no_folder", place=str(options.plan))
    now = options.now and given.moment(options.now, basis.plan).astimezone(basis.plan.zone)
    by = decided_by(basis.plan, options.by, options.item).id if options.by else ""
    authority = Authority(by, authorised=options.authorised) if by else None
    return show(propose(basis, wish, authority=authority, past=Past(now) if now else None), as_json=options.json)


def _of_a_folder(options: argparse.Namespace, workspace: Workspace, wish: Wish) -> int:
    from commands.previews import show
    from staffelstab.service.clock import refuse_doubtful_clock
    from staffelstab.service.move_dates import moved_already, proposed_move, record_move
    from staffelstab.service.phase_run import Run
    from staffelstab.timetable.amend.authority import Authority

    plan, now = given.present(workspace, options.now)
    options.language = plan.language
    at = Run(workspace, plan, now.astimezone(plan.zone))
    if options.apply:
        refuse_doubtful_clock(at)
    authority = Authority(options.by, authorised=options.authorised)
    if options.apply and (done := moved_already(at, wish, authority)):
        return _report(options, plan, done)
    proposal = proposed_move(at, wish, authority if options.by else None)
    if proposal.refusal or not options.apply:
        return show(proposal, as_json=options.json)
    return _report(options, plan, record_move(at, proposal, options.reason))


def _report(options: argparse.Namespace, plan: Plan, done: Done) -> int:
    from commands.previews import facts, text

    said, files = plan.words, [str(path) for path in done.files]
    if options.json:
        answer = {"applied": True, "repeated": done.repeated, "files": files}
        answer |= facts(done.preview) if done.preview else {}
        print(for_programs(answer))
        return 0
    if done.preview:
        print(text(done.preview).lstrip("\n"))
    print("\n" + said.say("amend.done.moved_before" if done.repeated else "amend.done.moved"))
    print("\n".join(f"  {file}" for file in files))
    return 0
