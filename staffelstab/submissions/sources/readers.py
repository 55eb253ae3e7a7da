"""The ways in, by the scheme of a source. Another way is a function here that looks once and keeps open what it fetches from.

folder      files in a drop folder; the time of modification counts within the limits of the passes
(staffelstab.submissions.sources.folder)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager

from staffelstab.submissions.sources.arrival import Arrival, Skipped, Source
from staffelstab.submissions.sources.folder import folder

Look = list[Arrival | Skipped]
Reader = Callable[[Source, dt.datetime, dt.datetime], AbstractContextManager[Look]]
"""Looks at a source: what lies there at the second moment, if it was looked at before at the first."""

READERS: dict[str, Reader] = {
    "folder": folder,
}


def settling(sources: Sequence[Source], now: dt.datetime) -> list[dt.datetime]:
    """When what was put down only a moment ago can be taken, one time for each. Raises StaffelstabError like `look`."""
    with look(sources, now, now) as found:
        return [item.until for item in found if isinstance(item, Skipped) and item.until]


@contextmanager
def look(sources: Sequence[Source], since: dt.datetime, now: dt.datetime) -> Iterator[Look]:
    """What lies at `now` in all these sources, each looked at once; `since` is when they were looked at before.

    What was found can be fetched inside the block. Raises StaffelstabError if a source cannot be reached.
    """
    with ExitStack() as opened:
        yield [item for source in sources for item in opened.enter_context(READERS[source.scheme](source, since, now))]
