"""`staffelstab rehearse`: the whole plan on a virtual clock, and a report that leads to every paper."""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from commands import arguments as given
from staffelstab.errors import RecordError, StaffelstabError
from staffelstab.files import make_private
from staffelstab.isolation import stood_in
from staffelstab.language import Language
from staffelstab.timetable.plan.load import find_plan, load_plan
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import SEED, seed_of

if TYPE_CHECKING:
    from staffelstab.simulation.faults import Scenario

SABOTAGE = ("late", "unreadable", "silent", "standstill", "killed")


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """PLAN and what to change about the simulation."""
    given.plan(parser, words)
    parser.add_argument("--papers", type=Path, metavar=words.say("cli.folder"), help=words.say("cli.rehearse.papers"))
    parser.add_argument("--until", type=given.day, metavar=words.say("cli.day"), help=words.say("cli.rehearse.until"))
    parser.add_argument(
        "--out",
        type=Path,
        metavar=words.say("cli.folder"),
        help=words.say("cli.rehearse.out"),
    )
    parser.add_argument("--overwrite", action="store_true", help=words.say("cli.rehearse.overwrite"))
    parser.add_argument(
        "--sabotage",
        action="append",
        choices=SABOTAGE,
        default=[],
        metavar="NAME",
        help=words.say("cli.rehearse.sabotage"),
    )


def run(options: argparse.Namespace, words: Language) -> int:
    """Simulate it, show it while it runs, and say where everything lies."""
    plan = load_plan(options.plan)
    options.language = plan.language
    place, out = find_plan(options.plan), own_folder(options.out, "rehearsal", plan)
    if options.papers is not None and not options.papers.is_dir():
        raise RecordError("rehearsal.no_papers", folder=str(options.papers))
    clear(out, plan, overwrite=options.overwrite)
    rehearse(plan, place, out, options.papers, options.until, tuple(options.sabotage))
    return 0


def rehearse(
    plan: Plan,
    place: Path,
    out: Path,
    papers: Path | None = None,
    until: dt.date | None = None,
    sabotage: tuple[str, ...] = (),
    server: AbstractContextManager[object] | None = None,
) -> None:
    """Simulate the plan at `place` in the folder `out`, on a server of its own or a given one. Raises StaffelstabError."""
    scenario = _scenario(plan, place, papers, until, sabotage)
    _announce(scenario)
    from commands.simulation_flows import FlowExecutor
    from commands.simulation_progress import ProgressDisplay
    from deployments.server.process import home_of, rehearsal_server
    from staffelstab.documents.extraction.reader_pool import kept_readers
    from staffelstab.simulation.report_page import report
    from staffelstab.simulation.simulate import simulate
    from staffelstab.simulation.story import story
    from staffelstab.temporary import temporary_inside
    from staffelstab.workspace import find

    serving = server or rehearsal_server(home_of(out))
    make_private(out)
    with temporary_inside(out), ProgressDisplay(plan, len(scenario.events)) as display, serving, kept_readers():
        for step in simulate(scenario, place, out, FlowExecutor()):
            display.show(find(out), step)
    workspace = find(out)
    told = story(workspace, scenario.end)
    report(workspace, told, sabotage=sabotage, until=until)
    display.end(workspace, told)


def _scenario(
    plan: Plan, place: Path, papers: Path | None, until: dt.date | None, sabotage: tuple[str, ...]
) -> Scenario:
    from staffelstab.simulation import inputs
    from staffelstab.simulation.event_list import event_list
    from staffelstab.simulation.faults import FAULTS, Scenario

    arriving = inputs.papers(plan, papers) if papers else inputs.deliveries(plan, place.parent)
    verdicts = inputs.usual(plan) if papers else inputs.verdicts(plan, place.parent)
    scenario = Scenario(plan, arriving, event_list(plan, arriving, verdicts, until))
    for name in sabotage:
        scenario = FAULTS[name](scenario)
    return scenario


def _announce(scenario: Scenario) -> None:
    """Say how much is to come before a server is started, which takes as long as several runs."""
    if scenario.events:
        last = scenario.events[-1].at.astimezone(scenario.plan.zone).date()
        said = scenario.plan.words.say("cli.rehearse.begins", n=len(scenario.events), until=last)
        print(said, flush=True)


def own_folder(given: Path | None, kind: str, plan: Plan) -> Path:
    """The folder a person named, otherwise one that only this plan has: two plans never meet in it."""
    return (stood_in() / (given or f"{kind}-{plan.id}")).resolve()


def clear(out: Path, plan: Plan, *, overwrite: bool = False) -> None:
    """Make room for a new rehearsal of a plan; say whose is replaced.

    A folder (or file) that holds anything else is left alone, and so is the rehearsal of another plan unless `overwrite` is
    given. Raises StaffelstabError.
    """
    from deployments.server.process import home_of

    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not (out / SEED).is_file():
        raise StaffelstabError("cli.rehearse.occupied", folder=str(out))
    lies_there = seed_of(out)
    same = lies_there == plan.id
    whose = {"folder": str(out), "title": _title(out, lies_there), "id": lies_there}
    if not (same or overwrite):
        raise StaffelstabError("cli.rehearse.another", **whose)
    print(plan.words.say("cli.rehearse.replaced" if same else "cli.rehearse.overwritten", **whose))
    shutil.rmtree(out)
    shutil.rmtree(home_of(out), ignore_errors=True)


def _title(out: Path, name: str) -> str:
    """What the plan in a rehearsal's folder is called; its id if the folder has lost it."""
    try:
        return load_plan(out).title
    except StaffelstabError:
        return name
