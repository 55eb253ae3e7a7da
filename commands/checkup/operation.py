"""What is running: the interface, its schedules, the last pass, the port, the service."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import socket
from collections.abc import Iterator
from pathlib import Path

from commands.checkup.row import Examined, Row
from deployments.server.holder import holder
from deployments.server.ports import PORT, remembered_port
from deployments.server.settings import HOST


def server(at: Examined) -> Iterator[Row]:
    """Whether the working folder is open, where, and since when."""
    if at.workspace is None or at.plan is None:
        return
    found = holder(_home(at))
    if found is None:
        yield at.note("server", folder=str(at.workspace.root))
        return
    since = found.since.astimezone(at.plan.zone)
    if not found.address:
        yield at.good("server", "server_starting", at=since)
    else:
        yield at.good("server", "server_beside" if found.beside else "server", at=since, address=found.address)


def schedules(at: Examined) -> Iterator[Row]:
    """Whether the plan's runs are scheduled, and which one is next. The server is asked, if there is one of our own."""
    if at.workspace is None or at.plan is None:
        return
    from deployments.server.visitor import visiting
    from staffelstab.timetable.agenda.planned_runs import names_of, planned_runs

    folder = str(at.workspace.root)
    with visiting(_home(at)) as visitor:
        if visitor is None:
            return
        tags = {"all_": [at.plan.id]}
        made = visitor.asked("/deployments/count", deployments={"tags": tags})
        waiting = {"tags": tags, "state": {"type": {"any_": ["SCHEDULED"]}}}
        coming = visitor.asked("/flow_runs/filter", flow_runs=waiting, sort="EXPECTED_START_TIME_ASC", limit=1)
    if not made or not coming:
        yield at.bad("schedules", folder=folder)
        return
    next_at = dt.datetime.fromisoformat(coming[0]["expected_start_time"]).astimezone(at.plan.zone)
    slug = (coming[0].get("created_by") or {}).get("display_value") or ""
    # The server calls a run of its own making at random; the name that we give it may come a few seconds later.
    name = names_of(at.plan, planned_runs(at.plan))(slug, next_at) or str(coming[0]["name"])
    yield at.good("schedules", n=made, name=name, at=next_at)


def last_pass(at: Examined) -> Iterator[Row]:
    """When the last daily pass ran."""
    if at.workspace is None or at.plan is None:
        return
    from staffelstab.ledger.quick_read import quick_read
    from staffelstab.publishing.artifacts import todo

    folder = str(at.workspace.root)
    last = todo.last_pass(quick_read(at.workspace.ledger, "pass", until=at.now))
    if last is None:
        yield at.note("last_pass", "never", folder=folder)
    elif at.now - last > todo.STALE:
        yield at.note("last_pass", "stale", at=last.astimezone(at.plan.zone), folder=folder)
    else:
        yield at.good("last_pass", at=last.astimezone(at.plan.zone))


def port(at: Examined) -> Iterator[Row]:
    """Whether the port of the next start is free, where nothing is running."""
    if at.workspace is None or holder(_home(at)) is not None:
        return
    wanted = remembered_port(_home(at)) or PORT
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, wanted))
        except OSError:
            yield at.note("port", port=str(wanted))
        else:
            yield at.good("port", port=str(wanted))


def alarms(at: Examined) -> Iterator[Row]:
    """Whether anybody is told when nobody looks."""
    if at.workspace is None:
        return
    from deployments.notify import problems
    from staffelstab.watch.whom_to_tell import FILE, read_settings

    settings = read_settings(at.workspace.root)
    if settings is None or not settings.to:
        yield at.note("alarms", file=str(at.workspace.root / FILE))
        return
    wrong = [Row("alarms", "bad", problem.text(at.words.code)) for problem in problems(settings)]
    yield from wrong or [at.good("alarms", n=len(settings.to))]


def service(at: Examined) -> Iterator[Row]:
    """Whether the working folder is opened by systemd, and by a program that is still there."""
    if at.workspace is None:
        return
    from commands.unit import unit_of

    unit, folder = unit_of(at.workspace.root, os.environ), str(at.workspace.root)
    if not unit.is_ours():
        yield at.good("service", "service_none", folder=folder)
    elif (program := _program(unit.file.read_text(encoding="utf-8"))) and not program.exists():
        yield at.bad("service", program=str(program), folder=folder)
    elif not unit.wanted.is_symlink():
        yield at.note("service", name=unit.name)
    else:
        yield at.good("service", name=unit.name)


def _program(unit: str) -> Path | None:
    """What a unit that we have written starts."""
    commands = [line.partition("=:")[2] for line in unit.splitlines() if line.startswith("ExecStart=:")]
    if not commands:
        return None
    return Path(shlex.split(commands[0])[0].replace("%h", str(Path.home()), 1).replace("%%", "%"))


def _home(at: Examined) -> Path:
    from deployments.server.process import home_of

    return home_of(at.workspace.root if at.workspace else at.place)
