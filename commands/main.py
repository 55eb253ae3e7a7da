"""`staffelstab`: one subcommand per module; only the one that is called is imported, so that help and status start at once.

Exit codes: 0 done · 1 something was found (a damaged ledger, an unusable plan, something in a plan that must be settled) · 2 called
wrongly · 3 could not be done, the message says why · 11 another process holds the ledger · 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from commands.causes import check_memory, said
from commands.parser import Parser, spoken
from commands.terminal import legible_output
from staffelstab import __version__
from staffelstab.errors import StaffelstabError
from staffelstab.isolation import isolated, stood_in
from staffelstab.language import Language
from staffelstab.legible import legible_name

COMMANDS = (
    "draft",
    "check",
    "plan",
    "init",
    "rehearse",
    "run",
    "status",
    "people",
    "outbox",
    "record",
    "confirm",
    "move",
    "clock",
    "verify",
    "backup",
    "restore",
    "up",
    "down",
    "worker",
    "login",
    "doctor",
    "alarms",
    "serve",
    "completion",
)
WITH_PREFECT = frozenset({"rehearse", "run", "up", "worker", "serve"})
"""Commands that load Prefect, which looks for configuration where it stands: they stand in a folder of ours."""

DONE, FAILED, LOCKED, INTERRUPTED = 0, 3, 11, 130


def parser(words: Language, wanted: str | None = None, *, alone: bool = False, every: bool = False) -> Parser:
    """The command line. Only the wanted command gets its own arguments; where it stands first, the others are not needed at all.

    With `every` all commands get theirs.
    """
    made = Parser(prog="staffelstab", description=words.say("cli.about"), epilog=words.say("cli.exit_codes"))
    made.add_argument(
        "--version", action="version", version=f"staffelstab {__version__}", help=words.say("cli.version")
    )
    commands = made.add_subparsers(dest="command", metavar=words.say("cli.command"), title=words.say("cli.commands"))
    for name in (wanted,) if alone and wanted else COMMANDS:
        about = words.say(f"cli.{name}.about")
        sub = commands.add_parser(name, help=about, description=about, epilog=words.say(f"cli.{name}.example"))
        if every or name == wanted:
            importlib.import_module(f"commands.{name}").arguments(sub, words)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    with legible_output():
        return _main(list(sys.argv[1:] if arguments is None else arguments), spoken())


def _main(given: list[str], words: Language) -> int:
    wanted = next((word for word in given if word in COMMANDS), None)
    made = parser(words, wanted, alone=given[:1] == [wanted])
    options = made.parse_args(given)
    _make_absolute(options)
    if options.command is None:
        made.print_help()
        return DONE
    try:
        if options.command in WITH_PREFECT:
            check_memory()
        with isolated() if options.command in WITH_PREFECT else nullcontext():
            return int(importlib.import_module(f"commands.{options.command}").run(options, words))
    except StaffelstabError as error:
        print(said(error, _language(options, words)), file=sys.stderr)
        return LOCKED if error.key == "ledger.busy" else FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        place, reason = error.filename or options.command, error.strerror or type(error).__name__
        disk = _language(options, words).say("cli.disk", place=legible_name(str(place)), reason=reason)
        print(said(error, _language(options, words)) or disk, file=sys.stderr)
        return FAILED
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        from tasks.redaction import redacted

        print(said(error, _language(options, words)) or redacted(error).text(words.code), file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print(words.say("cli.interrupted"), file=sys.stderr)
        return INTERRUPTED


def _language(options: argparse.Namespace, words: Language) -> Language:
    """The plan's language as soon as a command knows the plan."""
    return Language(getattr(options, "language", None) or words.code)


def _make_absolute(options: argparse.Namespace) -> None:
    """Files and folders are meant from where the person stands, wherever a command of ours runs."""
    if options.command in WITH_PREFECT:
        for name, value in vars(options).items():
            if isinstance(value, Path):
                setattr(options, name, stood_in() / value)


if __name__ == "__main__":
    sys.exit(main())
