"""`staffelstab check`: can the plan be used, and what did it forget, leave open or contradict?"""

from __future__ import annotations

import argparse
import json
import sys

from commands import arguments as given
from commands.findings import Report, facts, text
from staffelstab.errors import PlanError
from staffelstab.language import Language
from staffelstab.lint.run import lint
from staffelstab.plan.load import find_plan, load_plan, plan_text
from staffelstab.plan.locate import index
from staffelstab.reading.source import source_beside


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """PLAN [--strict]."""
    given.plan(parser, words)
    parser.add_argument("--strict", action="store_true", help=words.say("cli.check.strict"))
    given.json(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Check the plan; 1 if it cannot be used, or if something must be settled."""
    try:
        report = _report(options)
    except PlanError as error:
        return _unusable(error.text(words.code), as_json=options.json)
    print(json.dumps(facts(report), ensure_ascii=False, indent=2) if options.json else text(report))
    return int(report.binding or (options.strict and report.asking))


def _report(options: argparse.Namespace) -> Report:
    path = find_plan(options.plan)
    plan = load_plan(path)
    source = source_beside(path, plan.source)
    return Report(plan, lint(plan, source), path, index(plan_text(path)), source)


def _unusable(problem: str, *, as_json: bool) -> int:
    answer = json.dumps({"usable": False, "problem": problem}, ensure_ascii=False) if as_json else problem
    print(answer, file=sys.stdout if as_json else sys.stderr)
    return 1
