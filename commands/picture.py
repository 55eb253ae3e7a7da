"""`staffelstab plan picture`: the timetable as a drawing, of a plan anywhere or, as it holds now, of a working folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from commands import arguments as given
from staffelstab.errors import PlanError
from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import working_folder


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """PLAN [--out FILE] [--today DAY]."""
    given.plan(parser, words)
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("timetable.svg"),
        metavar=words.say("calendar.command.file"),
        help=words.say("calendar.command.out"),
    )
    parser.add_argument(
        "--today",
        type=given.day,
        metavar=words.say("cli.day"),
        help=words.say("calendar.command.today"),
    )


def run(options: argparse.Namespace) -> int:
    """Draw the picture; a picture that is there already is replaced. Raises PlanError, RenderError."""
    from staffelstab.documents.rendering.typeset import SCREEN, png
    from staffelstab.publishing.calendar.timetable_drawing import timetable

    plan = _plan(options)
    options.language = plan.language
    kind = options.out.suffix.lower()
    if kind not in {".svg", ".png"}:
        raise PlanError("calendar.command.kind", file=str(options.out))
    figure = timetable(plan, options.today)
    options.out.write_bytes(png(figure.svg, SCREEN) if kind == ".png" else figure.svg.encode())
    print(plan.words.say("calendar.command.written", file=legible_name(str(options.out))))
    return 0


def _plan(options: argparse.Namespace) -> Plan:
    """The plan; in a working folder with every date confirmed or amended."""
    workspace = working_folder(options.plan)
    return given.present(workspace, None)[0] if workspace else load_plan(options.plan)
