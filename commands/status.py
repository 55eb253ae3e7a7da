"""`staffelstab status`: today's work in three lines, without waking Prefect."""

from __future__ import annotations

import argparse
import json

from commands import arguments as given
from staffelstab.language import Language
from staffelstab.ledger.glance import glance
from staffelstab.overview.todo import KINDS, three_lines, todo
from staffelstab.workspace import find


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """[FOLDER]."""
    given.workspace(parser, words)
    given.now(parser, words)
    given.json(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Say what is to be done."""
    workspace = find(options.workspace)
    plan, now = given.present(workspace, options.now)
    options.language = plan.language
    entries = glance(workspace.ledger, *KINDS, until=now)
    if options.json:
        items = [{"key": item.key, "text": item.text, "urgent": item.urgent} for item in todo(plan, now, entries)]
        print(json.dumps({"plan": plan.id, "now": now.isoformat(), "todo": items}, ensure_ascii=False, indent=2))
    else:
        print(Language(plan.language).say("cli.status.head", title=plan.title))
        print("\n".join(f"  {line}" for line in three_lines(plan, now, entries)))
    return 0
