"""argparse in the reader's language: its headings, its help and its complaints come from the catalogue."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from staffelstab.language import LANGUAGES, ORIGINAL, Language

WRONG = 2
FAR = "out of reach: "
"""How our own complaint about a year begins."""
COMPLAINTS = {
    "required": r"the following arguments are required: (?P<what>.+)",
    "unknown": r"unrecognized arguments: (?P<what>.+)",
    "choice": r"argument (?P<what>.+?): invalid choice: (?P<given>.+?) \(choose from (?P<known>.+)\)",
    "number": r"argument (?P<what>.+?): invalid int value: (?P<given>.+)",
    "far": rf"argument (?P<what>.+?): {FAR}(?P<given>.+)",
    "value": r"argument (?P<what>.+?): invalid \w+ value: (?P<given>.+)",
    "empty": r"argument (?P<what>.+?): expected .*argument.*",
}
"""What argparse says (in English only), by the key of our own sentence below `cli.wrong`."""


def spoken() -> Language:
    """The language of help and messages outside a plan: STAFFELSTAB_LANGUAGE, otherwise the locale, otherwise German."""
    for name in ("STAFFELSTAB_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(name, "")[:2].lower()
        if code in LANGUAGES:
            return Language(code)
    return Language(ORIGINAL)


class Parser(argparse.ArgumentParser):
    """A parser, and the parser of each command below it, that speaks the reader's language."""

    def __init__(self, *, add_help: bool = True, **settings: Any) -> None:  # argparse declares no narrower types
        super().__init__(add_help=False, formatter_class=_Plain, **settings)
        words = spoken()
        self._positionals.title = words.say("cli.arguments")
        self._optionals.title = words.say("cli.options")
        if add_help:
            self.add_argument("-h", "--help", action="help", help=words.say("cli.help"))

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command, and where help is; exit code 2."""
        self.exit(WRONG, f"{_complaint(message)} {spoken().say('cli.wrong.help', command=self.prog)}\n")


class _Plain(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, spoken().say("cli.usage") if prefix is None else prefix)


def _complaint(message: str) -> str:
    for key, pattern in COMPLAINTS.items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return spoken().say(f"cli.wrong.{key}", **found.groupdict())
    return spoken().say("cli.wrong.other", detail=message)
