"""`staffelstab doctor`: is everything there that is needed, does it run, and what is to be done where something is amiss?"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import msgspec

from commands import arguments as given
from commands.checkup.row import MARKS, Row
from commands.for_programs import for_programs
from deployments import wall_clock
from deployments.installation import is_installation
from staffelstab.language import Language

NAME = 17
"""Columns for what was looked at."""


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """[FOLDER | INSTALLATION] [--json]."""
    given.workspace(parser, words)
    given.json(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Look at everything; 1 if something must be settled."""
    place = options.workspace.resolve()
    rows, words = _rows(place, words)
    options.language = words.code
    found = []
    for row in rows:
        found.append(row)
        if not options.json:
            print(_line(row, words), flush=True)
    sound = all(row.state != "bad" for row in found)
    if options.json:
        checks = [msgspec.structs.asdict(row) for row in found]
        print(for_programs({"folder": str(place), "sound": sound, "checks": checks}))
    else:
        print(words.say("doctor.sound" if sound else "doctor.unsound"))
    return 0 if sound else 1


def _rows(place: Path, words: Language) -> tuple[Iterable[Row], Language]:
    """What is looked at, and in which language it is told: that of the plan, if it is one plan."""
    if is_installation(place):
        from commands.checkup.several_plans import installation_rows

        return installation_rows(place, words, wall_clock.now().astimezone()), words
    from commands.checkup.checks import checked, examined

    at, first = examined(place, words, wall_clock.now())
    return chain(first, checked(at)), at.words


def _line(row: Row, words: Language) -> str:
    """`✓ gut      Datenträger      12,3 GB frei.` and what to do below it."""
    states = [words.say(f"doctor.state.{state}") for state in MARKS]
    state, name = words.say(f"doctor.state.{row.state}"), words.say(f"doctor.name.{row.key}")
    head = f"{MARKS[row.state]} {state:<{max(map(len, states))}}  {name:<{NAME}}  {row.said}"
    return f"{head}\n{' ' * 4}→ {row.todo}" if row.todo else head
