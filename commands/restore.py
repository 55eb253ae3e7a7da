"""`staffelstab restore`: a backup into a new folder; or only tried out, to see that it can be."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from commands import backup
from staffelstab.errors import BackupError
from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.workspace import ledger_address

if TYPE_CHECKING:
    from staffelstab.backup.locked import Keys
    from staffelstab.backup.rehearsal import Rehearsed
    from staffelstab.backup.restoring import Restored


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """FILE FOLDER | --rehearse FILE, [--identity FILE | --passphrase | --passphrase-file FILE]."""
    said = {name: words.say(f"cli.restore.{name}") for name in ("file", "folder", "rehearse", "identity")}
    head = words.say("cli.backup.file")
    parser.add_argument("file", type=Path, metavar=head, help=said["file"])
    parser.add_argument("folder", nargs="?", type=Path, metavar=words.say("cli.folder"), help=said["folder"])
    parser.add_argument("--rehearse", action="store_true", help=said["rehearse"])
    parser.add_argument("--identity", type=Path, metavar=head, help=said["identity"])
    backup.passphrase(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """0 done; 1 done, but what was backed up was damaged already."""
    if options.rehearse == (options.folder is not None):
        raise BackupError("backup.which")
    keys = _keys(options, words)
    if options.rehearse:
        return _rehearse(options, keys)
    from staffelstab.backup.restoring import restore

    done = restore(options.file, options.folder, keys)
    options.language = done.looked.language
    print("\n".join(_restored(done, Language(options.language))))
    return 1 if done.looked.damage else 0


def _rehearse(options: argparse.Namespace, keys: Keys) -> int:
    from staffelstab.backup.rehearsal import rehearse

    found = rehearse(options.file, keys)
    options.language = found.language
    words = Language(options.language)
    print("\n".join(_rehearsed(found, words)))
    return 1 if found.damage else 0


def _keys(options: argparse.Namespace, words: Language) -> Keys:
    """What opens the file, if it is encrypted; a passphrase that nobody has given is asked for."""
    from staffelstab.backup.locked import NO_KEYS, Keys, by_passphrase, is_encrypted, passphrase_in, secret_file

    with options.file.open("rb") as stream:
        if not is_encrypted(stream):
            return NO_KEYS
        asks = by_passphrase(stream)
    if not asks and options.identity is None:
        raise BackupError("backup.needs_identity")
    if not asks:
        return Keys(identities=secret_file(options.identity))
    if options.passphrase_file:
        return Keys(passphrase=passphrase_in(options.passphrase_file))
    return Keys(passphrase=backup.typed(words.say("backup.type_passphrase")))


def _rehearsed(found: Rehearsed, words: Language) -> Iterator[str]:
    manifest, damage = found.manifest, found.damage
    yield words.say("backup.rehearsed", at=found.made, n=len(manifest.files))
    yield words.say("backup.state", seq=manifest.entry, hash=manifest.hash)
    if damage:
        yield words.say("backup.damaged_before")
        yield from damage
    else:
        yield words.say(
            "backup.rehearsed_well", entries=found.findings.entries, batons=found.findings.batons, todo=found.todo
        )


def _restored(done: Restored, words: Language) -> Iterator[str]:
    manifest, folder = done.looked.manifest, legible_name(str(done.workspace.root))
    yield words.say("backup.restored", folder=folder, at=done.looked.made, n=len(manifest.files))
    yield words.say("backup.state", seq=manifest.entry, hash=manifest.hash)
    if done.looked.damage:
        yield words.say("backup.damaged_before")
        yield from done.looked.damage
    if done.later:
        yield words.say("backup.behind", last=manifest.entry, known=done.later.seq, folder=folder)
    if ledger_address():
        yield words.say("backup.on_server")
    yield words.say("backup.next", folder=folder)
