"""`staffelstab completion`: scripts for shells, made from the very parsers, so that they never lag behind the commands.

A script completes by itself; only names that stand in a plan (sessions, and what can be confirmed or moved) it asks us for, about
the folder a person stands in. Shells expand what they are told, and a plan may come from anybody: the names are safe to tell, for
no plan is taken whose names have other characters than letters, digits, dots and dashes.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from staffelstab.errors import StaffelstabError
from staffelstab.language import Language

SHELLS = ("bash", "zsh", "fish")
NAMES = "staffelstab completion --names {kind} 2>/dev/null"
"""How a script asks for the names in a plan, of sessions or of whatever can be confirmed or moved."""


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """SHELL."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "shell", nargs="?", choices=SHELLS, metavar="|".join(SHELLS), help=words.say("cli.completion.shell")
    )
    which.add_argument("--names", choices=("session", "item"), help=argparse.SUPPRESS)


def run(options: argparse.Namespace, words: Language) -> int:
    """Print the script, or the names."""
    if options.names:
        print("\n".join(_names(Path.cwd(), options.names)))
        return 0
    import shtab

    from commands.main import parser

    made = parser(words, every=True)
    _say_what_is_meant(made)
    print(shtab.complete(made, options.shell))
    return 0


def _say_what_is_meant(parser: argparse.ArgumentParser) -> None:
    """Which values are files, folders, or names in a plan."""
    import shtab

    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                _say_what_is_meant(below)
        elif action.dest in ("session", "item"):
            action.complete = shtab.cmd(NAMES.format(kind=action.dest))  # type: ignore[attr-defined]  # shtab's own
        elif action.dest in ("workspace", "folder"):
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]  # shtab's own
        elif action.type is Path:
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # shtab's own


def _names(place: Path, kind: str) -> Iterator[str]:
    from staffelstab.timetable.amend.items import items
    from staffelstab.timetable.plan.load import load_plan

    try:
        plan = load_plan(place)
    except (StaffelstabError, OSError):
        return
    yield from sorted(
        [session.id for session in plan.sessions] if kind == "session" else [item.name for item in items(plan)]
    )
