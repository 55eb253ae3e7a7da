"""The door of a real server: another user of the machine gets nowhere, and a person who has signed in changes no deployment."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from prefect.client.orchestration import PrefectClient
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import connect

from deployments.server.process import Server
from tests.conftest import ROOT
from tests.deployments.person import PATIENCE_SECONDS, Person, signed_in
from tests.deployments.tiny import tiny

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.attack("C1")]

SOMEBODY = ROOT / "tests/deployments/somebody_else.py"
NOBODY = 65534
ID = "0b7e9c1a-2b1d-4f5e-9a3c-1d2e3f4a5b6c"
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


def routes(server: Server) -> Iterator[tuple[str, str]]:
    """Every route of the server's API, its places filled in, as our own processes may read it."""
    answer = httpx.get(
        f"{server.address}/api/openapi.json", auth=("admin", server.password), timeout=PATIENCE_SECONDS
    ).raise_for_status()
    for path, methods in answer.json()["paths"].items():
        filled = "/".join(ID if part.startswith("{") else part for part in path.split("/"))
        yield from ((method.upper(), f"/api{filled}") for method in methods)


@pytest.fixture
def person(live: Server) -> Person:
    return signed_in(live.link())


def contents(server: Server) -> dict[str, int]:
    """How much of everything there is on the server."""
    kinds = (
        "flows",
        "flow_runs",
        "deployments",
        "block_documents",
        "variables",
        "automations",
        "artifacts",
        "work_pools",
    )
    auth = ("admin", server.password)
    with httpx.Client(base_url=f"{server.address}/api", auth=auth, timeout=PATIENCE_SECONDS) as client:
        token = client.get("/csrf-token", params={"client": "counting"}).json()["token"]
        client.headers.update({"prefect-csrf-client": "counting", "prefect-csrf-token": token})
        return {kind: client.post(f"/{kind}/count", json={}).raise_for_status().json() for kind in kinds}


@pytest.mark.skipif(
    os.getuid() != 0 or not shutil.which("/usr/bin/python3"), reason="only root can become somebody else"
)
def test_another_user_of_the_machine_reads_nothing_and_changes_nothing(live: Server) -> None:
    tiny(steps=1)
    before, asked = contents(live), list(routes(live))
    extra = [
        ("GET", path) for path in ("/docs", "/redoc", "/openapi.json", "/api/docs", "/api/version", "/api//flows/x")
    ]
    told = {"address": live.address, "routes": [*asked, *extra], "folders": [str(live.home), str(live.home.parent)]}
    done = subprocess.run(
        ["/usr/bin/python3", "-I", "-"],
        input=f"import io, sys\nsys.stdin = io.StringIO({json.dumps(told)!r})\n{SOMEBODY.read_text(encoding='utf-8')}",
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        cwd="/",
        env={},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["uid"] == NOBODY
    assert len(asked) > 150
    let_in = [answer for answer in found["answers"] if answer[-1] != 401 and answer[1] != "/api/health"]
    assert let_in == []
    assert found["files"] == []
    assert found["environments"] == []
    assert contents(live) == before


def test_a_person_changes_nothing_but_by_starting_stopping_and_repeating(live: Server, person: Person) -> None:
    before = contents(live)
    with person.browser() as browser:
        answers = {
            (method, path): browser.request(method, path.removeprefix("/api"), json={}).status_code
            for method, path in routes(live)
            if method in CHANGING
        }
    refused = {answer for answer, status in answers.items() if status == 403}
    let_in = {path.replace(ID, "ID") for method, path in answers.keys() - refused}
    assert contents(live) == before
    assert [path for path in let_in if not path.rstrip("/").endswith(LOOKING)] == []
    assert {path for method, path in refused} >= {
        f"/api/deployments/{ID}",
        "/api/deployments/",
        "/api/block_documents/",
        "/api/variables/",
        "/api/automations/",
        "/api/work_pools/",
        "/api/v2/concurrency_limits/",
        f"/api/deployments/{ID}/schedules",
        "/api/flow_runs/",
        f"/api/flow_runs/{ID}/resume",
    }


LOOKING = (
    "/filter",
    "/count",
    "/paginate",
    "/history",
    "/lateness",
    "/validate",
    "/counts",
    "/next-runs",
    "/count-deployments",
    "/count-task-runs",
    "/count-by/ID",
    "/concurrency_status",
    "/get_scheduled_flow_runs",
    "/ID/create_flow_run",
    "/ID/set_state",
)


def test_a_refusal_is_a_sentence(live: Server, person: Person) -> None:
    with person.browser() as browser:
        refused = browser.patch(f"/deployments/{ID}", json={"entrypoint": "evil:flow"})
    assert refused.status_code == 403
    assert refused.json()["exception_message"].startswith("Das lässt sich in dieser Oberfläche nicht ändern")
    stranger = httpx.get(f"{live.address}/api/flows/{ID}")
    assert (stranger.status_code, stranger.json()["detail"][:21]) == (401, "Bitte zuerst anmelden")


def test_the_settings_a_person_may_look_at_hold_no_password(live: Server, person: Person) -> None:
    with person.browser() as browser:
        assert live.password not in browser.get("/admin/settings").raise_for_status().text
    assert live.password not in (live.home / "server.log").read_text(encoding="utf-8")


def test_a_person_asks_as_any_client_of_prefect_does(person: Person) -> None:
    async def count(client: PrefectClient) -> int:
        return len(await client.read_flow_runs())

    assert person.asked(count) >= 0


@pytest.mark.parametrize("path", ["/api/events/in", "/api/events/out", "/api/logs/out", "/api/elsewhere"])
@pytest.mark.parametrize("protocols", [None, ["prefect"]])
def test_no_web_socket_tells_a_stranger_anything(live: Server, path: str, protocols: list[str] | None) -> None:
    told: list[str | bytes] = []
    try:
        with connect(f"ws://127.0.0.1:{live.port}{path}", subprotocols=protocols) as socket:  # type: ignore[arg-type]  # a narrower kind of list
            socket.send(json.dumps({"type": "auth", "token": "admin:guess"}))
            told.append(socket.recv(timeout=10))
    except (ConnectionClosed, InvalidHandshake):
        pass
    assert [text for text in told if "auth_success" in str(text)] == []


def test_signing_in_answers_only_what_belongs_to_it(live: Server) -> None:
    address = f"{live.address}/sign-in"
    assert httpx.post(address, content="x" * 100_000).status_code == 401
    assert [httpx.request(method, address).status_code for method in ("PUT", "DELETE", "PATCH")] == [405] * 3
    page = httpx.get(address)
    assert "no-store" in page.headers["cache-control"]
    assert "Staffelstab: Anmeldung" in page.text
    assert (
        httpx.post(f"{live.address}/sign-in", content="x", headers={"origin": "http://evil.example"}).status_code == 403
    )


def test_the_key_lies_with_the_server_for_its_owner_alone(live: Server) -> None:
    assert (live.home.stat().st_mode & 0o777, (live.home / "sign-in.json").stat().st_mode & 0o777) == (0o700, 0o600)
    assert [path.name for path in live.home.iterdir() if path.is_file() and path.stat().st_mode & 0o077] == []
