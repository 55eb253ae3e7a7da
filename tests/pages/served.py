"""Pages at an address of this machine, for a real browser: behind the door and the middleware, with nothing in Prefect's place."""

from __future__ import annotations

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from deployments.server.middleware import LocalOnly
from deployments.server.settings import origins


@contextmanager
def served(app: ASGIApp) -> Generator[int]:
    """The port at which an application is served behind the middleware."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
        config = uvicorn.Config(LocalOnly(app, origins(port)), log_level="warning", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield port
        finally:
            server.should_exit = True
            thread.join()
