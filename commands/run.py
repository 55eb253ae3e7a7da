"""`staffelstab run`: one daily pass, now."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from commands import arguments as given
from deployments import wall_clock
from deployments.prefect_logging import quiet
from staffelstab.errors import StaffelstabError
from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.publishing.artifacts.todo import left_out
from staffelstab.publishing.artifacts.working_folder import look
from staffelstab.submissions.sources.arrival import Source
from staffelstab.submissions.sources.readers import settling
from staffelstab.submissions.sources.sweep import SETTLE
from staffelstab.timetable.plan.model import Plan
from staffelstab.workspace import Workspace, find

if TYPE_CHECKING:
    from staffelstab.service.pass_work import DailyPass


def arguments(parser: argparse.ArgumentParser, words: Language) -> None:
    """[FOLDER]."""
    given.workspace(parser, words)
    given.now(parser, words)


def run(options: argparse.Namespace, words: Language) -> int:
    """Run the pass: recorded by the server that PREFECT_API_URL names, otherwise without one."""
    workspace = find(options.workspace)
    plan, now = given.present(workspace, options.now)
    options.language = plan.language
    with workspace.open():
        pass  # a ledger that cannot be written to needs no Prefect to say so
    said = plan.words
    now = now if options.now else settled(workspace.sources(plan), said, wall_clock.now, time.sleep)
    found = passed(workspace, now)
    print(said.say("cli.run.done", new=found.intake.new, unreadable=found.intake.unreadable))
    if found.intake.waiting:
        print(said.say("cli.run.waiting", n=found.intake.waiting))
    if found.intake.unread and not found.intake.refused:
        print(said.say("cli.run.unread", n=found.intake.unread))
    for line in found.intake.about_walls(said):
        print(line)
    for line in _unprinted(workspace, plan, now):
        print(line)
    for item in left_out(plan, look(workspace)):
        print(item.text)
        print("".join(f"  {detail}\n" for detail in item.details), end="")
    if found.missed:
        print(said.say("cli.run.missed"))
        print("\n".join(f"  {line}" for line in _missed(workspace, plan, now, found)))
    folder = legible_name(str(workspace.root))
    print(said.say("cli.run.next", sessions=f"{folder}/sessions", outbox=f"{folder}/outbox", folder=folder))
    return 0


def _unprinted(workspace: Workspace, plan: Plan, now: dt.datetime) -> Iterator[str]:
    """Which dossiers lack a format since the pass, or had a passage left out."""
    from staffelstab.ledger.entries import Surveyed

    with workspace.open(read_only=True) as ledger:
        last = {entry.phase: Surveyed.of(entry).unprinted for entry in ledger.entries("surveyed", until=now)}
    for phase in plan.phases:
        found = last.get(phase.id)
        if found and found.formats:
            yield plan.words.say("cli.run.no_format", phase=phase.name, formats=", ".join(found.formats).upper())
        if found and found.passages:
            yield plan.words.say("cli.run.left_out", phase=phase.name, n=len(found.passages))


def _missed(workspace: Workspace, plan: Plan, now: dt.datetime, found: DailyPass) -> Iterator[str]:
    from staffelstab.timetable.agenda.catching_up import KINDS, caught_up, lines

    with workspace.open(read_only=True) as ledger:
        entries = ledger.entries(*KINDS, until=now)
    return lines(plan, caught_up(plan, now, entries, found.missed))


def settled(
    sources: Sequence[Source], words: Language, now: Callable[[], dt.datetime], pause: Callable[[float], None]
) -> dt.datetime:
    """The moment of the pass: now, or a few seconds later if somebody has put down files only a moment ago."""
    moment = now()
    if young := settling(sources, moment):
        print(words.say("cli.run.settling", n=len(young)), flush=True)
        pause(min(max(young) - moment, SETTLE).total_seconds())
        moment = now()
    return moment


def passed(workspace: Workspace, now: dt.datetime) -> DailyPass:
    """The daily pass. A server of its own would take ten times as long and be looked at by nobody."""
    address = os.environ.get("PREFECT_API_URL")
    with quiet(), _recorded_by(address) if address else nullcontext():
        from flows.daily_pass import daily_pass
        from tasks.begin import working_in
        from tasks.decorators import directly

        with working_in(workspace.root.resolve()):
            return daily_pass(now) if address else directly(daily_pass, now)


@contextmanager
def _recorded_by(address: str) -> Generator[None]:
    """Within the block Prefect's client finds the server there. Raises StaffelstabError if it does not answer as one."""
    from deployments.server.beside import asked
    from deployments.server.process import past_proxies

    if not asked(address.rstrip("/"), "/health").is_success:
        raise StaffelstabError("cli.run.unreachable", address=address)
    with past_proxies():
        yield
