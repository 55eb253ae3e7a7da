"""Keeper of the child process: starts it, asks it within time and size, ends it, and says what became of it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from staffelstab.errors import StaffelstabError
from staffelstab.intake.answer import Answer
from staffelstab.intake.child import OUT_OF_MEMORY, Ready, Settings
from staffelstab.intake.frames import HEAD, framed
from staffelstab.intake.limits import Limits
from staffelstab.intake.reading import Reason

_START_SECONDS = 60.0
_CHUNK = 1 << 18
_ENDINGS: dict[int, Reason] = {
    -signal.SIGXCPU: "time",
    -signal.SIGKILL: "memory",
    -signal.SIGABRT: "memory",
    OUT_OF_MEMORY: "memory",
}


class Lost(Exception):  # noqa: N818 -- says what became of the child
    """The child gave no complete answer, for a reason of the catalogue."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class Keeper:
    """Holds at most one child; asks it, and replaces it when it was lost."""

    def __init__(self, limits: Limits, tessdata: Path | None) -> None:
        self._limits = limits
        self._settings = Settings(limits, str(tessdata) if tessdata else "")
        self._child: Child | None = None
        self.missing: tuple[str, ...] = ()
        """The walls that the last child had to do without."""

    def ask(self, content: bytes, name: str, seconds: float) -> tuple[Answer, list[bytes]]:
        """The child's answer on one file. A child that had read other files before gets a second chance as a fresh one."""
        fresh = self._child is None
        answer, attached = self._once(content, name, seconds)
        if not fresh and answer.reason in ("memory", "damaged") and self._child is None:
            return self._once(content, name, seconds)
        return answer, attached

    def stop(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._child.end()
            self._child = None

    def _once(self, content: bytes, name: str, seconds: float) -> tuple[Answer, list[bytes]]:
        child = self._started()
        try:
            answer, attached = child.ask(content, name, seconds)
        except Lost as lost:
            self.stop()
            return Answer("", lost.reason), []
        if answer.reason == "memory":
            self.stop()
        return answer, attached

    def _started(self) -> Child:
        if self._child is None:
            self._child = Child(self._settings)
            self.missing = self._child.ready.missing
        return self._child


class Child:
    """One child process, its pipes, and its empty folder."""

    def __init__(self, settings: Settings) -> None:
        self._limits = settings.limits
        self._folder = tempfile.TemporaryDirectory(prefix="staffelstab-", ignore_cleanup_errors=True)
        self._process = _start(self._folder.name)
        self._in, self._out = _pipe(self._process.stdin), _pipe(self._process.stdout)
        try:
            deadline = time.monotonic() + _START_SECONDS
            self._write(framed(msgspec.json.encode(settings)), deadline)
            self.ready = msgspec.json.decode(self._frame(deadline, _CHUNK), type=Ready)
        except (Lost, msgspec.DecodeError):
            self.end()
            raise StaffelstabError("intake.error.no_reader") from None

    def ask(self, content: bytes, name: str, seconds: float) -> tuple[Answer, list[bytes]]:
        """One file's answer. Raises Lost when it is not complete in time, too large, or not what an answer looks like."""
        deadline = time.monotonic() + seconds
        self._write(framed(name.encode("utf-8", "surrogatepass")) + HEAD.pack(len(content)), deadline)
        self._write(content, deadline)
        try:
            answer = msgspec.json.decode(self._frame(deadline, self._limits.output), type=Answer)
        except msgspec.DecodeError:
            raise Lost("damaged") from None
        left = self._limits.unpacked
        attached = []
        for _, size in answer.attached:
            if size > left:
                raise Lost("bomb")
            attached.append(self._frame(deadline, size))
            left -= size
        return answer, attached

    def end(self) -> int:
        """End the child and everything it started; its exit status."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        status = self._process.wait()
        self._folder.cleanup()
        return status

    def _write(self, data: bytes, deadline: float) -> None:
        left = memoryview(data)
        while left:
            self._wait(self._in, select.POLLOUT, deadline)
            try:
                left = left[os.write(self._in, left[:_CHUNK]) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                raise Lost(self._fate()) from None

    def _frame(self, deadline: float, cap: int) -> bytes:
        (length,) = HEAD.unpack(self._exactly(HEAD.size, deadline))
        if length > cap:
            raise Lost("output")
        return self._exactly(length, deadline)

    def _exactly(self, length: int, deadline: float) -> bytes:
        found = bytearray()
        while len(found) < length:
            self._wait(self._out, select.POLLIN, deadline)
            chunk = os.read(self._out, min(_CHUNK, length - len(found)))
            if not chunk:
                raise Lost(self._fate())
            found += chunk
        return bytes(found)

    def _wait(self, descriptor: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise Lost("time")

    def _fate(self) -> Reason:
        """What ended a child whose pipe has closed."""
        try:
            status = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return "damaged"
        return _ENDINGS.get(status, "damaged")


def _start(folder: str) -> subprocess.Popen[bytes]:
    root = Path(__file__).resolve().parents[2]
    environment = {"PYTHONPATH": str(root), "HOME": folder, "TMPDIR": folder, "XDG_CACHE_HOME": folder, "PATH": os.defpath,
                   "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "OMP_THREAD_LIMIT": "1"}  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-s", "-P", "-m", "staffelstab.intake.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        cwd=folder,
        env=environment,
        start_new_session=True,
    )


def _pipe(stream: IO[bytes] | None) -> int:
    if stream is None:
        raise StaffelstabError("intake.error.no_reader")
    os.set_blocking(stream.fileno(), False)
    return stream.fileno()
