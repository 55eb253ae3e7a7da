"""Who has not signed in sees nothing of any page and sends no form; nor does a page of another origin or port (C1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from deployments.server.door import Door
from deployments.server.middleware import LocalOnly
from deployments.server.tickets import COOKIE, SESSION_SECONDS, Session, Sessions, ticket
from pages.application import application
from pages.site import Site
from pages.table import PAGES
from staffelstab.workspace import find
from tests.conftest import at
from tests.deployments.server.test_sign_out_everywhere import KEY, asked
from tests.pages.conftest import KnownRuns
from tests.service.small_folder import folder, put
from tests.year import DirectExecutor

pytestmark = pytest.mark.attack("C1")
MORNING = at("2018-01-10 07:00")
CANARY = "Der Zaunkönig wohnt am Kompost."
PLAN = "mitgliederarbeit-2018"
OURS = "http://127.0.0.1"
GIVEN = {
    "phase": "phase-1",
    "session": "lv-2018-01-19",
    "ref": "B01",
    "ref:path": "B01",
    "item": "lv-2018-03-09",
    "letter": "call-call-1",
    "sheet": "ideas",
}


class Clock:
    """Seconds that a test moves on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = folder(tmp_path_factory.mktemp("strangers") / "akte")
    put(made, "beitraege/zuruf.txt", f"Von: Beisitz 3\n\n{CANARY}", at("2018-01-09 12:00"))
    DirectExecutor().daily_pass(str(made), MORNING)
    return made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    return Sessions(KEY, clock)


@pytest.fixture
def door(root: Path, sessions: Sessions) -> LocalOnly:
    """The server as it stands there; in Prefect's place there is nothing."""
    site = Site((root,), None, lambda: MORNING, KnownRuns())
    return LocalOnly(Door(Starlette(), application(site), "service:x", sessions, "de"), [OURS])


def signed_in(sessions: Sessions, clock: Clock) -> Session:
    session = sessions.sign_in(ticket(KEY, clock.now))
    assert session is not None
    return session


def addresses(place: str) -> list[str]:
    """One address of every page, for the session whose pages are there."""
    filled = (re.sub(r"{([^}]+)}", lambda name: GIVEN.get(name[1], "x"), page.path) for page in PAGES)
    return [f"/s/{place}/{PLAN}{path}" for path in filled]


def told(answer: httpx.Response) -> str:
    return answer.text + str(answer.headers)


def tried(door: LocalOnly, root: Path, place: str, headers: Mapping[str, str]) -> None:
    """Every page is asked for and sent a form; nothing is told, and nothing entered."""
    before = entries(root)
    for address in addresses(place):
        for method in ("GET", "POST", "HEAD", "PUT", "DELETE"):
            answer = asked(door, method, address, headers)  # type: ignore[arg-type]  # an ASGI application as the other
            assert answer.status_code in {303, 403, 404, 405}, (method, address, answer.status_code)
            for word in (CANARY, "Zaunkönig", "Beisitz", "Landesvorstand", "Mitgliederarbeit"):
                assert word not in told(answer), (method, address)
    assert entries(root) == before


def entries(root: Path) -> int:
    with find(root).open(read_only=True) as ledger:
        return len(ledger.entries())


def test_the_person_who_signed_in_sees_them(door: LocalOnly, sessions: Sessions, clock: Clock) -> None:
    session = signed_in(sessions, clock)
    cookie = {"cookie": f"{COOKIE}={session.cookie}"}
    seen = [asked(door, "GET", address, cookie) for address in addresses(session.place)]  # type: ignore[arg-type]  # an ASGI application as above
    assert {answer.status_code for answer in seen} <= {200, 404, 409, 410}
    assert sum(answer.status_code == 200 for answer in seen) >= 15
    assert any(CANARY in answer.text for answer in seen)


def test_nobody_else_does(door: LocalOnly, root: Path, sessions: Sessions, clock: Clock) -> None:
    one, other = signed_in(sessions, clock), signed_in(sessions, clock)
    for headers in (
        {},
        {"cookie": f"{COOKIE}={other.cookie}"},
        {"cookie": f"{COOKIE}="},
        {"cookie": f"other={one.cookie}"},
    ):
        tried(door, root, one.place, {**headers, "origin": OURS})
    for place in (other.place[:-1], "", "..", "%2e%2e", "x" * 32):
        tried(door, root, place, {"cookie": f"{COOKIE}={one.cookie}", "origin": OURS})


def test_a_page_from_elsewhere_sends_no_form_in_a_persons_name(
    door: LocalOnly, root: Path, sessions: Sessions, clock: Clock
) -> None:
    session, before = signed_in(sessions, clock), entries(root)
    cookie = {"cookie": f"{COOKIE}={session.cookie}"}
    for origin in ("http://127.0.0.1:4201", "http://evil.example", "null", "http://localhost.evil.example"):
        tried(door, root, session.place, {**cookie, "origin": origin})
    for address in addresses(session.place):
        assert asked(door, "POST", address, cookie).status_code == 403, "no origin at all"  # type: ignore[arg-type]  # an ASGI application as above
    assert entries(root) == before


def test_a_session_that_has_ended_opens_nothing(door: LocalOnly, root: Path, sessions: Sessions, clock: Clock) -> None:
    session = signed_in(sessions, clock)
    clock.now += SESSION_SECONDS
    tried(door, root, session.place, {"cookie": f"{COOKIE}={session.cookie}", "origin": OURS})
