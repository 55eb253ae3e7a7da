"""`staffelstab check`: is the plan usable, and which of its dates are no facts yet?"""

from __future__ import annotations

import argparse
import json
import sys

from commands import arguments as given
from staffelstab.calendar.rules import rule_text
from staffelstab.errors import PlanError
from staffelstab.language import Language
from staffelstab.plan.agenda import Appointment, agenda
from staffelstab.plan.load import load_plan
from staffelstab.plan.model import Plan
from staffelstab.plan.spans import sentences


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """PLAN."""
    given.plan(parser, words)
    given.json(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Check the plan; 1 if it cannot be used."""
    try:
        plan = load_plan(options.plan)
    except PlanError as error:
        message = error.text(words.code)
        print(
            json.dumps({"usable": False, "problem": message}, ensure_ascii=False) if options.json else message,
            file=sys.stdout if options.json else sys.stderr,
        )
        return 1
    print(json.dumps(_facts(plan), ensure_ascii=False, indent=2) if options.json else _text(plan))
    return 0


def _text(plan: Plan) -> str:
    words = Language(plan.language)
    counts = {"phases": len(plan.phases), "sessions": len(plan.sessions), "calls": len(plan.calls)}
    doubts = [f"  {_doubt(plan, item, words)}" for item in _doubtful(plan)]
    return "\n".join(
        [
            words.say("cli.check.usable", title=plan.title, **counts),
            *([words.say("cli.check.doubts"), *dict.fromkeys(doubts)] if doubts else []),
            *(f"  {sentence}" for sentence in sentences(plan)),
        ]
    )


def _doubt(plan: Plan, item: Appointment, words: Language) -> str:
    what = words.say(f"dossier.occasion.{item.occasion}", name=item.name)
    when = item.when
    days = words.listed(words.day(day) for day in when.candidates)
    if when.status == "unknown":
        return words.say("cli.check.unknown", what=what, days=days)
    if when.candidates:
        return words.say("cli.check.proposed", what=what, day=item.day, days=days)
    if when.rule:
        return words.say(
            "cli.check.derived", what=what, day=item.day, rule=rule_text(plan, when.rule, item.item, words)
        )
    return words.say("cli.check.assumed", what=what, day=item.day)


def _doubtful(plan: Plan) -> list[Appointment]:
    return [item for item in agenda(plan) if not item.certain]


def _uncertain(plan: Plan) -> list[dict[str, object]]:
    return [
        {
            "item": item.item,
            "occasion": item.occasion,
            "name": item.name,
            "day": item.day.isoformat(),
            "status": item.when.status,
            "rule": item.when.rule,
            "candidates": [day.isoformat() for day in item.when.candidates],
        }
        for item in _doubtful(plan)
    ]


def _facts(plan: Plan) -> dict[str, object]:
    return {
        "usable": True,
        "id": plan.id,
        "title": plan.title,
        "phases": len(plan.phases),
        "sessions": len(plan.sessions),
        "calls": len(plan.calls),
        "uncertain": _uncertain(plan),
        "spans": list(sentences(plan)),
    }
