"""`staffelstab down`: end what `up` has opened for a working folder."""

from __future__ import annotations

import argparse

from commands import arguments as given
from commands.up import told
from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.workspace import find


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """[FOLDER]."""
    given.workspace(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """End it and wait until it has ended; say so if nothing is open."""
    from deployments.server.holder import ask_to_end
    from deployments.server.process import home_of

    workspace = find(options.workspace.resolve())
    plan = workspace.adopted()
    options.language = plan.language
    ended = ask_to_end(home_of(workspace.root), lambda found: told(found, plan, workspace.root))
    print(
        plan.words.say(
            "deployments.serve.ended" if ended else "deployments.holder.none", folder=legible_name(str(workspace.root))
        )
    )
    return 0
