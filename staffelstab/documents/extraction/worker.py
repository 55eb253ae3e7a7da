"""The worker, seen from its parent: started, asked within limits of time and size, ended, and replaced when it was lost."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec

from staffelstab.documents.extraction.extracted_text import Reason
from staffelstab.documents.extraction.frames import HEAD, framed
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.scratch import ScratchFolder
from staffelstab.documents.extraction.worker_answer import WorkerAnswer
from staffelstab.documents.extraction.worker_main import OUT_OF_MEMORY, SandboxReport, Settings
from staffelstab.errors import StaffelstabError

_START_SECONDS = 60.0
_CHUNK = 1 << 18
_ENDINGS: dict[int, Reason] = {
    -signal.SIGXCPU: "time",
    -signal.SIGKILL: "memory",
    -signal.SIGABRT: "memory",
    OUT_OF_MEMORY: "memory",
}


class WorkerLost(Exception):  # noqa: N818 -- says what became of the worker
    """The worker gave no complete answer, for a reason of the message catalogue."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class Worker:
    """Holds at most one worker process; asks it, and replaces it when it was lost."""

    def __init__(self, limits: Limits, tessdata: Path | None, labels: Iterable[str] = ()) -> None:
        self._limits = limits
        self._settings = Settings(limits, str(tessdata) if tessdata else "", tuple(labels))
        self._child: WorkerProcess | None = None
        self.missing: tuple[str, ...] = ()
        """The walls that the last child had to do without."""

    @property
    def is_running(self) -> bool:
        """Whether there is a child that has said it is ready."""
        return self._child is not None

    def start(self) -> None:
        """Start the child if there is none. Raises StaffelstabError if it cannot be started."""
        self._started()

    def ask(self, content: bytes, name: str, seconds: float) -> tuple[WorkerAnswer, list[bytes]]:
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

    def _once(self, content: bytes, name: str, seconds: float) -> tuple[WorkerAnswer, list[bytes]]:
        child = self._started()
        try:
            answer, attached = child.ask(content, name, seconds)
        except WorkerLost as lost:
            self.stop()
            return WorkerAnswer("", lost.reason), []
        if answer.reason == "memory":
            self.stop()
        return answer, attached

    def _started(self) -> WorkerProcess:
        if self._child is None:
            self._child = WorkerProcess(self._settings)
            self.missing = self._child.ready.missing
        return self._child


class WorkerProcess:
    """One child process, its pipes, and its empty folder."""

    def __init__(self, settings: Settings) -> None:
        self._limits = settings.limits
        self._folder = ScratchFolder()
        self._process = _start(str(self._folder.path))
        self._in, self._out = _pipe(self._process.stdin), _pipe(self._process.stdout)
        try:
            deadline = time.monotonic() + _START_SECONDS
            self._write(framed(msgspec.json.encode(settings)), deadline)
            self.ready = msgspec.json.decode(self._frame(deadline, _CHUNK), type=SandboxReport)
        except (WorkerLost, msgspec.DecodeError):
            self.end()
            raise StaffelstabError("intake.error.no_reader") from None

    def ask(self, content: bytes, name: str, seconds: float) -> tuple[WorkerAnswer, list[bytes]]:
        """One file's answer. Raises Lost when it is not complete in time, too large, or not what an answer looks like."""
        deadline = time.monotonic() + seconds
        self._write(framed(name.encode("utf-8", "surrogatepass")) + HEAD.pack(len(content)), deadline)
        self._write(content, deadline)
        try:
            answer = msgspec.json.decode(self._frame(deadline, self._limits.output), type=WorkerAnswer)
        except msgspec.DecodeError:
            raise WorkerLost("damaged") from None
        left = self._limits.unpacked
        attached = []
        for _, size in answer.attached:
            if size > left:
                raise WorkerLost("bomb")
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
        self._folder.remove()
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
                raise WorkerLost(self._fate()) from None

    def _frame(self, deadline: float, cap: int) -> bytes:
        (length,) = HEAD.unpack(self._exactly(HEAD.size, deadline))
        if length > cap:
            raise WorkerLost("output")
        return self._exactly(length, deadline)

    def _exactly(self, length: int, deadline: float) -> bytes:
        found = bytearray()
        while len(found) < length:
            self._wait(self._out, select.POLLIN, deadline)
            chunk = os.read(self._out, min(_CHUNK, length - len(found)))
            if not chunk:
                raise WorkerLost(self._fate())
            found += chunk
        return bytes(found)

    def _wait(self, descriptor: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(descriptor, event)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise WorkerLost("time")

    def _fate(self) -> Reason:
        """What ended a child whose pipe has closed."""
        try:
            status = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return "damaged"
        return _ENDINGS.get(status, "damaged")


def _start(folder: str) -> subprocess.Popen[bytes]:
    root = Path(__file__).resolve().parents[3]
    environment = {"PYTHONPATH": str(root), "HOME": folder, "TMPDIR": folder, "XDG_CACHE_HOME": folder, "PATH": os.defpath,
                   "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "OMP_THREAD_LIMIT": "1"}  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-s", "-P", "-m", "staffelstab.documents.extraction.worker_main"],
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
