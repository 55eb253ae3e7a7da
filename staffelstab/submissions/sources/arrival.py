"""What a way in finds: something that has arrived, or something that was not taken and why.

The way knows the moment of arrival and what that rests on; whoever receives does not guess. So a way in returns values, opens
nothing, and fetches a content only when it is asked to.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

SkipReason = Literal[
    "device",  # a device or socket
    "directory_depth",  # folders within folders within folders …
    "fifo",  # a named pipe
    "hidden",  # its name begins with a dot
    "link",  # a symbolic link
    "no_permission",  # may not be read
    "partial",  # still being downloaded or open in an office program, says its name
    "second_name",  # a file that has another name elsewhere (a hard link)
    "settling",  # changed only a moment ago
    "still_writing",  # somebody has it open for writing
    "system",  # left lying by an operating system
    "too_large",
    "vanished",  # gone between seeing and opening it
]
_WAITING = frozenset({"partial", "settling", "still_writing", "vanished"})


def shown(place: str) -> str:
    """A place as NFC text; bytes that are no UTF-8 appear as \\xNN. Two places may look the same."""
    return unicodedata.normalize("NFC", encoded(place).decode("utf-8", "backslashreplace"))


def encoded(place: str) -> bytes:
    """A place as the system has it: two places never have the same bytes."""
    return place.encode("utf-8", "surrogateescape")


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

    `place` is where it lies, the same with every look, "/" between; data, never a path, and any name at all: bytes that are no text
    are surrogates in it. `version` is another one as soon as
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

    @property
    def name(self) -> str:
        """The place as people may be shown it."""
        return shown(self.place)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not taken, with a reason below `intake.skipped.` of the catalogue.

    `until` is when it can be taken if nothing happens to it meanwhile, where that is known.
    """

    place: str
    reason: SkipReason
    until: dt.datetime | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        """The place as people may be shown it."""
        return shown(self.place)

    @property
    def waits(self) -> bool:
        """Whether it is only not finished yet: the next look may take it."""
        return self.reason in _WAITING
