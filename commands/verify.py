"""`staffelstab verify`: re-read every byte of the ledger and every baton, and hold the ledger against what lies outside of it."""

from __future__ import annotations

import argparse
import re

from commands import arguments as given
from commands.for_programs import for_programs
from staffelstab.errors import RecordError
from staffelstab.language import Language
from staffelstab.ledger.heads import Head
from staffelstab.service.inspection import Findings, inspect
from staffelstab.service.phase_run import Run
from staffelstab.workspace import Workspace, find

_HEAD = re.compile(r"\s*([1-9][0-9]{0,17})\s+([0-9a-f]{64})\s*")


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """[FOLDER] [--known STATE] [--accept-restored --by OFFICE --reason TEXT]."""
    given.workspace(parser, words)
    said = {name: words.say(f"cli.verify.{name}") for name in ("known", "known_head", "accept", "by", "reason")}
    parser.add_argument("--known", action="append", default=[], metavar=said["known_head"], help=said["known"])
    parser.add_argument("--accept-restored", action="store_true", help=said["accept"])
    parser.add_argument("--by", default="", metavar=words.say("cli.record.head.actor"), help=said["by"])
    parser.add_argument("--reason", default="", metavar="TEXT", help=said["reason"])
    given.now(parser, words)
    given.json(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """0 intact, 1 damaged, 11 locked."""
    workspace = find(options.workspace)
    plan = workspace.adopted()
    options.language = plan.language
    if options.accept_restored:
        return _accept(options, workspace)
    found = inspect(workspace, plan, [_head(known) for known in options.known])
    print(_json(found) if options.json else _text(found, plan.words))
    return 1 if found.damage else 0


def _head(known: str) -> Head:
    match = _HEAD.fullmatch(known)
    if match is None:
        raise RecordError("cli.verify.wrong_head", known=known.encode("ascii", "replace").decode()[:80])
    return Head(int(match[1]), match[2])


def _accept(options: argparse.Namespace, workspace: Workspace) -> int:
    from staffelstab.service.accept_restored import accept_restored

    plan, now = given.present(workspace, options.now)
    at, known = Run(workspace, plan, now.astimezone(plan.zone)), [_head(known) for known in options.known]
    done, said = accept_restored(at, options.by, options.reason, known), plan.words
    print(said.say("cli.verify.restored", last=done.last, known=done.known))
    if done.aside.n:
        print(said.say("cli.verify.aside", folder=done.aside.folder, n=done.aside.n))
    return 0


def _json(found: Findings) -> str:
    facts = {
        "intact": not found.damage,
        "entries": found.entries,
        "batons": found.batons,
        "head": f"{found.head.seq} {found.head.hash}" if found.head else None,
        "damage": list(found.damage),
    }
    return for_programs(facts)


def _text(found: Findings, words: Language) -> str:
    if found.damage:
        return "\n".join([words.say("cli.verify.damaged", n=len(found.damage)), *found.damage])
    lines = [words.say("cli.verify.intact", entries=found.entries, batons=found.batons)]
    if found.head:
        lines.append(words.say("cli.verify.head", seq=found.head.seq, hash=found.head.hash))
    return "\n".join(lines)
