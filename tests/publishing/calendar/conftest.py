"""A real CalDAV server of our own: radicale on 127.0.0.1, with its own storage, ended with the tests."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest

PATIENCE = 60.0  # seconds until the server must answer


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def caldav(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server, with a slash at its end; whoever gives a name may do anything there."""
    pytest.importorskip("radicale", reason="no radicale, the CalDAV server")
    place, port = tmp_path_factory.mktemp("caldav"), free_port()
    settings = {
        "server-hosts": f"127.0.0.1:{port}",
        "auth-type": "none",
        "rights-type": "authenticated",
        "storage-filesystem-folder": str(place / "collections"),
        "web-type": "none",
        "logging-level": "warning",
    }
    command = [
        sys.executable,
        "-m",
        "radicale",
        "--config",
        "",
        *(f"--{key}={value}" for key, value in settings.items()),
    ]
    with (place / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log, cwd=place) as server:
        try:
            _await(f"http://127.0.0.1:{port}/", server)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def _await(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    with httpx.Client(transport=httpx.HTTPTransport(retries=8), timeout=PATIENCE) as client:
        while time.monotonic() < until:
            assert server.poll() is None, "the server has ended"
            try:
                client.request("OPTIONS", address)
            except httpx.ConnectError:
                continue
            return
    raise AssertionError("the server does not answer")
