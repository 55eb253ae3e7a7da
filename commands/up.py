"""`staffelstab up`: a working folder open: server, pages, browser, and runs that happen by themselves."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shlex
import signal
import sys
from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from commands.unit import Unit, unit_of, unit_of_installation
from commands.unit import install as install_unit
from commands.unit import uninstall as uninstall_unit
from deployments import wall_clock
from deployments.installation import Installation, is_installation, read_installation
from staffelstab.errors import StaffelstabError
from staffelstab.isolation import stood_in
from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.temporary import temporary_inside
from staffelstab.workspace import Workspace, find, working_folder

if TYPE_CHECKING:
    from deployments.server.holder import Holder
    from deployments.server.process import Server
    from staffelstab.timetable.plan.model import Plan


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """[FOLDER | INSTALLATION] [--port N] [--no-browser] [--install | --uninstall]."""
    parser.add_argument(
        "workspace", nargs="?", type=Path, metavar=words.say("cli.folder"), help=words.say("cli.up.folder")
    )
    parser.add_argument("--port", type=int, metavar="N", help=words.say("cli.up.port"))
    parser.add_argument("--no-browser", action="store_true", help=words.say("cli.up.no_browser"))
    service = parser.add_mutually_exclusive_group()
    service.add_argument("--install", action="store_true", help=words.say("cli.up.install"))
    service.add_argument("--uninstall", action="store_true", help=words.say("cli.up.uninstall"))


def run(options: argparse.Namespace, words: Language) -> int:
    """Open it; ends with Ctrl-C or `staffelstab down`."""
    if options.workspace is None and not (options.install or options.uninstall):
        found = _found(stood_in(), words)
        if isinstance(found, int):
            return found
    else:
        found = options.workspace or stood_in()
    if is_installation(found):
        return _installation(found.resolve(), options, words)
    workspace = find(found.resolve())
    plan = workspace.plan(wall_clock.now())
    options.language = plan.language
    if options.install or options.uninstall:
        keep_running(unit_of(workspace.root, os.environ), plan.words, install=options.install)
    else:
        _open(workspace, plan, options.port, browse=not options.no_browser)
    return 0


def _found(place: Path, words: Language) -> Path | int:
    """The working folder to open where none was named: the one a person stands in, or one that is made now, by questions.

    The exit code if they stop before there is one. Raises StaffelstabError where there is nobody to ask.
    """
    if working_folder(place):
        return place
    from commands.first_start import first_start, is_at_a_terminal

    if not is_at_a_terminal():
        raise StaffelstabError("cli.up.nowhere", folder=str(place))
    return first_start(place, words)


def _open(workspace: Workspace, plan: Plan, port: int | None, *, browse: bool) -> None:
    # All of it before an earlier one is asked to end: then nobody is without for longer than necessary.
    from deployments.server.beside import beside
    from deployments.server.holder import alone
    from deployments.server.process import home_of
    from deployments.serving import open_beside, open_live

    there = beside(os.environ)
    root = workspace.root
    with (
        ended_in_order(),
        alone(home_of(root), wall_clock.now(), lambda found: say_ending(found, plan.words, plan.zone, root)) as lock,
    ):
        if there:
            open_beside(root, there, lock, clock=wall_clock.now)
        else:
            with temporary_inside(root):
                open_live(
                    root,
                    port,
                    lock,
                    clock=wall_clock.now,
                    welcome=lambda plan, server: _welcome(plan.words, server, root, browse),
                )


def _installation(file: Path, options: argparse.Namespace, words: Language) -> int:
    """Several plans on one server, as a file says."""
    installation = read_installation(file)
    if options.port:
        installation = msgspec.structs.replace(installation, port=options.port)
    if options.install or options.uninstall:
        keep_running(unit_of_installation(file, os.environ), words, install=options.install)
    else:
        _open_several(installation, words, browse=not options.no_browser)
    return 0


def _open_several(installation: Installation, words: Language, *, browse: bool) -> None:
    from deployments.server.holder import alone
    from deployments.server.process import home_of
    from deployments.several import open_installation

    places = (installation.file, *installation.folders)
    name = str(installation.file)
    with ended_in_order(), ExitStack() as stack:
        locks = {
            place: stack.enter_context(
                alone(
                    home_of(place),
                    wall_clock.now(),
                    partial(say_ending, words=words, zone=None, place=place),
                    installation=name,
                )
            )
            for place in places
        }
        for folder in filter(Path.is_dir, installation.folders):
            stack.enter_context(temporary_inside(folder))
        open_installation(
            installation,
            locks,
            clock=wall_clock.now,
            welcome=lambda said, server: _welcome(said, server, installation.file, browse),
        )


def keep_running(unit: Unit, words: Language, *, install: bool) -> None:
    """Set up a service, or remove it, and say what was done."""
    for line in install_unit(unit, os.environ, words) if install else uninstall_unit(unit, words):
        print(line)


def say_ending(found: Holder, words: Language, zone: dt.tzinfo | None, place: Path) -> None:
    """Say that an earlier one is asked to end, which has the folder `place` open; `zone` None: as the machine's clock has it.

    If it is the service, also that this one does not come back by itself.
    """
    from commands import unit

    print(words.say("deployments.holder.ending", at=found.since.astimezone(zone)), flush=True)
    ours = unit.unit_of(place, os.environ)
    if unit.runs_as(ours, found.pid):
        command = shlex.join(("systemctl", "--user", "start", ours.name))
        print(words.say("deployments.holder.service", name=ours.name, command=command), flush=True)


@contextmanager
def ended_in_order() -> Generator[None]:
    """SIGTERM, by which another `up` or `down` asks, ends us as Ctrl-C does, also while we are starting."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _welcome(words: Language, server: Server, root: Path, browse: bool) -> Iterable[str]:
    """Three lines: where to look, what happens, how to stop. Another one before them where no browser can be opened.

    What goes into the system's journal others may read, and it is kept: no link then.
    """
    from commands.browser import no_browser, open_browser

    folder = legible_name(str(root))
    if _is_journal():
        yield words.say("deployments.up.in_journal", address=server.address, folder=folder)
        return
    hindered = no_browser(os.environ) if browse else ""
    opening = browse and not hindered
    if opening:
        open_browser(server.link())
    if hindered:
        yield words.say(f"deployments.up.no_browser.{hindered}", port=server.port)
    yield words.say("deployments.up.opening" if opening else "deployments.up.where", link=server.link())
    yield words.say("deployments.up.what", folder=folder)
    yield words.say("deployments.up.end", folder=folder)


def _is_journal() -> bool:
    """Whether what is said goes into systemd's journal."""
    said = os.fstat(sys.__stdout__.fileno()) if sys.__stdout__ else None
    return said is not None and os.environ.get("JOURNAL_STREAM") == f"{said.st_dev}:{said.st_ino}"
