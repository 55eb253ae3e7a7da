"""A look at our own server as a person has it: signed in by a ticket, without Prefect's client, which takes seconds to load."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from deployments.server.tickets import link_of, seconds
from staffelstab.errors import StaffelstabError

PATIENCE_SECONDS = 20.0
_NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who has signed in."""

    address: str
    credential: str = field(repr=False)

    def asked(self, path: str, **question: object) -> Any:
        """What the API answers a question by POST. Raises OSError or ValueError if it does not."""
        client = "doctor"
        token = json.loads(self._sent("GET", f"/api/csrf-token?client={client}"))["token"]
        proof = {"prefect-csrf-client": client, "prefect-csrf-token": str(token), "content-type": "application/json"}
        return json.loads(self._sent("POST", f"/api{path}", json.dumps(question).encode(), proof))

    def leave(self) -> None:
        """Sign out."""
        self._sent("POST", "/sign-out")

    def _sent(self, method: str, path: str, body: bytes | None = None, more: dict[str, str] | None = None) -> bytes:
        return _sent(
            method, f"{self.address}{path}", body, {"authorization": f"Basic {self.credential}"} | (more or {})
        )


def _sent(method: str, url: str, body: bytes | None, headers: dict[str, str]) -> bytes:
    request = urllib.request.Request(url, data=body, headers=headers, method=method)  # noqa: S310 -- our own address
    with _NO_PROXY.open(request, timeout=PATIENCE_SECONDS) as answer:
        found: bytes = answer.read()
    return found


@contextmanager
def visiting(home: Path) -> Generator[Visitor | None]:
    """Within the block one is signed in to the server whose folder is `home`; None if none is running.

    Raises StaffelstabError if it does not answer.
    """
    link = link_of(home, seconds())
    if link is None:
        yield None
        return
    parts = urlsplit(link)
    address = f"{parts.scheme}://{parts.netloc}"
    try:
        credential = json.loads(_sent("POST", f"{address}/sign-in", parts.fragment.encode(), {}))["credential"]
        visitor = Visitor(address, credential)
        yield visitor
        visitor.leave()
    except (OSError, ValueError, KeyError):
        raise StaffelstabError("deployments.server_lost", log=str(home / "server.log")) from None
