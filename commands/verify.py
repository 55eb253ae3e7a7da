"""`staffelstab verify`: re-read every byte of the ledger and every baton."""

from __future__ import annotations

import argparse
import json

from commands import arguments as given
from staffelstab.baton.checking import verify_chain
from staffelstab.errors import BatonError
from staffelstab.language import Language
from staffelstab.workspace import find


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """[FOLDER]."""
    given.workspace(parser, words)
    given.json(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """0 intact, 1 damaged, 11 locked."""
    workspace = find(options.workspace)
    plan = workspace.plan()
    options.language = plan.language
    said = Language(plan.language)
    with workspace.open(read_only=True) as ledger:
        damage = [item.text(plan.language) for item in ledger.verify()]
        entries = len(ledger.entries())
    batons = 0
    try:
        batons = len(verify_chain(workspace.batons))
    except BatonError as error:
        damage.append(error.text(plan.language))
    if options.json:
        print(
            json.dumps(
                {"intact": not damage, "entries": entries, "batons": batons, "damage": damage},
                ensure_ascii=False,
                indent=2,
            )
        )
    elif damage:
        print("\n".join([said.say("cli.verify.damaged", n=len(damage)), *damage]))
    else:
        print(said.say("cli.verify.intact", entries=entries, batons=batons))
    return 1 if damage else 0
