"""`staffelstab backup`: everything of a working folder in one file, on another disk."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from commands import arguments as given
from commands.for_programs import for_programs
from staffelstab.errors import BackupError
from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.workspace import find

if TYPE_CHECKING:
    from staffelstab.backup.locked import Lock
    from staffelstab.backup.make import Made
    from staffelstab.backup.shelf import Keep


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """TARGET [FOLDER] [--keep N [--weeks N] [--months N]] [--recipient KEY | --passphrase | --passphrase-file FILE] [--check]."""
    said = {name: words.say(f"cli.backup.{name}") for name in ("target", "keep", "weeks", "months", "recipient")}
    parser.add_argument("target", type=Path, metavar=words.say("cli.backup.target_head"), help=said["target"])
    given.workspace(parser, words)
    for name in ("keep", "weeks", "months"):
        parser.add_argument(f"--{name}", type=int, metavar="N", help=said[name])
    key = words.say("cli.backup.key")
    parser.add_argument("--recipient", action="append", default=[], metavar=key, help=said["recipient"])
    passphrase(parser, words)
    parser.add_argument("--check", action="store_true", help=words.say("cli.backup.check"))
    given.now(parser, words)
    given.json(parser, words)


def passphrase(parser: argparse.ArgumentParser, words: Language) -> None:
    """How a passphrase is given: typed, or in a file; never as a word of the command."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--passphrase", action="store_true", help=words.say("cli.backup.passphrase"))
    file = words.say("cli.backup.file")
    which.add_argument("--passphrase-file", type=Path, metavar=file, help=words.say("cli.backup.passphrase_file"))


def run(options: argparse.Namespace, words: Language) -> int:
    """0 done; 1 done, but something in the folder was damaged already."""
    from staffelstab.backup.make import Wish, make_backup

    workspace = find(options.workspace)
    plan = workspace.adopted()
    options.language = plan.language
    now = given.moment(options.now, plan)
    wish = Wish(_lock(options, plan.words), _keep(options), options.check)
    made = make_backup(workspace, options.target, now, wish)
    print(_json(made, plan.language) if options.json else "\n".join(_text(made, plan.words)))
    return 1 if made.damage or (made.rehearsed and made.rehearsed.damage) else 0


def _keep(options: argparse.Namespace) -> Keep | None:
    from staffelstab.backup.shelf import Keep

    numbers = (options.keep, options.weeks, options.months)
    if numbers == (None, None, None):
        return None
    if not options.keep or any(number is not None and number < 0 for number in numbers):
        raise BackupError("backup.keep")
    return Keep(options.keep, options.weeks or 0, options.months or 0)


def _lock(options: argparse.Namespace, words: Language) -> Lock | None:
    from staffelstab.backup.locked import Lock, checked, passphrase_in

    by_passphrase = options.passphrase or options.passphrase_file
    if options.recipient and by_passphrase:
        raise BackupError("backup.two_locks")
    if options.recipient:
        return checked(Lock(tuple(options.recipient)))
    if options.passphrase_file:
        return Lock(passphrase=passphrase_in(options.passphrase_file))
    return Lock(passphrase=_chosen(words)) if options.passphrase else None


def _chosen(words: Language) -> str:
    """A passphrase, typed twice."""
    first = typed(words.say("backup.type_passphrase"))
    if typed(words.say("backup.type_again")) != first:
        raise BackupError("backup.typed_twice")
    return first


def typed(question: str) -> str:
    """A secret, typed at the terminal without being shown. Raises BackupError without a terminal, and for none."""
    if not sys.stdin.isatty():
        raise BackupError("backup.no_terminal")
    try:
        secret = getpass.getpass(f"{question} ")
    except EOFError:
        secret = ""
    if not secret.strip():
        raise BackupError("backup.typed_nothing")
    return secret


def _text(made: Made, words: Language) -> Iterator[str]:
    manifest = made.manifest
    yield words.say("backup.made", file=legible_name(str(made.path)), n=len(manifest.files), size=made.size / 1e6)
    yield words.say("backup.state", seq=manifest.entry, hash=manifest.hash)
    if made.rehearsed and not made.rehearsed.damage:
        yield words.say("backup.rehearsed_at_once")
    for key, n in (("skipped", made.skipped), ("unfinished", made.unfinished), ("removed", len(made.removed))):
        if n:
            yield words.say(f"backup.{key}", n=n)
    if made.same_disk:
        yield words.say("backup.same_disk")
    if made.open_to_all:
        yield words.say("backup.open_to_all")
    if damage := _damage(made, words.code):
        yield words.say("backup.was_damaged")
        yield from damage


def _damage(made: Made, language: str) -> list[str]:
    """What was wrong in the folder already, as sentences, each once."""
    found = [error.text(language) for error in made.damage]
    return list(dict.fromkeys((*found, *(made.rehearsed.damage if made.rehearsed else ()))))


def _json(made: Made, language: str) -> str:
    manifest = made.manifest
    facts = {
        "file": str(made.path),
        "size": made.size,
        "files": len(manifest.files),
        "made": manifest.made.isoformat(),
        "head": f"{manifest.entry} {manifest.hash}",
        "rehearsed": made.rehearsed is not None,
        "skipped": made.skipped,
        "unfinished": made.unfinished,
        "removed": list(made.removed),
        "same_disk": made.same_disk,
        "open_to_all": made.open_to_all,
        "damage": _damage(made, language),
    }
    return for_programs(facts)
