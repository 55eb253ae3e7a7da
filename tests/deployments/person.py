"""A person at the browser: signed in by the link, and asking what the interface's pages ask."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
from prefect.client.orchestration import PrefectClient, get_client
from prefect.settings import temporary_settings

from deployments.server.tickets import PERSON, credential_in

PATIENCE_SECONDS = 60
"""So long a server on a busy machine may take for one answer."""


@dataclass(frozen=True)
class Person:
    """Where the interface is, and the credential of a session there."""

    address: str
    credential: str = field(repr=False)

    def asked(self, question: Callable[[PrefectClient], Any]) -> Any:
        """What the server answers a client that speaks for this person."""

        async def ask() -> Any:
            async with get_client() as client:
                return await question(client)

        told = {
            "api.url": f"{self.address}/api",
            "api.auth_string": self.credential,
            "client.csrf_support_enabled": True,
        }
        with temporary_settings(told):
            return asyncio.run(ask())

    @contextmanager
    def browser(self) -> Generator[httpx.Client]:
        """The interface's pages as they talk to the server."""
        name, _, secret = self.credential.partition(":")
        with httpx.Client(base_url=f"{self.address}/api", auth=(name, secret), timeout=PATIENCE_SECONDS) as browser:
            token = browser.get("/csrf-token", params={"client": "browser"}).json()["token"]
            browser.headers.update({"prefect-csrf-client": "browser", "prefect-csrf-token": token})
            yield browser


def signed_in(link: str) -> Person:
    """Whoever follows the link, which then is used up."""
    parts = urlsplit(link)
    address = f"{parts.scheme}://{parts.netloc}"
    answer = httpx.post(f"{address}/sign-in", content=parts.fragment, timeout=PATIENCE_SECONDS).raise_for_status()
    credential = credential_in(f"Basic {answer.json()['credential']}")
    assert credential is not None
    assert credential.startswith(PERSON)
    return Person(address, credential)
