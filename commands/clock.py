"""`staffelstab clock`: the clock confirmed or corrected."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from staffelstab.language import Language

if TYPE_CHECKING:
    from staffelstab.service.phase_run import Run


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """[FOLDER] [--confirm | --correct] [--by OFFICE]."""
    from commands import arguments as given

    given.workspace(parser, words)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--confirm", action="store_true", help=words.say("cli.clock.confirm"))
    which.add_argument("--correct", action="store_true", help=words.say("cli.clock.correct"))
    parser.add_argument("--by", default="", metavar=words.say("cli.record.head.actor"), help=words.say("cli.clock.by"))
    given.now(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Enter it; without a word to enter, say what the clock shows and when the last entry was written."""
    from commands import arguments as given

    at = given.run_of(options)
    if options.correct:
        _correct(at, options.by)
    elif options.confirm:
        _confirm(at, options.by)
    else:
        with at.workspace.open(read_only=True) as ledger:
            last = ledger.latest_time().astimezone(at.plan.zone)
        print(at.plan.words.say("cli.clock.state", now=at.now, last=last))
    return 0


def _confirm(at: Run, by: str) -> None:
    from staffelstab.service.clock import confirm_clock

    confirm_clock(at, by)
    print(at.plan.words.say("cli.clock.confirmed", now=at.now))


def _correct(at: Run, by: str) -> None:
    from staffelstab.service.clock import correct_clock

    done, said = correct_clock(at, by), at.plan.words
    print(said.say("cli.clock.corrected", now=at.now, papers=done.papers, batons=done.batons, letters=done.letters))
    if done.aside.n:
        print(said.say("cli.clock.aside", folder=done.aside.folder, n=done.aside.n))
