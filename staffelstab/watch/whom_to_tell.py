"""Whom to tell: `alarms.toml` in the working folder, for its owner's eyes only, because addresses of services hold passwords.

to = ["mailtos://…", "ntfys://…"]      where messages go, as apprise writes addresses
quiet = ["21:00", "07:00"]             between these times nothing is sent; it is told afterwards
heartbeat = "https://…"                asked after each pass; a service that misses it tells you (healthchecks and the like)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from staffelstab.errors import StaffelstabError
from staffelstab.files import NotPrivateError, read_private
from staffelstab.timetable.plan.toml_file import parsed

FILE = "alarms.toml"
LONGEST = 20_000
MOST = 20
"""So many addresses."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where to tell, when not to, and whom to tell that a pass has run."""

    to: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    heartbeat: str = ""

    def is_quiet(self, now: dt.datetime) -> bool:
        """Whether nothing is sent at this moment (aware, in the plan's zone)."""
        if not self.quiet:
            return False
        begin, end = map(dt.time.fromisoformat, self.quiet)
        time = now.time()
        return begin <= time < end if begin <= end else time >= begin or time < end


def read_settings(root: Path) -> Settings | None:
    """The settings of a working folder; None if it has none.

    Raises StaffelstabError for a file that others may read, or that cannot be understood; it never says what stands there.
    """
    try:
        text = read_private(root / FILE, LONGEST)
    except NotPrivateError:
        raise StaffelstabError("watch.error.mode", file=FILE) from None
    except OSError:
        raise StaffelstabError("watch.error.unreadable", file=FILE) from None
    except ValueError:
        raise StaffelstabError("watch.error.unusable", file=FILE) from None
    return None if text is None else _checked(text)


def _checked(text: bytes) -> Settings:
    try:
        found = msgspec.convert(parsed(text.decode("utf-8")), Settings)
    except (ValueError, RecursionError):  # msgspec's own errors are ValueErrors, and quote nothing that we hand on
        raise StaffelstabError("watch.error.unusable", file=FILE) from None
    _check_times(found.quiet)
    if found.heartbeat and not _is_address(found.heartbeat):
        raise StaffelstabError("watch.error.heartbeat", file=FILE)
    if len(found.to) > MOST:
        raise StaffelstabError("watch.error.many", file=FILE, n=MOST)
    return found


def _is_address(text: str) -> bool:
    """Whether it is an address of the web with a host."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and text.isprintable() and parts.port != 0
    except ValueError:
        return False


def _check_times(quiet: Sequence[str]) -> None:
    try:
        times = [dt.time.fromisoformat(time) for time in quiet]
    except ValueError:
        times = [dt.time()]
    if len(times) not in (0, 2) or any(time.tzinfo for time in times):
        raise StaffelstabError("watch.error.quiet", file=FILE)
