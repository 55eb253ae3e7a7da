"""The door: nobody gets past it without having signed in, and a person gets no further than to looking and starting.

Three kinds of callers. Our own processes know the server's password, which is made anew at each start and never leaves them.
A person's browser has a session, for which it exchanged a ticket (`tickets.py`); what it may do is in `permissions.py`, and
Prefect behind the door sees only our own password. Everybody else gets the pages that ask to sign in, and nothing of the API.

One sign-in opens both: Prefect's interface, whose pages say the credential from the storage of this origin, and our own pages
under `/s/<place>/`, which need the session's cookie. Addresses that outlive a session, for bookmarks and links from Prefect's
pages, begin with `/open/`: a page that anybody gets leads the browser from there to the place of its own session, or to signing in.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, MutableMapping
from urllib.parse import quote

from deployments.server.middleware import App, Message, Receive, Send
from deployments.server.permissions import may
from deployments.server.tickets import COOKIE, SESSION_SECONDS, Session, Sessions, basic, cookies_in, credential_in
from staffelstab.language import TEMPLATES, Language

LONGEST_BODY = 1_000_000
LONGEST_TICKET = 500
SHOWN = 8
"""So much of the place of an ended session is told to the page that leads to the next one, which so knows it again."""
HTML = b"text/html; charset=utf-8"

_OPEN = frozenset({"/api/health"})
_API = ("/api", "/docs", "/redoc", "/openapi.json")
_SIGN_IN, _SIGN_OUT = "/sign-in", "/sign-out"
_SCRIPTS = ("/sign-in.js", "/session.js", "/lead.js")
_PAGES, _LEADS = "/s/", "/open/"
_SIGN_OUT_THERE, _SIGN_OUT_EVERYWHERE = "sign-out", "sign-out-everywhere"
_LEAD_TO_SIGN_IN = b'<head><script src="/session.js"></script>'


class Door:
    """An ASGI application around Prefect's and our own `pages`.

    `service` is our own processes' credential, `language` the one of what the door itself says.
    """

    def __init__(self, app: App, pages: App, service: str, sessions: Sessions, language: str) -> None:
        self._app = app
        self._pages = pages
        self._service = service
        self._sessions = sessions
        self._words = Language(language)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, let it in, or turn it away: 401 for whoever has not signed in, 403 for what a person may not do."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["path"] in (_SIGN_IN, _SIGN_OUT, *_SCRIPTS):
            await self._sign(scope, receive, send)
        elif scope["path"].startswith(_PAGES):
            await self._own_pages(scope, receive, send)
        elif scope["path"] == "/" or scope["path"].startswith(_LEADS):
            await self._lead(scope, send)
        elif scope["path"] in _OPEN or not scope["path"].startswith(_API):
            await self._public(scope, receive, send)
        else:
            await self._api(scope, receive, send)

    # -- signing in and out ----------------------------------------------------------------------------------------

    async def _sign(self, scope: Message, receive: Receive, send: Send) -> None:
        method, path = scope["method"], scope["path"]
        if method in ("GET", "HEAD") and path == _SIGN_IN:
            await _answer(send, 200, self._page("sign-in.html"), HTML)
        elif method in ("GET", "HEAD") and path in _SCRIPTS:
            script = (TEMPLATES / "server" / path.removeprefix("/")).read_bytes()
            await _answer(send, 200, script, b"text/javascript; charset=utf-8")
        elif method == "POST" and path == _SIGN_IN:
            await self._exchange(receive, send)
        elif method == "POST" and path == _SIGN_OUT:
            self._sessions.sign_out(_credential(scope) or "")
            await _answer(send, 204, b"")
        else:
            await _answer(send, 405, b"")

    def _page(self, file: str) -> bytes:
        page = (TEMPLATES / "server" / file).read_text(encoding="utf-8")
        for name in ("language", "title", "wait", "refused", "again", "out", "first"):
            said = self._words.code if name == "language" else self._words.say(f"deployments.sign_in.{name}")
            page = page.replace(f"%{name}%", said)
        return page.encode()

    async def _exchange(self, receive: Receive, send: Send) -> None:
        given = await _body(receive, LONGEST_TICKET)
        session = self._sessions.sign_in((given or b"").decode("ascii", "replace").strip())
        if session is None:
            await self._refuse(send, 401, "deployments.sign_in.refused")
        else:
            told = {"credential": basic(session.credential).partition(" ")[2], "place": f"{_PAGES}{session.place}/"}
            await _answer(send, 200, json.dumps(told).encode(), more=[(b"set-cookie", _cookie(session))])

    # -- our own pages ---------------------------------------------------------------------------------------------

    async def _own_pages(self, scope: Message, receive: Receive, send: Send) -> None:
        """Our pages, for the browser whose session they belong to; anybody else is led to signing in."""
        place, _, rest = scope["path"].removeprefix(_PAGES).partition("/")
        if not self._sessions.opens(place, *cookies_in(scope["headers"])):
            path = rest if rest.isascii() and rest.isprintable() else ""
            await _go(send, f"{_LEADS}{quote(path)}?ended={quote(place[:SHOWN])}")
        elif scope["method"] == "POST" and not _says_origin(scope):
            await self._refuse(send, 403, "deployments.sign_in.not_here")
        elif scope["method"] == "POST" and rest == _SIGN_OUT_THERE:
            self._sessions.leave(place)
            await _go(send, f"{_SIGN_IN}?out")
        elif scope["method"] == "POST" and rest == _SIGN_OUT_EVERYWHERE:
            self._sessions.end_all()
            await _go(send, f"{_SIGN_IN}?out")
        else:
            await self._pages({**scope, "root_path": f"{_PAGES}{place}"}, receive, send)

    async def _lead(self, scope: Message, send: Send) -> None:
        if scope["method"] in ("GET", "HEAD"):
            await _answer(send, 200, self._page("lead.html"), HTML)
        else:
            await _answer(send, 405, b"")

    # -- letting in ------------------------------------------------------------------------------------------------

    async def _public(self, scope: Message, receive: Receive, send: Send) -> None:
        """The interface's own files, the same for everybody, and whether the server is there."""
        if scope["method"] in ("GET", "HEAD"):
            await self._app(_with_authorization(scope, None), receive, _leading_to_sign_in(send))
        else:
            await _answer(send, 405, b"")

    async def _api(self, scope: Message, receive: Receive, send: Send) -> None:
        given = _credential(scope)
        if given is not None and hmac.compare_digest(given.encode(), self._service.encode()):
            await self._app(scope, receive, send)
        elif given is None or not self._sessions.knows(given):
            await self._refuse(send, 401, "deployments.sign_in.first")
        else:
            await self._person(scope, receive, send)

    async def _person(self, scope: Message, receive: Receive, send: Send) -> None:
        """Within what a person may do, in the server's own name."""
        allowed = may(scope["method"], scope["path"])
        if callable(allowed):
            body = await _body(receive, LONGEST_BODY)
            allowed = body is not None and allowed(body)
            receive = _repeating(body or b"", receive)
        if allowed:
            await self._app(_with_authorization(scope, basic(self._service)), receive, send)
        else:
            await self._refuse(send, 403, "deployments.sign_in.not_here")

    async def _socket(self, scope: Message, receive: Receive, send: Send) -> None:
        """Web sockets say who they are in their first message: our own processes only; no page of the interface needs one."""
        if scope["path"] in ("/api/events/in", "/api/events/out", "/api/logs/out"):
            await self._app(scope, receive, send)  # Prefect itself asks for the password there
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _refuse(self, send: Send, status: int, key: str) -> None:
        sentence = self._words.say(key)
        await _answer(send, status, json.dumps({"exception_message": sentence, "detail": sentence}).encode())


def _credential(scope: Message) -> str | None:
    said = [value.decode("latin-1") for name, value in scope["headers"] if name == b"authorization"]
    return credential_in(said[0]) if len(said) == 1 else None


def _with_authorization(scope: Message, header: str | None) -> Message:
    """The same request with this header `Authorization`, or with none, for an answer that is not compressed."""
    replaced = (b"authorization", b"accept-encoding")
    others: Iterable[tuple[bytes, bytes]] = [item for item in scope["headers"] if item[0] not in replaced]
    own = [(b"authorization", header.encode())] if header else []
    return {**scope, "headers": [*others, *own]}


def _leading_to_sign_in(send: Send) -> Send:
    """What is sent on; into the head of a page goes the script that leads to signing in."""
    started: list[Message] = []
    page = bytearray()

    async def changed(message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            started.append(message)
        elif not started:
            await send(message)
        else:
            page.extend(message.get("body", b""))
            if not message.get("more_body"):
                body = bytes(page).replace(b"<head>", _LEAD_TO_SIGN_IN, 1)
                await send({**started[0], "headers": _with_length(started[0]["headers"], len(body))})
                await send({"type": "http.response.body", "body": body})

    return changed


def _is_page(message: Message) -> bool:
    kinds = [value for name, value in message.get("headers", ()) if name.lower() == b"content-type"]
    return message["status"] == 200 and bool(kinds) and kinds[0].startswith(b"text/html")


def _with_length(headers: Iterable[tuple[bytes, bytes]], length: int) -> list[tuple[bytes, bytes]]:
    """The headers of a page that was changed: its length, and none by which a browser would know the unchanged one again."""
    stale = (b"content-length", b"etag", b"last-modified")
    return [*(item for item in headers if item[0].lower() not in stale), (b"content-length", str(length).encode())]


async def _body(receive: Receive, most: int) -> bytes | None:
    """The whole body of a request; None if it is longer than `most` bytes or the caller has gone."""
    found = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        found += message.get("body", b"")
        if len(found) > most:
            return None
        if not message.get("more_body"):
            return bytes(found)


def _repeating(body: bytes, receive: Receive) -> Receive:
    """A body that was read once, for the application to read."""
    first: list[MutableMapping[str, object]] = [{"type": "http.request", "body": body, "more_body": False}]

    async def repeated() -> Message:
        return first.pop() if first else await receive()

    return repeated


def _cookie(session: Session) -> bytes:
    """The session's cookie (RFC 6265bis): for its own pages only, unseen by scripts, never sent from another site."""
    return (
        f"{COOKIE}={session.cookie}; Path={_PAGES}{session.place}/; Max-Age={SESSION_SECONDS}; HttpOnly; SameSite=Strict"
    ).encode()


def _says_origin(scope: Message) -> bool:
    """Whether a request says that a page of ours sent it; which origins are ours was asked before (`middleware.py`)."""
    return any(name == b"origin" for name, _ in scope["headers"])


async def _go(send: Send, path: str) -> None:
    """Answer with another address; of a form that was sent, nothing is sent again."""
    headers = [(b"location", path.encode()), (b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _answer(
    send: Send,
    status: int,
    body: bytes,
    kind: bytes = b"application/json",
    *,
    more: Iterable[tuple[bytes, bytes]] = (),
) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store")]
    headers += more
    if status == 401:
        headers.append((b"www-authenticate", b'Prefect realm="staffelstab"'))
    await send({"type": "http.response.start", "status": status, "headers": headers if status != 204 else headers[2:]})
    await send({"type": "http.response.body", "body": body})
