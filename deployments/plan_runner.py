"""Prefect's runner for the runs of a plan, ended by a signal without anything left open."""

from __future__ import annotations

import asyncio
from typing import Any, Self

import anyio
from prefect.runner import Runner


class PlanRunner(Runner):
    """Runs what is scheduled, one run at a time; SIGTERM sets `ended`, and whoever waits for it cancels `start`.

    Prefect's runner is not made to be cancelled while it opens: it has entered a task group by then and does not leave it, and the
    group around it ends in an error ("Attempted to exit a cancel scope …"). A cancellation takes effect here when it has opened.
    """

    def __init__(self, name: str, ended: asyncio.Event) -> None:
        super().__init__(name=name, limit=1, pause_on_shutdown=False)
        self._ended = ended
        self._own_loop = asyncio.get_running_loop()
        self._opening = anyio.CancelScope(shield=True)

    async def start(self, run_once: bool = False, webserver: bool | None = None) -> None:
        """Open, and run until cancelled."""
        with self._opening:
            await super().start(run_once, webserver)

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self._opening.shield = False
        return self

    def handle_sigterm(self, *_: Any, **__: Any) -> None:
        """Prefect puts this in the place of every other handler when it starts; its own ends the process in mid-air."""
        self._own_loop.call_soon_threadsafe(self._ended.set)
