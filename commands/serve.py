"""`staffelstab serve`: a plan as it stood on a day, in Prefect's own interface, on this machine only."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from pathlib import Path

from commands import arguments as given
from commands.up import ended_in_order, say_ending
from deployments import wall_clock
from staffelstab.errors import StaffelstabError
from staffelstab.language import Language
from staffelstab.temporary import temporary_inside
from staffelstab.timetable.plan.load import find_plan, load_plan
from staffelstab.workspace import working_folder


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """PLAN, frozen at a date."""
    given.plan(parser, words)
    parser.add_argument("--at", type=given.day, metavar=words.say("cli.day"), help=words.say("cli.serve.at"))
    parser.add_argument("--out", type=Path, metavar=words.say("cli.folder"), help=words.say("cli.serve.out"))
    parser.add_argument("--overwrite", action="store_true", help=words.say("cli.rehearse.overwrite"))
    parser.add_argument("--port", type=int, metavar="N", help=words.say("cli.up.port"))
    parser.add_argument("--no-browser", action="store_true", help=words.say("cli.up.no_browser"))


def run(options: argparse.Namespace, words: Language) -> int:
    """Open it; ends with Ctrl-C. Raises StaffelstabError for a working folder: `up` opens that."""
    plan = load_plan(options.plan)
    options.language = plan.language
    if workspace := working_folder(options.plan):
        raise StaffelstabError("cli.serve.folder_given", folder=str(workspace.root))
    from commands.browser import no_browser, open_browser
    from commands.rehearse import clear, own_folder, rehearse
    from deployments.server.holder import alone, ask_to_end
    from deployments.server.process import home_of, live_server
    from deployments.server.settings import Shown
    from deployments.serving import serve

    day = options.at or plan.phases[0].start.day
    out = own_folder(options.out, "serve", plan)
    home, now, announce = home_of(out), wall_clock.now(), lambda found: say_ending(found, plan.words, plan.zone, out)
    with ended_in_order():
        ask_to_end(home, announce)  # before its folder is cleared
        clear(out, plan, overwrite=options.overwrite)
        print(plan.words.say("cli.serve.first", day=day), flush=True)
        with alone(home, now, announce) as lock:
            # Simulated on the very server that is then shown: its dashboard has the plan's history so far.
            server = live_server(home, options.port, Shown(language=plan.language), held=(lock.descriptor,))
            rehearse(plan, find_plan(options.plan), out, until=day, server=server)
            at = dt.datetime.combine(day, dt.time(8), plan.zone)
            browse = None if options.no_browser or no_browser(os.environ) else open_browser
            with temporary_inside(out):
                serve(out, at, options.port, clock=wall_clock.now, lock=lock, browse=browse)
    return 0
