"""`staffelstab init`: a working folder for a plan."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands import arguments as given
from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.workspace import create, ledger_address


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """PLAN FOLDER."""
    given.plan(parser, words)
    parser.add_argument("folder", type=Path, metavar=words.say("cli.folder"), help=words.say("cli.init.folder"))
    given.now(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Create the folder and say what to do next."""
    from staffelstab.timetable.plan.load import load_plan

    plan = load_plan(options.plan)
    options.language = plan.language
    at = given.moment(options.now, plan)
    workspace = create(options.plan, options.folder, now=at, ledger_url=ledger_address())
    print(
        plan.words.say(
            "cli.init.done", folder=legible_name(str(workspace.root)), inbox=legible_name(str(workspace.inbox))
        )
    )
    return 0
