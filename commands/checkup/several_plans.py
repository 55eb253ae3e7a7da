"""The doctor for several plans on one server: the file, the database, the server, who executes runs, and each plan."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from commands.causes import said
from commands.checkup import machine
from commands.checkup.row import Check, Examined, Row
from deployments.installation import Installation, read_installation
from staffelstab.errors import StaffelstabError
from staffelstab.language import Language
from staffelstab.workspace import find

MACHINE: tuple[Check, ...] = (
    machine.version,
    machine.libraries,
    machine.time,
    machine.disk,
    machine.recognition,
    machine.walls,
)
GONE = dt.timedelta(seconds=60)
"""A worker that has been silent for so long executes nothing any more."""
PATIENCE_SECONDS = 10.0


def installation_rows(file: Path, words: Language, now: dt.datetime) -> Iterator[Row]:
    """The rows about an installation; a part that fails keeps no other from being looked at."""
    at = Examined(file, words, now)
    try:
        installation = read_installation(file)
    except StaffelstabError as error:
        yield Row("installation", "bad", error.text(words.code))
        return
    yield at.good("installation", n=len(installation.folders))
    for check in MACHINE:
        yield from check(at)
    yield from _database(at, installation)
    yield from _server(at, installation)
    for folder in installation.folders:
        yield _member(at, folder)


def _database(at: Examined, installation: Installation) -> Iterator[Row]:
    if not installation.database:
        yield at.good("database", "database_file")
        return
    import asyncpg  # type: ignore[import-untyped]  # it says no types

    async def ask() -> str:
        connection = await asyncpg.connect(
            installation.database.replace("+asyncpg", "", 1), timeout=PATIENCE_SECONDS, command_timeout=PATIENCE_SECONDS
        )
        try:
            return str(await connection.fetchval("SHOW server_version"))
        finally:
            await connection.close()

    try:
        yield at.good("database", version=asyncio.run(ask()))
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        # No more than the kind of error: its text may hold the address, and in it the password.
        yield at.bad("database", reason=type(error).__name__, file=str(installation.file))


def _server(at: Examined, installation: Installation) -> Iterator[Row]:
    from deployments.server.holder import holder
    from deployments.server.process import home_of

    home = home_of(installation.file)
    try:
        found = holder(home)
    except StaffelstabError as error:
        yield Row("server", "bad", error.text(at.words.code))
        return
    if found is None:
        yield at.note("server", folder=str(installation.file))
        return
    yield at.good("server", "server" if found.address else "server_starting", at=found.since, address=found.address)
    if found.address:
        try:
            yield from _workers(at, home, installation)
        except (StaffelstabError, OSError, ValueError) as error:
            yield Row("workers", "bad", said(error, at.words) or at.words.say("doctor.unreadable", reason="HTTP"))


def _workers(at: Examined, home: Path, installation: Installation) -> Iterator[Row]:
    """Who is there to execute runs, and when each was heard last."""
    from deployments.server.visitor import visiting

    with visiting(home) as visitor:
        if visitor is None:
            return
        found = visitor.asked("/work_pools/staffelstab/workers/filter")
    heard = {str(one["name"]): dt.datetime.fromisoformat(one["last_heartbeat_time"]) for one in found}
    there = [(name, last) for name, last in sorted(heard.items()) if at.now - last < GONE]
    for name, last in there:
        yield at.good("workers", name=name, at=last.astimezone(at.now.tzinfo))
    if not there:
        last_of_all = max(heard.values(), default=None)
        facts = {"file": str(installation.file)}
        if last_of_all is None:
            yield at.bad("workers", "none", **facts)
        else:
            yield at.bad("workers", at=last_of_all.astimezone(at.now.tzinfo), **facts)


def _member(at: Examined, folder: Path) -> Row:
    """Whether a plan and its ledger can be read, and when its last pass was."""
    from staffelstab.ledger.quick_read import quick_read
    from staffelstab.publishing.artifacts import todo

    try:
        workspace = find(folder)
        plan = workspace.plan(at.now)
        last = todo.last_pass(quick_read(workspace.ledger, "pass", until=at.now))
    except (StaffelstabError, OSError) as error:
        sentence = said(error, at.words) or at.words.say("doctor.unreadable", reason=type(error).__name__)
        return Row("member", "bad", f"{folder}: {sentence}", at.words.say("doctor.member.todo", folder=str(folder)))
    if last is None:
        return at.note("member", "never", title=plan.title, folder=str(folder))
    if at.now - last > todo.STALE:
        return at.note("member", "stale", title=plan.title, at=last.astimezone(plan.zone), folder=str(folder))
    return at.good("member", title=plan.title, at=last.astimezone(plan.zone))
