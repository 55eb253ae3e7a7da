"""Signing out everywhere: a form of our own pages ends every session, and nothing else does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import httpx
from starlette.applications import Starlette

from deployments.server.door import Door
from deployments.server.tickets import COOKIE, Session, Sessions, seconds, ticket

KEY = b"k" * 32


def asked(door: Door, method: str, path: str, headers: Mapping[str, str]) -> httpx.Response:
    """What the door answers."""

    async def ask() -> httpx.Response:
        way = httpx.ASGITransport(door)
        async with httpx.AsyncClient(transport=way, base_url="http://127.0.0.1") as client:
            return await client.request(method, path, headers=headers)

    return asyncio.run(ask())


def signed_in(sessions: Sessions) -> Session:
    """Somebody who has signed in."""
    session = sessions.sign_in(ticket(KEY, seconds()))
    assert session is not None
    return session


def test_a_form_of_ours_ends_every_session_and_no_stranger_can() -> None:
    sessions = Sessions(KEY)
    door = Door(Starlette(), Starlette(), "service:x", sessions, "de")
    one, other = signed_in(sessions), signed_in(sessions)
    path, cookie = f"/s/{one.place}/sign-out-everywhere", {"cookie": f"{COOKIE}={one.cookie}"}
    origin = {"origin": "http://127.0.0.1"}

    asked(door, "POST", path, origin)  # no cookie
    asked(door, "POST", path, {**origin, "cookie": f"{COOKIE}={other.cookie}"})  # somebody else's
    asked(door, "POST", path, cookie)  # from nowhere
    asked(door, "GET", path, {**cookie, **origin})
    assert sessions.knows(one.credential)
    assert sessions.knows(other.credential)

    answer = asked(door, "POST", path, {**cookie, **origin})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?out")
    assert not sessions.knows(one.credential)
    assert not sessions.knows(other.credential)
