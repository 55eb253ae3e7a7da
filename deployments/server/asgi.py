"""The server process: `python -m deployments.server.asgi SOCKET PORT`, started by `process.py`, which hands it a listening socket.

It ends when its standard input ends: with the process that started it, however that one ends.
"""

from __future__ import annotations

import socket
import sys
import threading

import uvicorn

from deployments.server.middleware import LocalOnly
from deployments.server.settings import origins


def application(port: int) -> LocalOnly:
    """Prefect's server behind our middleware, as an ASGI application. Reads Prefect's settings from the environment."""
    from prefect.server.api.server import create_app
    from prefect.settings import get_current_settings

    from deployments.server.database import use

    url = get_current_settings().server.database.connection_url
    if url is not None:
        use(url.get_secret_value())
    return LocalOnly(create_app(), origins(port))


def main() -> None:
    """Serve on the socket handed over until standard input ends."""
    descriptor, port = int(sys.argv[1]), int(sys.argv[2])
    app = application(port)
    config = uvicorn.Config(app, log_level="warning", lifespan="on", timeout_graceful_shutdown=3, server_header=False)
    server = uvicorn.Server(config)
    threading.Thread(target=_watch, args=(server,), daemon=True).start()
    server.run(sockets=[socket.socket(fileno=descriptor)])


def _watch(server: uvicorn.Server) -> None:
    sys.stdin.read()
    server.should_exit = True


if __name__ == "__main__":
    main()
