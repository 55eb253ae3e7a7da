"""What is said to this machine goes through no proxy, whatever the environment names: our own password is in it (C1)."""

from __future__ import annotations

import asyncio
import socketserver
import threading
from collections.abc import Generator
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client

from commands.run import passed
from deployments.server.process import rehearsal_server
from staffelstab.isolation import child_environment, without_proxy
from staffelstab.workspace import find
from tests.conftest import at
from tests.prepared_server import prepared
from tests.service.small_folder import folder

pytestmark = [pytest.mark.attack("C1"), pytest.mark.server]


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Generator[list[bytes]]:
    """What a proxy hears, which the environment names for everything."""
    heard: list[bytes] = []

    class Hears(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            heard.append(self.request.recv(65536))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Hears) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{server.server_address[1]}")
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        yield heard
        server.shutdown()


def test_no_word_of_ours_reaches_a_proxy(proxy: list[bytes], tmp_path: Path) -> None:
    async def look() -> None:
        async with get_client() as client:
            await client.read_flows()

    with rehearsal_server(prepared(tmp_path / "prefect")):
        asyncio.run(look())
        told = without_proxy(child_environment())
    assert proxy == []
    assert told == dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1,localhost,::1")


def test_a_pass_that_a_server_of_this_machine_records_is_told_to_no_proxy(
    proxy: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(tmp_path / "akte")
    with rehearsal_server(tmp_path / "prefect") as server:
        monkeypatch.setenv("PREFECT_API_URL", f"{server.address}/api")
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        assert passed(find(root), at("2017-12-15 07:00")).intake.new == 0
    assert proxy == []


def test_what_somebody_has_excepted_stays_so() -> None:
    assert without_proxy({"NO_PROXY": "intern.example"})["no_proxy"] == "intern.example,127.0.0.1,localhost,::1"
