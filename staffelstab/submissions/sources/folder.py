"""The drop folder as a way in: when a file that lies in it has arrived (reliability case 24).

A file cannot have arrived before the last pass that did not see it, nor after now. Within that interval its time of modification
counts; if it claims another time, the earliest possible moment counts in the sender's favour, and the arrival is marked as
uncertain. So it is if the file was put here only later than it claims: then it was copied with its time, or its time was set.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from staffelstab.submissions.sources.arrival import Arrival, Skipped, Source
from staffelstab.submissions.sources.sweep import Seen, Sweep

LATER = dt.timedelta(minutes=1)
"""A file put here so much later than it was changed, it says, came from somewhere else."""


@contextmanager
def folder(source: Source, since: dt.datetime, now: dt.datetime) -> Iterator[list[Arrival | Skipped]]:
    """What lies at `now` in a folder that was looked at before at `since`. Raises StaffelstabError if it cannot be opened."""
    with Sweep.of(Path(source.location), now) as sweep:
        yield [_arrival(sweep, source, since, item) if isinstance(item, Seen) else item for item in sweep.files()]


def _arrival(sweep: Sweep, source: Source, since: dt.datetime, file: Seen) -> Arrival:
    possible = since <= file.modified <= sweep.now
    top, slash, _ = file.path.partition("/")
    return Arrival(
        place=file.name,
        kind=source.kinds.get(top, "papers") if slash else "papers",
        size=file.size,
        version=f"{file.size}\0{file.modified.isoformat()}",
        noted=file.modified,
        at=file.modified if possible else since,
        certain=possible and (source.played or not _put_here_later(file, sweep.now)),
        fetch=partial(sweep.content, file),
    )


def _put_here_later(file: Seen, now: dt.datetime) -> bool:
    """Whether the file came to lie here later than it claims; where that would be after `now`, the present is not meant."""
    return file.modified + LATER < file.placed <= now
