"""Signing in without a password to remember: a link that works once, and a session that ends.

Whoever may read the key file (mode 0600, in the server's folder) may make a ticket: an expiry and a random number, signed. The
server takes each ticket once and gives a session's credential for it, which it keeps in memory only. So nothing that could be
used later lies on disk or in a log: the ticket travels behind the "#" of the link, which browsers do not send.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from staffelstab.errors import StaffelstabError
from staffelstab.files import write
from staffelstab.ledger.entropy import LIVE

TICKET_SECONDS = 10 * 60
SESSION_SECONDS = 12 * 60 * 60
KEY_FILE = "sign-in.json"
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


class Sessions:
    """The signed-in browsers of one server process; `clock` tells the time, see `seconds`."""

    def __init__(self, key: bytes, clock: Callable[[], float] = seconds) -> None:
        self._key = key
        self._clock = clock
        self._used: dict[bytes, int] = {}
        self._ends: dict[bytes, float] = {}

    def sign_in(self, given: str) -> str | None:
        """The credential of a new session for a ticket; None if it is forged, too old or was used before."""
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
        secret = LIVE.bytes(32, "session").hex()
        credential = f"{PERSON}:{secret}"
        self._ends[_hashed(credential)] = now + SESSION_SECONDS
        return credential

    def knows(self, credential: str) -> bool:
        """Whether a session with this credential is open."""
        now = self._clock()
        self._ends = {known: end for known, end in self._ends.items() if end > now}
        return _hashed(credential) in self._ends

    def sign_out(self, credential: str) -> None:
        """End the session; nothing if there is none."""
        self._ends.pop(_hashed(credential), None)


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
