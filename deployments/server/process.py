"""A Prefect server of our own, as a child process on 127.0.0.1, and this process as its client.

Two kinds: for a rehearsal, with only what records runs, and live, with user interface and scheduler. Both are hardened
(`settings.py`), answer nobody who has not signed in (`door.py`), keep everything under one folder that only its owner may read,
and end with the block that opened them.
"""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Generator, Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from deployments.prefect_logging import quiet
from deployments.server.ports import candidates, remember_port
from deployments.server.settings import HOST, Shown, client_settings, door_environment, origins, server_environment
from deployments.server.tickets import kept_key, seconds, sign_in_link
from staffelstab.errors import StaffelstabError
from staffelstab.files import PRIVATE_FOLDER, make_private
from staffelstab.isolation import BARE, PYTHON, told, without_proxy
from staffelstab.ledger.entropy import LIVE

START_SECONDS = 120.0
STOP_SECONDS = 10.0
MIND_SECONDS = 1.0
NOTHING = Shown()


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `password` is that of our own processes, made anew at each start; people sign in by a link."""

    home: Path
    port: int
    password: str = field(repr=False)
    key: bytes = field(repr=False)
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False, compare=False)

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return origins(self.port)[0]

    @property
    def lost(self) -> StaffelstabError:
        """What is said if it no longer answers."""
        return StaffelstabError("deployments.server_lost", log=str(self.home / "server.log"))

    @property
    def has_ended(self) -> bool:
        """Whether its process is gone."""
        return self.process is not None and self.process.poll() is not None

    def link(self) -> str:
        """Where a browser is signed in, once, within ten minutes."""
        return sign_in_link(self.address, self.key, seconds())


def home_of(workspace: Path) -> Path:
    """Where the server of a working folder keeps what it needs: beside it, hidden; it may be deleted without loss."""
    return workspace.with_name(f".{workspace.name}-prefect")


@contextmanager
def rehearsal_server(home: Path) -> Generator[Server]:
    """A server for many runs in a row: flows called inside the block run against it, without heartbeat.

    Its database lies under `home`. Raises StaffelstabError if it does not start.
    """
    with _running(home, 0, Shown(), live=False) as server:
        yield server


@contextmanager
def live_server(
    home: Path,
    port: int | None,
    shown: Shown = NOTHING,
    *,
    held: tuple[int, ...] = (),
    homes: tuple[Path, ...] = (),
    database: str = "",
    password: str = "",
) -> Generator[Server]:
    """The server people look at: our pages, Prefect's interface, scheduler, events. They sign in by a link (`staffelstab login`).

    Its database lies under `home` and is taken up again the next time. Without a `port` it is the one of the last time, or else
    the next one that is free (`ports.py`). `held`: open files that the server keeps open as long as it lives, for their locks.
    `homes`: further folders where people find the key to sign in. `database`: an address for Prefect's runs, if they are not to lie
    in a file under `home`. `password`: what our own processes say, if it is not to be made anew: others know it.

    Raises StaffelstabError if the port is taken or the server does not start.
    """
    with (
        _running(home, port, shown, live=True, held=held, database=database, password=password) as server,
        ExitStack() as keys,
    ):
        for place in (home, *homes):
            make_private(place)
            keys.enter_context(kept_key(place, server.address, server.key))
        yield server


@contextmanager
def _running(
    home: Path,
    port: int | None,
    shown: Shown,
    *,
    live: bool,
    held: tuple[int, ...] = (),
    database: str = "",
    password: str = "",
) -> Generator[Server]:
    home = home.resolve()
    make_private(home)
    home.chmod(PRIVATE_FOLDER)  # whatever somebody made of it
    with ExitStack() as stack:
        with _listening(candidates(home) if port is None else (port,)) as listener:
            password = password or LIVE.bytes(24, "password").hex()
            server = Server(home, listener.getsockname()[1], password, LIVE.bytes(32, "key"))
            environment = server_environment(home, server.port, password, live=live, database=database)
            process = stack.enter_context(
                _child(server, listener, environment | door_environment(server.key, shown), held)
            )
            server = replace(server, process=process)
        if port != 0:
            remember_port(home, server.port)
        _load_flows()
        _wait(server, process)
        stack.enter_context(as_client(client_settings(home, server.port, server.password, live=live)))
        yield server


@contextmanager
def answering(lost: StaffelstabError) -> Generator[None]:
    """Within the block the server is needed; if it no longer answers, `lost` is raised."""
    import httpx

    try:
        yield
    except* httpx.TransportError:
        raise lost from None


async def mind(server: Server) -> None:
    """Raise a failure of transport as soon as the server's process has ended; never returns.

    Prefect's clients would ask for a minute whether it answers, and then tell all of it.
    """
    import anyio
    import httpx

    while not server.has_ended:
        await anyio.sleep(MIND_SECONDS)
    raise httpx.ConnectError("the process of the server has ended")


def _listening(ports: Iterable[int]) -> socket.socket:
    """A socket that listens on the first of these ports that is free. Raises StaffelstabError, about the first, if none is."""
    first: tuple[int, OSError] | None = None
    for port in ports:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen(128)
        except OSError as error:
            listener.close()
            first = first or (port, error)
        else:
            return listener
    taken, cause = first or (0, None)
    raise StaffelstabError("deployments.port_taken", port=str(taken)) from cause


@contextmanager
def _child(
    server: Server, listener: socket.socket, environment: Mapping[str, str], held: tuple[int, ...]
) -> Generator[subprocess.Popen[bytes]]:
    with open(os.open(server.home / "server.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as log:  # noqa: PTH123 -- with a mode
        process = subprocess.Popen(
            [*PYTHON, "-m", "deployments.server.asgi", str(listener.fileno()), str(server.port)],
            cwd=BARE,
            env=environment,
            pass_fds=(listener.fileno(), *held),
            start_new_session=True,  # Ctrl-C ends us, and we end the server
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            umask=0o077,
        )
    try:
        yield process
    finally:
        _stop(process)


def _load_flows() -> None:
    """What this process will run against the server, and Prefect's client with it: loaded while the server is starting."""
    import flows.daily_pass
    import flows.decision  # noqa: F401 -- what is imported stays loaded


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Ask once: the socket already listens, so the answer comes as soon as there is a server, or never if it has died."""
    import httpx

    try:
        httpx.get(f"{server.address}/api/health", timeout=START_SECONDS, trust_env=False).raise_for_status()
    except httpx.HTTPError as error:
        process.kill()
        raise StaffelstabError("deployments.not_started", log=str(server.home / "server.log")) from error


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def as_client(settings: Mapping[str, Any]) -> Generator[None]:
    """Run flows of this process against a server; what they still have to tell it is told before the block ends.

    What tells it is a thread that keeps to the server it first met, so that of an earlier server is sent home before.
    """
    from prefect.events.worker import EventsWorker
    from prefect.settings import temporary_settings

    EventsWorker.drain_all()
    with temporary_settings(settings), quiet(), past_proxies():
        yield
        EventsWorker.drain_all()


def past_proxies() -> AbstractContextManager[None]:
    """Within the block neither this process nor any it starts asks a proxy for this machine: Prefect's client would."""
    return told(without_proxy(os.environ))
