"""What nobody at the terminal can do anything about is not said there."""

from __future__ import annotations

import asyncio
import logging

import pytest

from deployments.prefect_logging import quiet


async def cancelled() -> None:
    """As Prefect's own tasks end with its runner: whoever is told of it asks for the failure, and there is none."""
    task = asyncio.ensure_future(asyncio.Event().wait())
    task.add_done_callback(lambda done: done.exception())
    task.cancel()
    await asyncio.wait([task])


def test_what_prefect_leaves_behind_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "asyncio")  # a server that is open beside this test has it quiet already
    with quiet():
        asyncio.run(cancelled())
    assert caplog.messages == []
    asyncio.run(cancelled())
    assert len(caplog.messages) == 1, "otherwise it is"
