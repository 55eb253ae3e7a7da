"""A flow as small as can be, for tests and as the target of deployments."""

from __future__ import annotations

import datetime as dt

from prefect import flow, task


@task(persist_result=False)
def count(upto: int) -> int:
    """One step."""
    return upto + 1


@flow(name="tiny", persist_result=False)
def tiny(workspace: str = "", steps: int = 5, now: dt.datetime | None = None) -> int:
    """Count some steps."""
    return sum(count(step) for step in range(steps))
