"""Signing in without a password to remember: a link that works once, and a session that ends.

Whoever may read the key file (mode 0600, in the server's folder) may make a ticket: an expiry and a random number, signed. The
server takes each ticket once and opens a session for it, which it keeps in memory only. So nothing that could be used later lies
on disk or in a log: the ticket travels behind the "#" of the link, which browsers do not send.

A session has two keys. Prefect's interface says a credential with each request, from the storage of this origin, port included.
Our own pages are plain pages: they need a cookie, and a browser sends a cookie to every port of this machine. So each session has
pages of its own under an address nobody can guess, and its cookie is sent to that address only: whoever has one of the two cannot
use it without the other.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from staffelstab.errors import StaffelstabError
from staffelstab.files import write
from staffelstab.ledger.entropy import LIVE

TICKET_SECONDS = 10 * 60
SESSION_SECONDS = 12 * 60 * 60
KEY_FILE = "sign-in.json"
COOKIE = "staffelstab"
MOST_COOKIES = 50
PERSON = "staffelstab"
"""The name under which a signed-in browser speaks; our own processes have another one (`settings.LOGIN`)."""

_NONCE, _EXPIRY = 16, 8


def seconds() -> float:
    """Seconds since the machine was started, sleep included where the system counts it: the same in every process, and no clock
    that somebody can turn."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


def ticket(key: bytes, now: float) -> str:
    """A ticket that may be used once until `TICKET_SECONDS` after `now` (see `seconds`)."""
    claim = int(now + TICKET_SECONDS).to_bytes(_EXPIRY, "big") + LIVE.bytes(_NONCE, "ticket")
    return base64.urlsafe_b64encode(claim + _signature(key, claim)).decode()


def _signature(key: bytes, claim: bytes) -> bytes:
    return hmac.digest(key, b"ticket" + claim, hashlib.sha256)


@dataclass(frozen=True, slots=True)
class Session:
    """What a browser gets that signed in: a credential for Prefect's interface, the place of its own pages and their cookie."""

    credential: str = field(repr=False)
    place: str = field(repr=False)
    cookie: str = field(repr=False)


class Sessions:
    """The signed-in browsers of one server process; `clock` tells the time, see `seconds`."""

    def __init__(self, key: bytes, clock: Callable[[], float] = seconds) -> None:
        self._key = key
        self._clock = clock
        self._used: dict[bytes, int] = {}
        self._ends: dict[bytes, float] = {}
        self._pages: dict[bytes, tuple[bytes, bytes]] = {}

    def sign_in(self, given: str) -> Session | None:
        """A new session for a ticket; None if it is forged, too old or was used before."""
        try:
            raw = base64.urlsafe_b64decode(given.encode("ascii"))
        except ValueError:
            return None
        claim, signature = raw[: _EXPIRY + _NONCE], raw[_EXPIRY + _NONCE :]
        if not hmac.compare_digest(signature, _signature(self._key, claim)):
            return None
        now, expiry = self._clock(), int.from_bytes(claim[:_EXPIRY], "big")
        self._used = {old: until for old, until in self._used.items() if until > now}
        if now >= expiry or claim in self._used:
            return None
        self._used[claim] = expiry
        credential = f"{PERSON}:{LIVE.bytes(32, 'session').hex()}"
        place, cookie = (LIVE.bytes(16, name).hex() for name in ("place", "cookie"))
        self._ends[_hashed(credential)] = now + SESSION_SECONDS
        self._pages[_hashed(place)] = _hashed(cookie), _hashed(credential)
        return Session(credential, place, cookie)

    def knows(self, credential: str) -> bool:
        """Whether a session with this credential is open."""
        return self._is_open(_hashed(credential))

    def opens(self, place: str, *cookies: str) -> bool:
        """Whether the pages at `place` are those of an open session with one of these cookies."""
        expected, session = self._pages.get(_hashed(place), (b"", b""))
        fits = [hmac.compare_digest(_hashed(cookie), expected) for cookie in cookies]
        return any(fits) and self._is_open(session)

    def _is_open(self, session: bytes) -> bool:
        now = self._clock()
        self._ends = {known: end for known, end in self._ends.items() if end > now}
        self._pages = {place: keys for place, keys in self._pages.items() if keys[1] in self._ends}
        return session in self._ends

    def sign_out(self, credential: str) -> None:
        """End the session; nothing if there is none."""
        self._ends.pop(_hashed(credential), None)

    def leave(self, place: str) -> None:
        """End the session whose pages are at `place`; nothing if there is none."""
        self._ends.pop(self._pages.get(_hashed(place), (b"", b""))[1], None)

    def end_all(self) -> None:
        """End every session: each browser has to sign in anew."""
        self._ends.clear()
        self._pages.clear()


def _hashed(credential: str) -> bytes:
    return hashlib.sha256(credential.encode()).digest()


def basic(credential: str) -> str:
    """A credential as the header `Authorization` has it (RFC 7617)."""
    return f"Basic {base64.b64encode(credential.encode()).decode()}"


def credential_in(header: str) -> str | None:
    """The credential in a header `Authorization`; None if it holds none that can be read."""
    scheme, _, value = header.partition(" ")
    try:
        return base64.b64decode(value, validate=True).decode() if scheme.lower() == "basic" else None
    except ValueError:
        return None


def cookies_in(headers: Iterable[tuple[bytes, bytes]]) -> tuple[str, ...]:
    """The values of our cookie among a request's headers, at most `MOST_COOKIES`.

    There may be several: a page on any port of this machine can set one of the same name, which is none of ours.
    """
    said = b"; ".join(value for name, value in headers if name == b"cookie").decode("latin-1")
    parts = (part.strip().partition("=") for part in said.split(";"))
    return tuple(value for name, _, value in parts if name == COOKIE)[:MOST_COOKIES]


# -- the key file ------------------------------------------------------------------------------------------------------


@contextmanager
def kept_key(home: Path, address: str, key: bytes) -> Generator[None]:
    """While the block lasts, where the server is found and the key to its tickets lie in `home`, for its owner's eyes only.

    The file is locked meanwhile: one that a killed server left is told from it. Raises StaffelstabError if another server is open.
    """
    path = home / KEY_FILE
    if _is_held(path):
        raise StaffelstabError("deployments.already_open")
    write(path, json.dumps({"address": address, "key": key.hex()}).encode())
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _is_held(path: Path) -> bool:
    """Whether a server that runs has locked its key file."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def sign_in_link(address: str, key: bytes, now: float) -> str:
    """An address under which a browser is signed in, once."""
    return f"{address}/sign-in#{ticket(key, now)}"


def link_of(home: Path, now: float) -> str | None:
    """A link to the server whose folder is `home`; None if none is running."""
    if not _is_held(home / KEY_FILE):
        return None
    try:
        found = json.loads((home / KEY_FILE).read_text(encoding="utf-8"))
        return sign_in_link(str(found["address"]), bytes.fromhex(found["key"]), now)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
