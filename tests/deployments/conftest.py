"""One live server for the tests of this folder; it starts once."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from deployments.server import Server, live_server


@pytest.fixture(scope="package")
def live(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """A hardened server with interface, on a free port."""
    with live_server(tmp_path_factory.mktemp("live"), 0) as server:
        yield server
