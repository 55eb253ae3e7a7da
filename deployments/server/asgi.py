"""The server process: `python -m deployments.server.asgi SOCKET PORT`, started by `process.py`, which hands it a listening socket.

It ends when its standard input ends: with the process that started it, however that one ends.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import socket
import sys
import threading
from pathlib import Path

import uvicorn

from deployments.server.door import Door
from deployments.server.middleware import LocalOnly
from deployments.server.runs import PrefectRuns
from deployments.server.settings import DOOR_KEY, DOOR_LANGUAGE, SHOWN_AT, SHOWN_FOLDERS, origins
from deployments.server.tickets import Sessions
from deployments.wall_clock import now
from pages.application import application as pages_application
from pages.site import Site


def application(port: int) -> LocalOnly:
    """Prefect's server and our pages behind our middleware, as an ASGI application. Reads its settings from the environment."""
    from prefect.server.api.server import create_app
    from prefect.settings import get_current_settings

    from deployments.server.database import use

    server = get_current_settings().server
    if server.database.connection_url is not None:
        use(server.database.connection_url.get_secret_value())
    if server.api.auth_string is None:
        raise RuntimeError("a server without a password is not started")
    service = server.api.auth_string.get_secret_value()
    sessions = Sessions(bytes.fromhex(os.environ.pop(DOOR_KEY)))
    prefect = create_app()
    pages = pages_application(_site(PrefectRuns(service, origins(port)[0])))
    return LocalOnly(Door(prefect, pages, service, sessions, os.environ[DOOR_LANGUAGE]), origins(port))


def _site(runs: PrefectRuns) -> Site:
    folders, shown_at = json.loads(os.environ[SHOWN_FOLDERS]), os.environ.get(SHOWN_AT, "")
    return Site(
        folders=tuple(Path(folder) for folder in folders),
        frozen=dt.datetime.fromisoformat(shown_at) if shown_at else None,
        clock=now,
        runs=runs,
    )


def main() -> None:
    """Serve on the socket handed over until standard input ends.

    The process then ends at once: all is closed by then, and taking Prefect apart piece by piece would last one second more.
    """
    descriptor, port = int(sys.argv[1]), int(sys.argv[2])
    app = application(port)
    config = uvicorn.Config(app, log_level="warning", lifespan="on", timeout_graceful_shutdown=3, server_header=False)
    server = uvicorn.Server(config)
    threading.Thread(target=_watch, args=(server,), daemon=True).start()
    server.run(sockets=[socket.socket(fileno=descriptor)])
    logging.shutdown()
    os._exit(0)


def _watch(server: uvicorn.Server) -> None:
    sys.stdin.read()
    server.should_exit = True


if __name__ == "__main__":
    main()
