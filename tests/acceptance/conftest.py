"""One Prefect server for all passes that a test runs in its own process or lets a killed process run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from deployments.server.process import Server, rehearsal_server
from tests.prepared_server import prepared


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server; flows called in this process run against it."""
    with rehearsal_server(prepared(tmp_path_factory.mktemp("prefect"))) as server:
        yield server
