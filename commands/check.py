"""`staffelstab check`: can the plan be used, and what did it forget, leave open or contradict?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from commands import arguments as given
from commands.findings import Report, facts, text
from commands.for_programs import for_programs
from staffelstab.errors import PlanError
from staffelstab.language import Language
from staffelstab.timetable.lint.changes_since import history
from staffelstab.timetable.lint.rules import lint
from staffelstab.timetable.plan.change import RecordedChange
from staffelstab.timetable.plan.load import find_plan, load_plan, plan_text
from staffelstab.timetable.plan.locate import index
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.reading.source import Source, source_beside
from staffelstab.workspace import working_folder


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """PLAN [--strict]."""
    given.plan(parser, words)
    parser.add_argument("--strict", action="store_true", help=words.say("cli.check.strict"))
    given.now(parser, words)
    given.json(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Check the plan; 1 if it cannot be used, or if something must be settled."""
    try:
        report = _report(options)
    except PlanError as error:
        return _unusable(error.text(words.code), as_json=options.json)
    print(for_programs(facts(report)) if options.json else text(report))
    return int(report.binding or (options.strict and report.asking))


def _report(options: argparse.Namespace) -> Report:
    path = find_plan(options.plan)
    adopted = load_plan(path)
    options.language = adopted.language
    workspace = working_folder(options.plan)
    changes = workspace.changes(given.moment(options.now, adopted)) if workspace else ()
    plan = _changed(path, changes) if changes else adopted
    source = _source(path, plan)
    named = str(options.plan if options.plan.is_dir() else options.plan.parent) if workspace else ""
    told = history(adopted, changes)
    return Report(plan, lint(plan, source), path, index(plan_text(path)), source, told, named)


def _changed(path: Path, changes: tuple[RecordedChange, ...]) -> Plan:
    """The plan as it holds after the changes. Raises PlanError for a change of something that the file no longer has."""
    try:
        return load_plan(path, (recorded.change for recorded in changes))
    except KeyError as error:
        raise PlanError("lint.check.gone", item=str(error.args[0]), file=path.name) from error


def _source(path: Path, plan: Plan) -> Source | None:
    """The resolution's text; None also where it cannot be read as text, which is then found."""
    try:
        return source_beside(path, plan.source)
    except (UnicodeDecodeError, PermissionError):
        return None


def _unusable(problem: str, *, as_json: bool) -> int:
    answer = for_programs({"usable": False, "problem": problem}) if as_json else problem
    print(answer, file=sys.stdout if as_json else sys.stderr)
    return 1
