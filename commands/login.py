"""`staffelstab login`: a link that signs the browser in to the interface that is open for a working folder."""

from __future__ import annotations

import argparse

from commands import arguments as given
from deployments.installation import is_installation
from staffelstab.errors import StaffelstabError
from staffelstab.language import Language
from staffelstab.workspace import find


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """[FOLDER | INSTALLATION]."""
    given.workspace(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Print the link: whoever may read the server's folder may sign in. Raises StaffelstabError if no interface is open."""
    from deployments.server.holder import holder
    from deployments.server.process import home_of
    from deployments.server.tickets import link_of, seconds

    place = options.workspace.resolve()
    root = place if is_installation(place) else find(place).root
    link = link_of(home_of(root), seconds())
    if link is None and (found := holder(home_of(root))) and found.beside:
        raise StaffelstabError("deployments.beside.no_link", address=found.address)
    if link is None:
        raise StaffelstabError("deployments.sign_in.none", folder=str(root))
    print(words.say("deployments.sign_in.link"))
    print(link)
    return 0
