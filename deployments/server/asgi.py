"""The server process: `python -m deployments.server.asgi SOCKET PORT`, started by `process.py`, which hands it a listening socket.

It ends when its standard input ends: with the process that started it, however that one ends.
"""

from __future__ import annotations

import os
import socket
import sys
import threading

import uvicorn

from deployments.server.door import Door
from deployments.server.middleware import LocalOnly
from deployments.server.settings import DOOR_KEY, DOOR_LANGUAGE, origins
from deployments.server.tickets import Sessions


def application(port: int) -> LocalOnly:
    """Prefect's server behind our middleware, as an ASGI application. Reads Prefect's settings from the environment."""
    from prefect.server.api.server import create_app
    from prefect.settings import get_current_settings

    from deployments.server.database import use

    server = get_current_settings().server
    if server.database.connection_url is not None:
        use(server.database.connection_url.get_secret_value())
    if server.api.auth_string is None:
        raise RuntimeError("a server without a password is not started")
    sessions = Sessions(bytes.fromhex(os.environ.pop(DOOR_KEY)))
    door = Door(create_app(), server.api.auth_string.get_secret_value(), sessions, os.environ[DOOR_LANGUAGE])
    return LocalOnly(door, origins(port))


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
