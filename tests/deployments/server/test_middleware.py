"""The middleware turns strangers away and tells browsers to ask nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import anyio
import pytest

from deployments.server.middleware import LocalOnly, Message, policy
from deployments.server.settings import origins

ORIGINS = origins(4200)
HOME = {"host": "localhost:4200"}
CALLS = "http://127.0.0.1:4200 http://localhost:4200 ws://127.0.0.1:4200 ws://localhost:4200"


def knock(
    headers: dict[str, str], kind: str = "http", status: int = 200, said: Sequence[tuple[bytes, bytes]] = ()
) -> Sequence[Message]:
    """What a browser gets that knocks with these headers at an application answering `status` and these headers."""
    sent: list[Message] = []

    async def inside(scope: Message, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": [*said]})

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": kind, "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}
    anyio.run(LocalOnly(inside, ORIGINS), scope, receive, send)
    return sent


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "127.0.0.1:4200"},
        {"host": "localhost:4200"},
        {"host": "127.0.0.1:4200", "origin": "http://127.0.0.1:4200"},
        {"host": "127.0.0.1:4200", "origin": "http://localhost:4200"},
    ],
)
def test_its_own_pages_are_welcome(headers: dict[str, str]) -> None:
    assert knock(headers)[0]["status"] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "rebound.example:4200"},
        {"host": "127.0.0.1:4201"},
        {"host": "127.0.0.1:4200", "origin": "https://elsewhere.example"},
        {"host": "127.0.0.1:4200", "origin": "http://127.0.0.1:8000"},
        {"host": "127.0.0.1:4200", "origin": "null"},
    ],
)
def test_strangers_are_turned_away(headers: dict[str, str]) -> None:
    assert knock(headers)[0]["status"] == 403
    assert knock(headers, "websocket") == [{"type": "websocket.close", "code": 1008}]


def test_browsers_are_told_to_ask_nobody_else() -> None:
    headers = dict(knock(HOME)[0]["headers"])
    rules = headers[b"content-security-policy"].decode().split("; ")
    assert f"connect-src 'self' {CALLS}" in rules
    assert not [rule for rule in rules if "https:" in rule or "*" in rule]
    assert "script-src 'self' 'unsafe-eval'" in rules, "no inline scripts: links that are scripts stay dead"


def test_nothing_but_the_own_address_depends_on_the_port() -> None:
    assert policy(origins(4200)).replace("4200", "4711") == policy(origins(4711))


def test_a_busy_server_is_asked_again_soon() -> None:
    assert (b"retry-after", b"0.1") in knock(HOME, status=503)[0]["headers"]
    assert b"retry-after" not in dict(knock(HOME)[0]["headers"])


def test_whom_a_page_tells_where_it_comes_from_it_may_say_itself() -> None:
    """Ours do: without any referrer a browser does not say whose form it sends."""
    assert dict(knock(HOME)[0]["headers"])[b"referrer-policy"] == b"no-referrer"
    headers = knock(HOME, said=[(b"Referrer-Policy", b"same-origin")])[0]["headers"]
    assert [value for name, value in headers if name.lower() == b"referrer-policy"] == [b"same-origin"]
