"""What a way in finds: something that has arrived, or something that was not taken and why.

The way knows the moment of arrival and what that rests on; whoever receives does not guess. So a way in returns values, opens
nothing, and fetches a content only when it is asked to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

SkipReason = Literal[
    "device",  # a device or socket
    "directory_depth",  # folders within folders within folders …
    "fifo",  # a named pipe
    "link",  # a symbolic link, or a file with a second name
    "no_permission",  # may not be read
    "partial",  # still being downloaded or open in an office program, says its name
    "settling",  # changed only a moment ago
    "still_writing",  # somebody has it open for writing
    "too_large",
    "vanished",  # gone between seeing and opening it
]
_WAITING = frozenset({"partial", "settling", "still_writing", "vanished"})


@dataclass(frozen=True, slots=True)
class Source:
    """Where papers come in. `scheme` names the way (see `staffelstab.submissions.sources.readers`), `location` is what that way
    finds it by.

    `kinds` are the kinds of input by the name of the folder in which they lie; everything else is a paper. `played`: time is, so
    what the system says of the present means nothing.
    """

    scheme: str
    location: str
    kinds: Mapping[str, str] = field(default_factory=dict)
    played: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that has come in, as far as can be told without opening it.

    `place` is where it lies, the same with every look, "/" between; data, never a path. `version` is another one as soon as
    something else lies there. `noted` is the time the way goes by (a file's modification, a server's receipt), `at` the moment that
    counts for it, and `certain` whether the way vouches for that. `fetch` returns the bytes, or None if this version is gone.
    """

    place: str
    kind: str
    size: int
    version: str
    noted: dt.datetime
    at: dt.datetime
    certain: bool
    fetch: Callable[[], bytes | None] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not taken, with a reason below `intake.skipped.` of the catalogue.

    `until` is when it can be taken if nothing happens to it meanwhile, where that is known.
    """

    place: str
    reason: SkipReason
    until: dt.datetime | None = field(default=None, compare=False)

    @property
    def waits(self) -> bool:
        """Whether it is only not finished yet: the next look may take it."""
        return self.reason in _WAITING
