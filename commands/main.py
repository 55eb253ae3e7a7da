"""`staffelstab`: one subcommand per module; only the one that is called is imported, so that help and status start at once.

Exit codes: 0 done · 1 something was found (a damaged ledger, an unusable plan) · 2 called wrongly · 3 could not be done, the
message says why · 11 another process holds the ledger · 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from staffelstab import __version__
from staffelstab.errors import StaffelstabError
from staffelstab.language import LANGUAGES, Language

COMMANDS = ("init", "check", "rehearse", "run", "status", "record", "verify", "serve")
DONE, FOUND, WRONG, FAILED, LOCKED, INTERRUPTED = 0, 1, 2, 3, 11, 130


def spoken() -> Language:
    """The language of help and messages outside a plan: STAFFELSTAB_LANGUAGE, otherwise the locale, otherwise German."""
    for name in ("STAFFELSTAB_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(name, "")[:2].lower()
        if code in LANGUAGES:
            return Language(code)
    return Language("de")


def parser(words: Language, wanted: str | None = None) -> argparse.ArgumentParser:
    """The command line; only the wanted command gets its own arguments."""
    made = _parser(
        prog="staffelstab", description=words.say("cli.about"), epilog=words.say("cli.exit_codes"), words=words
    )
    made.add_argument(
        "--version", action="version", version=f"staffelstab {__version__}", help=words.say("cli.version")
    )
    commands = made.add_subparsers(dest="command", metavar=words.say("cli.command"), title=words.say("cli.commands"))
    for name in COMMANDS:
        about = words.say(f"cli.{name}.about")
        sub = commands.add_parser(
            name,
            help=about,
            description=about,
            epilog=words.say(f"cli.{name}.example"),
            add_help=False,
            formatter_class=_Plain,
        )
        _translate(sub, words)
        if name == wanted:
            importlib.import_module(f"commands.{name}").arguments(sub, words)
    return made


class _Plain(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # argparse declares no types here
        super().add_usage(usage, actions, groups, spoken().say("cli.usage") if prefix is None else prefix)


def _parser(*, words: Language, **settings: str) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(add_help=False, formatter_class=_Plain, **settings)  # type: ignore[arg-type]  # all texts
    _translate(made, words)
    return made


def _translate(made: argparse.ArgumentParser, words: Language) -> None:
    made._positionals.title = words.say("cli.arguments")
    made._optionals.title = words.say("cli.options")
    made.add_argument("-h", "--help", action="help", help=words.say("cli.help"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    words = spoken()
    given = list(sys.argv[1:] if arguments is None else arguments)
    made = parser(words, next((word for word in given if word in COMMANDS), None))
    options = made.parse_args(given)
    if options.command is None:
        made.print_help()
        return DONE
    try:
        return int(importlib.import_module(f"commands.{options.command}").run(options, words))
    except StaffelstabError as error:
        print(error.text(getattr(options, "language", None) or words.code), file=sys.stderr)
        return LOCKED if error.key == "ledger.busy" else FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print(words.say("cli.interrupted"), file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
