"""The ways in, by the scheme of a source. Another way is a function here that looks once and keeps open what it fetches from. A
source that cannot be looked at does not keep the others from being looked at.

folder      files in a drop folder; the time of modification counts within the limits of the passes
(staffelstab.submissions.sources.folder)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass

from staffelstab.errors import StaffelstabError
from staffelstab.submissions.sources.arrival import Arrival, Skipped, Source
from staffelstab.submissions.sources.folder import folder

Look = list[Arrival | Skipped]
Reader = Callable[[Source, dt.datetime, dt.datetime], AbstractContextManager[Look]]
"""Looks at a source: what lies there at the second moment, if it was looked at before at the first."""

READERS: dict[str, Reader] = {
    "folder": folder,
}


@dataclass(frozen=True, slots=True)
class Unreached:
    """A source that could not be looked at, and why."""

    source: Source
    error: StaffelstabError


@dataclass(frozen=True, slots=True)
class Sight:
    """What lies in several sources, and those of them that could not be looked at."""

    found: Look
    unreached: tuple[Unreached, ...]


def settling(sources: Sequence[Source], now: dt.datetime) -> list[dt.datetime]:
    """When what was put down only a moment ago can be taken, one time for each; what cannot be looked at is left to the pass."""
    with sight(sources, lambda _: now, now) as seen:
        return [item.until for item in seen.found if isinstance(item, Skipped) and item.until]


@contextmanager
def sight(sources: Sequence[Source], since: Callable[[Source], dt.datetime], now: dt.datetime) -> Iterator[Sight]:
    """What lies at `now` in these sources as far as they can be looked at; `since` says when each was looked at before.

    What was found can be fetched inside the block.
    """
    found: Look = []
    unreached: list[Unreached] = []
    with ExitStack() as opened:
        for source in sources:
            try:
                found += opened.enter_context(look([source], since(source), now))
            except StaffelstabError as error:
                unreached.append(Unreached(source, error))
            except OSError:  # the disk, the network
                unreached.append(Unreached(source, StaffelstabError("intake.error.unreached", scheme=source.scheme)))
        yield Sight(found, tuple(unreached))


@contextmanager
def look(sources: Sequence[Source], since: dt.datetime, now: dt.datetime) -> Iterator[Look]:
    """What lies at `now` in all these sources, each looked at once; `since` is when they were looked at before.

    What was found can be fetched inside the block. Raises StaffelstabError if a source cannot be reached.
    """
    with ExitStack() as opened:
        yield [item for source in sources for item in opened.enter_context(READERS[source.scheme](source, since, now))]
