"""Watching a served plan: once a minute, what is alarming is told to those whom `alarms.toml` names, each matter once (U16).

Only what runs can tell that something does not: whether this very process and its machine are alive a service outside has to watch,
by the heartbeat that follows each pass.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import httpx
import msgspec
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterStartTime,
    FlowRunFilterState,
    FlowRunFilterStateName,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, StateType

from deployments.notify import beat, problems, receivers, tell
from staffelstab.errors import StaffelstabError
from staffelstab.publishing.artifacts.todo import KINDS
from staffelstab.publishing.artifacts.working_folder import look
from staffelstab.service.phase_run import Run
from staffelstab.timetable.plan.model import Plan
from staffelstab.watch.matters import LATE, Matter, RunMatter, RunState, matters
from staffelstab.watch.memory import Memory, keep, recall
from staffelstab.watch.whom_to_tell import Settings, read_settings
from tasks.moment import standard
from tasks.shared_server import tags_there

if TYPE_CHECKING:
    from apprise import Apprise

LOOK_BACK = dt.timedelta(days=2)
"""Runs that failed earlier are history."""


@dataclass
class Watch:
    """The watch over one folder; `say` tells the person at the terminal what is wrong with the settings, once."""

    folder: Path
    say: Callable[[str], None]
    _said: set[str] = field(default_factory=set)
    _unkept: Memory | None = None

    async def round(self, client: PrefectClient, run: Run) -> None:
        """Look once, and tell what is due."""
        settings = self._settings(run.plan)
        if settings is None:
            return
        runs = await alarming_runs(client, run.plan, run.now)
        await anyio.to_thread.run_sync(self._tell, run, settings, runs)

    def _settings(self, plan: Plan) -> Settings | None:
        try:
            found = read_settings(self.folder)
        except StaffelstabError as error:
            self._once(error.text(plan.language))
            return None
        for problem in problems(found) if found else ():
            self._once(problem.text(plan.language))
        return found

    def _once(self, sentence: str) -> None:
        if sentence not in self._said:
            self._said.add(sentence)
            self.say(sentence)

    def _tell(self, run: Run, settings: Settings, runs: tuple[RunMatter, ...] | None) -> None:
        with run.workspace.open(read_only=True) as ledger:
            entries = ledger.entries(*KINDS, until=run.now)
            fingerprint = ledger.fingerprint
        free = shutil.disk_usage(self.folder).free
        found = matters(run, entries, look(run.workspace), free=free, runs=runs)
        before = memory = self._unkept or recall(self.folder)
        if settings.to:
            due = () if settings.is_quiet(run.now) else memory.due(found, run.now)
            to = {mark(fingerprint, name): one for name, one in receivers(settings.to).items()} if due else {}
            memory = memory.after(found, run.now, told(memory, due, to, run), to)
        last = max((entry.seq for entry in entries if entry.kind == "pass"), default=0)
        if settings.heartbeat and last > memory.beat and beat(settings.heartbeat):
            memory = msgspec.structs.replace(memory, beat=last)
        if memory != before or self._unkept:
            self._keep(memory)

    def _keep(self, memory: Memory) -> None:
        """Remember what was told, here for the time being if the disk has no room: else it would be told every minute."""
        try:
            keep(self.folder, memory)
            self._unkept = None
        except OSError:
            self._unkept = memory


def mark(fingerprint: Callable[[bytes], str], address: str) -> str:
    """By what it is remembered that an address took a message; without the ledger's secret nobody can try which address it is."""
    return fingerprint(b"alarm\0" + address.encode())


def told(memory: Memory, due: tuple[Matter, ...], to: Mapping[str, Apprise], run: Run) -> Mapping[str, Collection[str]]:
    """Send each address one message with everything due that it has not taken yet; who has taken what, by marks.

    All at once: one that does not answer keeps none of the others waiting.
    """
    parts = {one: tuple(item for item in due if not memory.has(one, item, run.now)) for one in to}
    heading = title(run.plan)
    with ThreadPoolExecutor(max_workers=max(len(to), 1)) as pool:
        answers = {
            one: pool.submit(tell, to[one], heading, "\n\n".join(message(run.plan, part)))
            for one, part in parts.items()
            if part
        }
        took = {one for one, answer in answers.items() if answer.result()}
    return {item.key: [one for one in took if item in parts[one]] for item in due}


def title(plan: Plan) -> str:
    """What stands above every message."""
    return plan.words.say("watch.title", plan=plan.title)


def message(plan: Plan, due: tuple[Matter, ...]) -> Iterator[str]:
    """The sentences of a message."""
    yield from (item.text for item in due)
    yield plan.words.say("watch.one_more")


async def alarming_runs(client: PrefectClient, plan: Plan, now: dt.datetime) -> tuple[RunMatter, ...] | None:
    """The plan's runs that are late, or failed or crashed in the last days; None if the server does not say."""
    tags = FlowRunFilterTags(all_=tags_there(plan))
    broken = FlowRunFilter(
        tags=tags,
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.FAILED, StateType.CRASHED])),
        start_time=FlowRunFilterStartTime(after_=now - LOOK_BACK),  # type: ignore[arg-type]  # its own kind of time
    )
    late = FlowRunFilter(
        tags=tags,
        state=FlowRunFilterState(name=FlowRunFilterStateName(any_=["Late"])),
        expected_start_time=FlowRunFilterExpectedStartTime(before_=now - LATE),  # type: ignore[arg-type]  # its own kind of time
    )
    try:
        found = [run for each in (broken, late) for run in await client.read_flow_runs(flow_run_filter=each)]
    except httpx.HTTPError:
        return None
    return tuple(_matter(run, now) for run in found)


def _matter(run: FlowRun, now: dt.datetime) -> RunMatter:
    states: dict[StateType | None, RunState] = {StateType.FAILED: "failed", StateType.CRASHED: "crashed"}
    at = run.expected_start_time or run.start_time
    moment = standard(at, dt.UTC) if at else now
    return RunMatter(str(run.id), run.name, states.get(run.state_type, "late"), moment)
