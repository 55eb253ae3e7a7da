"""`staffelstab worker`: executes runs of an installation, on its machine or on another one, until it is ended."""

from __future__ import annotations

import argparse
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from deployments.installation import AT_ONCE, Installation, read_installation
from staffelstab.errors import StaffelstabError
from staffelstab.language import Language
from staffelstab.legible import legible_name

if TYPE_CHECKING:
    from deployments.server.beside import Beside

MOST = 64


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """[INSTALLATION] [--at-once N] [--name NAME]."""
    parser.add_argument(
        "installation", nargs="?", type=Path, metavar="INSTALLATION", help=words.say("cli.worker.installation")
    )
    parser.add_argument(
        "--at-once",
        type=int,
        default=AT_ONCE,
        choices=range(1, MOST + 1),
        metavar="N",
        help=words.say("cli.worker.at_once"),
    )
    parser.add_argument("--name", metavar="NAME", help=words.say("cli.worker.name"))


def run(options: argparse.Namespace, words: Language) -> int:
    """Work; ends with Ctrl-C. Raises StaffelstabError if nobody says for which server, or it does not let us in."""
    from deployments.server.beside import ADDRESS, SECRET, beside
    from deployments.worker import name_of_worker, work

    if options.name and (not options.name.isprintable() or set(options.name) & set("/%:") or len(options.name) > 100):
        raise StaffelstabError("cli.worker.no_name")
    name = name_of_worker(options.name)
    server: Beside | None
    if options.installation:
        server = _server(read_installation(options.installation.resolve()))
    elif (server := beside(os.environ)) is None:
        raise StaffelstabError("cli.worker.nowhere", address=ADDRESS, secret=SECRET)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print(words.say("cli.worker.begins", name=legible_name(name), address=server.address), flush=True)
    home = Path.home() / ".local" / "state" / "staffelstab" / "worker"
    work(server, home, options.at_once, name, lambda what: print(words.say(f"cli.worker.{what}"), flush=True))
    print(words.say("cli.worker.ended"))
    return 0


def _server(installation: Installation) -> Beside:
    """The server that has this installation open on this machine."""
    from deployments.server.beside import Beside
    from deployments.server.holder import holder
    from deployments.server.process import home_of
    from deployments.server.settings import credentials

    file = installation.file.name
    if not installation.password:
        raise StaffelstabError("cli.worker.no_password", file=file)
    found = holder(home_of(installation.file))
    if found is None or not found.address:
        raise StaffelstabError("cli.worker.not_open", file=file)
    return Beside(f"{found.address}/api", credentials(installation.password))
