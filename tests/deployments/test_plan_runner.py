"""The runner of `serve`: whenever it is told to end, it ends without an error."""

from __future__ import annotations

import asyncio

import anyio
import anyio.lowlevel
import pytest

from deployments.plan_runner import PlanRunner

pytestmark = pytest.mark.usefixtures("live")


async def cancelled_while_opening() -> PlanRunner:
    """A runner that was cancelled when it had entered its task group and was not open yet, as `serve` does on a signal."""
    runner = PlanRunner("garden", asyncio.Event())
    async with anyio.create_task_group() as around:
        around.start_soon(beside_something_else, runner)
        while not hasattr(runner, "_runs_task_group"):
            await anyio.lowlevel.checkpoint()
        assert not runner.started
        around.cancel_scope.cancel()
    return runner


async def beside_something_else(runner: PlanRunner) -> None:
    async with anyio.create_task_group() as group:
        group.start_soon(anyio.sleep_forever)
        await runner.start()


def test_told_to_end_while_it_opens_it_ends_without_an_error() -> None:
    """Prefect's own left a cancel scope behind, and `serve` ended in an error when the signal came early on a busy machine."""
    assert not asyncio.run(cancelled_while_opening()).started
