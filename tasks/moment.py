"""The moment a run is about: converted once, here, into the standard library's own kind of time.

Prefect hands out instants of a foreign type (pendulum's or whenever's, by version of Python). They look like `datetime` and lose
their zone when one reckons with them, so none of them goes further than this module.
"""

from __future__ import annotations

import datetime as dt

import prefect.runtime.flow_run
from prefect.context import FlowRunContext


def moment(now: dt.datetime | None, zone: dt.tzinfo) -> dt.datetime:
    """The moment as given, or the run's scheduled start, so that a retry sees the same moment.

    A time without a zone, as a form may give it, is in `zone`, the plan's. Raises ValueError outside of a flow run without `now`.
    """
    if now is None and FlowRunContext.get() is None:
        raise ValueError("outside of a flow run the moment must be given")  # Prefect would ask the clock
    return standard(now or prefect.runtime.flow_run.scheduled_start_time, zone)


def started() -> dt.datetime:
    """When this flow run really began, by the clock. Raises ValueError outside of a flow run."""
    context = FlowRunContext.get()
    if context is None:
        raise ValueError("outside of a flow run nothing has begun")
    return standard(context.start_time, dt.UTC)


def standard(value: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The same instant as a plain `datetime` in UTC; without a zone of its own it is a wall time in `zone`."""
    plain = dt.datetime(  # noqa: DTZ001 -- the zone follows
        value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond, fold=value.fold
    )
    offset = value.utcoffset()
    if offset is None:
        return plain.replace(tzinfo=zone).astimezone(dt.UTC)
    return (plain.replace(fold=0) - offset).replace(tzinfo=dt.UTC)
