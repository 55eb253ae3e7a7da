"""Working beside a Prefect server that is there already: the one that PREFECT_API_URL names, with PREFECT_API_AUTH_STRING.

Nothing of our own server is there then: neither its door nor its pages. What runs for a deployment, Prefect reads from the server;
so whoever may change deployments there decides what is executed here. That is why the way there must be one that nobody else can
speak on: this machine, or HTTPS.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from deployments.server.settings import client_settings
from staffelstab.errors import StaffelstabError

if TYPE_CHECKING:
    import httpx

ADDRESS, SECRET = "PREFECT_API_URL", "PREFECT_API_AUTH_STRING"
PATIENCE_SECONDS = 30.0
"""So long a server may take to say that it is there."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody else's server, and what lets us in."""

    url: str
    secret: str = field(repr=False)

    @property
    def address(self) -> str:
        """Where a browser finds its interface."""
        return self.url.removesuffix("/api")

    @property
    def lost(self) -> StaffelstabError:
        """What is said if it no longer answers."""
        return StaffelstabError("deployments.beside.lost", address=self.address)


def beside(environment: Mapping[str, str]) -> Beside | None:
    """The server that the environment names, None if it names none. Raises StaffelstabError for an address that is not safe."""
    url = environment.get(ADDRESS, "").rstrip("/")
    if not url:
        return None
    if not _safe(url):
        raise StaffelstabError("deployments.beside.unsafe", name=ADDRESS)
    return Beside(url, environment.get(SECRET, ""))


def _safe(url: str) -> bool:
    """Whether nobody between here and there can listen or answer, and no password stands in the address, which is shown."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or "@" in parts.netloc or not url.isprintable():
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def client_of(server: Beside, home: Path) -> Generator[None]:
    """Within the block flows are told to that server; what the client keeps lies in `home`.

    Raises StaffelstabError if the server does not answer, does not let us in, or is no Prefect 3.
    """
    from deployments.server.process import as_client

    _ask(server)
    with as_client(_settings(server, home)):
        yield


def _ask(server: Beside) -> None:
    answer = asked(server.url, "/admin/version", server.secret)
    if answer.status_code in (401, 403):
        raise StaffelstabError("deployments.beside.refused", address=server.url, name=SECRET)
    if answer.status_code != 200 or not answer.text.strip('"\n ').startswith("3."):
        raise StaffelstabError("deployments.beside.other", address=server.url)


def asked(url: str, path: str, secret: str = "") -> httpx.Response:
    """What the server whose interface for programs is at `url` answers; one on this machine is asked past every proxy.

    Raises StaffelstabError if it does not answer.
    """
    import httpx

    name, _, word = secret.partition(":")
    try:
        return httpx.get(
            f"{url}{path}",
            auth=(name, word) if secret else None,
            timeout=PATIENCE_SECONDS,
            trust_env=not _is_here(urlsplit(url).hostname or ""),
        )
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise StaffelstabError("cli.run.unreachable", address=url) from error


def _settings(server: Beside, home: Path) -> dict[str, Any]:
    return client_settings(home, 0, "", live=True) | {
        "api.auth_string": server.secret or None,
        "api.tls_insecure_skip_verify": False,
        "api.url": server.url,
    }
