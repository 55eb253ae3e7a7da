"""Arguments that several commands share, and how they are read."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from commands.parser import FAR
from deployments import wall_clock
from staffelstab.language import Language
from staffelstab.timetable.plan.bounds import YEARS
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace, find

if TYPE_CHECKING:
    from staffelstab.service.phase_run import Run

_Day = TypeVar("_Day", bound=dt.date)


def workspace(parser: argparse.ArgumentParser, words: Language) -> None:
    """The working folder; the present one if none is named."""
    parser.add_argument(
        "workspace",
        nargs="?",
        type=Path,
        default=Path(),
        metavar=words.say("cli.folder"),
        help=words.say("cli.workspace"),
    )


def plan(parser: argparse.ArgumentParser, words: Language) -> None:
    """A plan file or the folder that holds it."""
    parser.add_argument("plan", type=Path, metavar="PLAN", help=words.say("cli.plan_file"))


def json(parser: argparse.ArgumentParser, words: Language) -> None:
    """Output for machines."""
    parser.add_argument("--json", action="store_true", help=words.say("cli.json"))


def now(parser: argparse.ArgumentParser, words: Language) -> None:
    """Another moment than the present."""
    parser.add_argument(
        "--now",
        type=time,
        metavar=words.say("cli.time"),
        help=words.say("cli.now"),
    )


def time(text: str) -> dt.datetime:
    """A moment as one types it. Raises ValueError, and ArgumentTypeError outside the years that plans can have."""
    return _within_reach(text, dt.datetime.fromisoformat(text))


def day(text: str) -> dt.date:
    """A day as one types it. Raises as `time`."""
    return _within_reach(text, dt.date.fromisoformat(text))


def _within_reach(text: str, given: _Day) -> _Day:
    if given.year not in YEARS:
        raise argparse.ArgumentTypeError(f"{FAR}{text}")
    return given


def run_of(options: argparse.Namespace) -> Run:
    """The working folder and moment that the options name; from now on errors speak the plan's language.

    Raises StaffelstabError if there is no working folder or its plan cannot be used.
    """
    from staffelstab.service.phase_run import Run

    workspace = find(options.workspace)
    plan, now = present(workspace, options.now)
    options.language = plan.language
    return Run(workspace, plan, now.astimezone(plan.zone))


def present(workspace: Workspace, given: dt.datetime | None) -> tuple[Plan, dt.datetime]:
    """The plan as it holds at the moment a command is about, and that moment. Raises PlanError, LedgerError."""
    now = moment(given, workspace.adopted())
    return workspace.plan(now), now


def moment(given: dt.datetime | None, plan: Plan) -> dt.datetime:
    """The moment a command is about; a time without a zone is the plan's."""
    if given is None:
        return wall_clock.now()
    return given if given.tzinfo else given.replace(tzinfo=plan.zone)
