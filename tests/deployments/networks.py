"""A network of its own for a process: nothing outside of it can be reached but what a tunnel leads to, as `ssh -L` would.

The tunnel is a process on either side of a Unix socket, which crosses networks. It can be cut in both ways that occur: `ended`,
so that connections are refused, and `halted`, so that they hang.

    python -m tests.deployments.networks FROM TO [FROM TO …]     forwards; FROM and TO: a port of 127.0.0.1 or a socket's path
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT

_UP = "import fcntl,socket,struct; s=socket.socket(); fcntl.ioctl(s, 0x8914, struct.pack('16sh', b'lo', 1))"
"""Makes 127.0.0.1 work, as `ip link set lo up` does."""


@dataclass
class Network:
    """A network, its tunnel to `ports` of this machine, and whoever is to begin a process in it."""

    folder: Path
    ports: Sequence[int]
    _holder: subprocess.Popen[bytes]
    _tunnel: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def inside(self, *command: str) -> list[str]:
        """A command, as it is begun in this network."""
        own_user = [] if os.getuid() == 0 else ["--user", "--preserve-credentials"]
        return ["nsenter", f"--target={self._holder.pid}", "--net", *own_user, "--", *command]

    def dig(self) -> None:
        """Open the tunnel."""
        sockets = [str(self.folder / f"{port}.socket") for port in self.ports]
        for socket in sockets:
            Path(socket).unlink(missing_ok=True)
        forward = [sys.executable, "-m", "tests.deployments.networks"]
        out = [word for port, socket in zip(self.ports, sockets, strict=True) for word in (socket, str(port))]
        into = [word for port, socket in zip(self.ports, sockets, strict=True) for word in (str(port), socket)]
        for command in ([*forward, *out], self.inside(*forward, *into)):
            process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
            self._tunnel.append(process)
            assert process.stdout is not None
            assert process.stdout.readline() == b"open\n"

    def close(self) -> None:
        """From now on connections are refused, and those that were open have ended."""
        for process in self._tunnel:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
        self._tunnel.clear()

    def halt(self) -> None:
        """From now on nothing comes through and nobody learns of it."""
        for process in self._tunnel:
            process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """What was sent meanwhile comes through."""
        for process in self._tunnel:
            process.send_signal(signal.SIGCONT)


@contextmanager
def network(folder: Path, *ports: int) -> Generator[Network]:
    """A network of its own with an open tunnel to ports of this machine; its sockets lie in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    how = ["unshare", "--net"] if os.getuid() == 0 else ["unshare", "--net", "--map-root-user"]
    hold = [sys.executable, "-c", f"{_UP}; print('up', flush=True); import sys; sys.stdin.read()"]
    with subprocess.Popen([*how, *hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"up\n"
        made = Network(folder, ports, holder)
        try:
            made.dig()
            yield made
        finally:
            made.close()
            assert holder.stdin is not None
            holder.stdin.close()


def can_have_networks() -> bool:
    """Whether this machine lets us have networks of our own."""
    how = ["unshare", "--net"] if os.getuid() == 0 else ["unshare", "--net", "--map-root-user"]
    with suppress(OSError):
        return subprocess.run([*how, "true"], capture_output=True, check=False).returncode == 0
    return False


# -- one side of the tunnel --------------------------------------------------------------------------------------------


async def _forward(pairs: Sequence[tuple[str, str]]) -> None:
    for source, target in pairs:
        if source.isdigit():
            await asyncio.start_server(_handler(target), "127.0.0.1", int(source))
        else:
            await asyncio.start_unix_server(_handler(target), source)
    sys.stdout.write("open\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def _handler(target: str) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there = (
                await asyncio.open_connection("127.0.0.1", int(target))
                if target.isdigit()
                else await asyncio.open_unix_connection(target)
            )
        except OSError:
            writer.close()
            return
        await asyncio.gather(_pour(reader, there[1]), _pour(there[0], writer))

    return handle


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await reader.read(65536):
            writer.write(part)
            await writer.drain()
    with suppress(OSError):
        writer.close()


if __name__ == "__main__":
    asyncio.run(_forward(list(zip(sys.argv[1::2], sys.argv[2::2], strict=True))))
