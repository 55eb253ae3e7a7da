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
    """[INSTALLATION] [--at-once N] [--name NAME] [--install | --uninstall]."""
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
    parser.add_argument("--name", metavar="NAME", default="", help=words.say("cli.worker.name"))
    service = parser.add_mutually_exclusive_group()
    service.add_argument("--install", action="store_true", help=words.say("cli.worker.install"))
    service.add_argument("--uninstall", action="store_true", help=words.say("cli.up.uninstall"))


def run(options: argparse.Namespace, words: Language) -> int:
    """Work; ends with Ctrl-C. Raises StaffelstabError if nobody says for which server, or it does not let us in."""
    if options.name and (not options.name.isprintable() or set(options.name) & set("/%:") or len(options.name) > 100):
        raise StaffelstabError("cli.worker.no_name")
    home = Path.home() / ".local" / "state" / "staffelstab" / "worker"
    if options.install or options.uninstall:
        _keep_running(options, home, words)
    else:
        _work(options, home, words)
    return 0


def _keep_running(options: argparse.Namespace, home: Path, words: Language) -> None:
    from commands.unit import unit_of_worker
    from commands.up import keep_running

    file = options.installation.resolve() if options.installation else None
    if options.install and file:
        _with_password(read_installation(file))
    elif options.install:
        _named()
    chosen = ("--at-once", str(options.at_once), *(("--name", options.name) if options.name else ()))
    unit = unit_of_worker(file or home, chosen, os.environ, installation=file is not None)
    keep_running(unit, words, install=options.install)


def _work(options: argparse.Namespace, home: Path, words: Language) -> None:
    from deployments.worker import name_of_worker, work

    name = name_of_worker(options.name)
    server = _server(read_installation(options.installation.resolve())) if options.installation else _named()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print(words.say("cli.worker.begins", name=legible_name(name), address=server.address), flush=True)
    work(server, home, options.at_once, name, lambda what: print(words.say(f"cli.worker.{what}"), flush=True))
    print(words.say("cli.worker.ended"))


def _named() -> Beside:
    """The server that the environment names."""
    from deployments.server.beside import ADDRESS, SECRET, beside

    server = beside(os.environ)
    if server is None:
        raise StaffelstabError("cli.worker.nowhere", address=ADDRESS, secret=SECRET)
    return server


def _with_password(installation: Installation) -> Installation:
    if not installation.password:
        raise StaffelstabError("cli.worker.no_password", file=installation.file.name)
    return installation


def _server(installation: Installation) -> Beside:
    """The server that has this installation open on this machine."""
    from deployments.server.beside import Beside
    from deployments.server.holder import holder
    from deployments.server.process import home_of
    from deployments.server.settings import credentials

    password = _with_password(installation).password
    found = holder(home_of(installation.file))
    if found is None or not found.address:
        raise StaffelstabError("cli.worker.not_open", file=installation.file.name)
    return Beside(f"{found.address}/api", credentials(password))
