"""`staffelstab serve`: a plan in Prefect's own UI, on this machine only."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from commands import arguments as given
from commands import clock
from staffelstab.language import Language
from staffelstab.timetable.plan.load import find_plan, load_plan
from staffelstab.workspace import working_folder


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """PLAN or FOLDER, frozen at a date or live."""
    given.plan(parser, words)
    parser.add_argument("--at", type=given.day, metavar=words.say("cli.day"), help=words.say("cli.serve.at"))
    parser.add_argument("--out", type=Path, metavar=words.say("cli.folder"), help=words.say("cli.serve.out"))
    parser.add_argument("--overwrite", action="store_true", help=words.say("cli.rehearse.overwrite"))
    parser.add_argument("--port", type=int, default=4200, metavar="N", help=words.say("cli.serve.port"))


def run(options: argparse.Namespace, words: Language) -> int:
    """Open it; ends with Ctrl-C."""
    from deployments.server.process import home_of, live_server
    from deployments.server.settings import Shown
    from deployments.serving import serve

    plan = load_plan(options.plan)
    options.language = plan.language
    if workspace := working_folder(options.plan):
        serve(workspace.root, None, options.port, clock=clock.now)
        return 0
    from commands.rehearse import clear, own_folder, rehearse

    day = options.at or plan.phases[0].start.day
    out = own_folder(options.out, "serve", plan)
    clear(out, plan, overwrite=options.overwrite)
    # Simulated on the very server that is then shown: its dashboard has the plan's history so far.
    rehearse(
        plan,
        find_plan(options.plan),
        out,
        until=day,
        server=live_server(home_of(out), options.port, Shown(language=plan.language)),
    )
    serve(out, dt.datetime.combine(day, dt.time(8), plan.zone), options.port, clock=clock.now)
    return 0
