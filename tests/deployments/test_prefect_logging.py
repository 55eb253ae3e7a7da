"""What nobody at the terminal can do anything about is not said there."""

from __future__ import annotations

import asyncio
import gc
import warnings

import pytest

from deployments.prefect_logging import quiet


async def abandoned() -> None:
    """As Prefect leaves its tasks behind when the server is gone: one was cancelled, one never begun."""
    task = asyncio.ensure_future(asyncio.Event().wait())
    task.add_done_callback(lambda done: done.exception())
    task.cancel()
    await asyncio.wait([task])
    await asyncio.sleep(0)


def leave_behind() -> None:
    """Ends with a callback that failed and a coroutine that nobody awaited."""
    asyncio.run(abandoned())
    abandoned()  # type: ignore[unused-coroutine]
    gc.collect()


def test_what_a_lost_server_leaves_behind_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        with quiet():
            leave_behind()
        assert (caplog.messages, [str(one.message) for one in told]) == ([], [])
        leave_behind()
    assert len(caplog.messages) == 1, "otherwise it is"
    assert len(told) == 1
