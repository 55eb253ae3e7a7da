"""Middleware in front of the server: whose requests are answered, and what a browser may do with what it gets.

The server listens on this machine only, but every web page open in a browser here can send it requests too. So only requests
are answered that name this machine as their host (a foreign name resolved to 127.0.0.1 is refused) and, if they name an origin,
that come from this server's own pages. A Content-Security-Policy keeps those pages from asking any other host: Prefect's second
user interface would ask one for analytics even with telemetry off, and artifacts may carry remote images and `javascript:` links.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

TRY_AGAIN_SECONDS = b"0.1"
TURNED_AWAY = b"This server answers its own pages on this machine only.\n"


def policy(origins: Iterable[str]) -> str:
    """The Content-Security-Policy of pages served from `origins`."""
    own = list(origins)
    calls = " ".join([*own, *(origin.replace("http", "ws", 1) for origin in own)])
    return "; ".join(
        (
            "default-src 'self'",
            f"connect-src 'self' {calls}",
            "script-src 'self' 'unsafe-eval'",  # the drawing of a run's steps compiles its shaders
            "style-src 'self' 'unsafe-inline'",  # the interface sets styles on elements
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class LocalOnly:
    """An ASGI application around another: turns strangers away and says to browsers what is allowed."""

    def __init__(self, app: App, origins: Iterable[str]) -> None:
        self._app = app
        self._origins = frozenset(origins)
        self._hosts = frozenset(origin.partition("://")[2] for origin in self._origins)
        self._headers = [
            (b"content-security-policy", policy(sorted(self._origins)).encode()),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
        ]

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let a request in, or answer 403; a web socket is closed before it opens."""
        if scope["type"] == "lifespan" or self._welcome(scope):
            await self._app(scope, receive, self._marked(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": TURNED_AWAY})

    def _welcome(self, scope: Message) -> bool:
        said = {name: value.decode("latin-1") for name, value in scope["headers"] if name in (b"host", b"origin")}
        return said.get(b"host") in self._hosts and (b"origin" not in said or said[b"origin"] in self._origins)

    def _marked(self, send: Send) -> Send:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                more = [(b"retry-after", TRY_AGAIN_SECONDS)] if message["status"] == 503 else []
                said = list(message.get("headers", ()))
                referrer = any(name.lower() == b"referrer-policy" for name, _ in said)
                ours = [item for item in self._headers if not (referrer and item[0] == b"referrer-policy")]
                message = {**message, "headers": [*said, *ours, *more]}
            await send(message)

        return marked
