"""The pages as an ASGI application: addresses, and what happens when something fails.

    /                         the plans that are shown here, or the only one's first page
    /<plan>/                  what is to be done today
    /<plan>/<page>[/…]        the pages of `table.py`
    /pages/<file>             style and script, the same for everybody

It stands behind the door (`deployments/server/door.py`), which lets in only who has signed in. A page is made in a thread, because
the ledger is read meanwhile; a failure of ours is a sentence on a page, anything else a sentence without its cause, which may quote
what somebody wrote.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from traceback import extract_tb

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.forms import LONGEST, Fields
from pages.plans import plans_page
from pages.rendering import plain_page
from pages.site import Site
from pages.table import PAGES, Page
from pages.visit import Visit
from staffelstab.errors import RecordError, StaffelstabError
from staffelstab.language import ORIGINAL, TEMPLATES, Language

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
}
"""Of a page without any referrer a browser does not say where its forms come from, and the door asks that: to our own server it is
told, to nobody else."""


def application(site: Site) -> Starlette:
    """The pages of `site`."""
    pages = [
        Route(f"/{{plan}}{page.path}", _endpoint(site, page), methods=["GET", "POST"] if page.posts else ["GET"])
        for page in PAGES
    ]
    return Starlette(
        routes=[
            Route("/", _plans(site)),
            Mount("/pages", StaticFiles(directory=TEMPLATES / "pages" / "assets")),
            Route("/{plan}", _with_slash),
            *pages,
        ],
        middleware=[Middleware(_Headers)],
        exception_handlers={404: _nothing_here(site)},
    )


def _plans(site: Site) -> Callable[[Request], Awaitable[Response]]:
    async def plans(request: Request) -> Response:
        home, found = f"{request.scope['root_path']}/", await run_in_threadpool(site.plans)
        if len(found) == 1:
            return RedirectResponse(f"{home}{next(iter(found))}/", 303)
        return HTMLResponse(await run_in_threadpool(lambda: plans_page(site, home, _language(site))))

    return plans


async def _with_slash(request: Request) -> Response:
    return RedirectResponse(f"{request.scope['root_path']}/{request.path_params['plan']}/", 303)


def _endpoint(site: Site, page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        body = await _body(request)
        return await run_in_threadpool(_answer, site, page, request, body)

    return endpoint


async def _body(request: Request) -> bytes | None:
    """What was sent; None if it is longer than any form of ours."""
    found = bytearray()
    async for part in request.stream():
        found += part
        if len(found) > LONGEST:
            return None
    return bytes(found)


def _answer(site: Site, page: Page, request: Request, body: bytes | None) -> Response:
    try:
        return _made(site, page, request, body)
    except Exception as error:  # noqa: BLE001 -- the one place where every failure of a page becomes a sentence
        _note(error)
        return _sentence(f"{request.scope['root_path']}/", 500, ORIGINAL, "pages.error.unforeseen")


def _made(site: Site, page: Page, request: Request, body: bytes | None) -> Response:
    given = {name: str(value) for name, value in request.path_params.items()}
    name, home = given.pop("plan"), f"{request.scope['root_path']}/"
    folder = site.plans().get(name)
    if folder is None:
        return _sentence(home, 404, _language(site), "pages.error.nothing_here")
    try:
        run = site.open(folder)
    except StaffelstabError as error:
        return HTMLResponse(plain_page(_language(site), home, name, (error.text(_language(site)),)), 503)
    visit = Visit(site, run, page.name, f"{home}{name}", home, given, dict(request.query_params))
    try:
        return _posted(page, visit, body) if request.method == "POST" else page.show(visit)
    except StaffelstabError as error:
        return visit.shown("refused", status=_status(error), sentence=error.text(visit.words.code))
    except Exception as error:  # noqa: BLE001 -- as above, on the plan's own page
        _note(error)
        return visit.shown("refused", status=500, sentence=visit.words.say("pages.error.unforeseen"))


def _note(error: Exception) -> None:
    """Write down what failed and where, never what it says: that may quote what somebody wrote."""
    last = extract_tb(error.__traceback__)[-1:]
    where = ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in last)
    logging.getLogger("pages").warning("%s at %s", type(error).__name__, where)


def _posted(page: Page, visit: Visit, body: bytes | None) -> Response:
    if body is None or page.posts is None:
        raise RecordError("pages.error.form")
    return page.posts(Visit(**{**vars(visit), "fields": Fields.read(body)}))


def _status(error: StaffelstabError) -> int:
    return 404 if error.key == "pages.error.nothing_here" else 409


def _language(site: Site) -> str:
    """The language of what belongs to no plan: that of the first plan that can be read."""
    for folder in site.folders:
        try:
            return site.open(folder).plan.language
        except StaffelstabError:
            continue
    return ORIGINAL


def _sentence(home: str, status: int, language: str, key: str) -> Response:
    words = Language(language)
    return HTMLResponse(plain_page(language, home, words.say("pages.name"), (words.say(key),)), status)


def _nothing_here(site: Site) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def nothing(request: Request, error: Exception) -> Response:
        home = f"{request.scope.get('root_path', '')}/"
        return await run_in_threadpool(lambda: _sentence(home, 404, _language(site), "pages.error.nothing_here"))

    return nothing


class _Headers:
    """Every answer says that nobody keeps it, and what a page may load: what comes from here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name.lower() for name, _ in message.get("headers", ())}
                own = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
                headers = [*message.get("headers", ()), *(item for item in own if item[0] not in said)]
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, marked)
