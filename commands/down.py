"""`staffelstab down`: end what `up` has opened for a working folder."""

from __future__ import annotations

import argparse

from commands import arguments as given
from commands.up import say_ending
from deployments.installation import is_installation
from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.workspace import find


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """[FOLDER | INSTALLATION]."""
    given.workspace(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """End it and wait until it has ended; say so if nothing is open."""
    from deployments.server.holder import ask_to_end
    from deployments.server.process import home_of

    place, zone = options.workspace.resolve(), None
    if not is_installation(place):
        workspace = find(place)
        plan = workspace.adopted()
        options.language, words, zone, place = plan.language, plan.words, plan.zone, workspace.root
    ended = ask_to_end(home_of(place), lambda found: say_ending(found, words, zone, place), installation=str(place))
    said = "deployments.serve.ended" if ended else "deployments.holder.none"
    print(words.say(said, folder=legible_name(str(place))))
    return 0
