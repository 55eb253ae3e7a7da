"""`staffelstab alarms`: what would be told now, and to how many; and a test message."""

from __future__ import annotations

import argparse
import shutil
from typing import TYPE_CHECKING

from commands import arguments as given
from staffelstab.errors import StaffelstabError
from staffelstab.language import Language
from staffelstab.workspace import find

if TYPE_CHECKING:
    from staffelstab.service.phase_run import Run


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """[FOLDER] [--test]."""
    given.workspace(parser, words)
    parser.add_argument("--test", action="store_true", help=words.say("cli.alarms.test"))
    given.now(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """List what is alarming, 1 if anything is; with --test send a message to everybody named."""
    from staffelstab.service.phase_run import Run
    from staffelstab.watch.whom_to_tell import FILE, read_settings

    workspace = find(options.workspace)
    plan, now = given.present(workspace, options.now)
    options.language = plan.language
    settings = read_settings(workspace.root)
    if options.test:
        if settings is None or not settings.to:
            raise StaffelstabError("cli.alarms.nobody", file=FILE)
        return _test(settings.to, plan.language, plan.title)
    found = _found(Run(workspace, plan, now.astimezone(plan.zone)))
    print("\n".join(found or [plan.words.say("cli.alarms.nothing")]))
    told = len(settings.to) if settings else 0
    print(plan.words.say("cli.alarms.to" if told else "cli.alarms.nobody_is_told", file=FILE, n=told))
    return 1 if found else 0


def _found(run: Run) -> list[str]:
    """What is alarming of what can be seen without a server."""
    from staffelstab.publishing.artifacts.todo import KINDS
    from staffelstab.publishing.artifacts.working_folder import look
    from staffelstab.watch.matters import matters

    with run.workspace.open(read_only=True) as ledger:
        entries = ledger.entries(*KINDS, until=run.now)
    free = shutil.disk_usage(run.workspace.root).free
    return [item.text for item in matters(run, entries, look(run.workspace), free=free, runs=())]


def _test(addresses: tuple[str, ...], language: str, title: str) -> int:
    from deployments.notify import send

    words = Language(language)
    if send(addresses, words.say("watch.title", plan=title), words.say("watch.test")):
        print(words.say("cli.alarms.sent", n=len(addresses)))
        return 0
    raise StaffelstabError("cli.alarms.not_sent")
