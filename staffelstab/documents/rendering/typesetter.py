"""The typesetter, seen from its parent: started with the first document, asked within limits, replaced when it was lost.

It is kept for the documents that follow, and ends with this process. Where two documents are set at once, there are two.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import IO, BinaryIO, cast

from staffelstab.documents.rendering import typesetter_main
from staffelstab.errors import RenderError

_CHUNK = 1 << 20


class NoGlyph(Exception):  # noqa: N818 -- says what typst found
    """A character has no glyph in any of the fonts."""


class _Lost(Exception):  # noqa: N818 -- says what became of the process
    """The process has ended before it answered, or was too slow."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: seconds (of the processor, and twice as many on the clock), bytes of address space."""

    seconds: int = 60
    memory: int = 2560 << 20


LIMITS = Limits()


def typeset(files: Mapping[str, bytes], how: Mapping[str, object], kind: str, limits: Limits = LIMITS) -> bytes:
    """What typst makes of `main.typ` among the `files`; `kind` names it in errors. Raises NoGlyph, RenderError.

    A process that had set other documents before gets a second chance as a fresh one.
    """
    process = _taken(limits)
    was_used = process.answers > 0
    try:
        answer = process.ask(files, how)
    except _Lost:
        process.end()
        is_late = process.is_late
        if was_used and not is_late:
            return typeset(files, how, kind, limits)
        code = "typst: time" if is_late else "typst: memory"
        raise RenderError("documents.error.limits", format=kind, code=code) from None
    except BaseException:
        process.end()
        raise
    _IDLE.append(process)
    if answer[:1] == typesetter_main.GLYPHS:
        raise NoGlyph
    if answer[:1] != typesetter_main.DONE:
        raise RenderError("documents.error.failed", format=kind, code="typst")
    return answer[1:]


@dataclass
class _Process:
    """One process and its pipes; `answers` counts what it has made, `is_late` says that it was too slow."""

    limits: Limits
    owner: int = field(default_factory=os.getpid)
    answers: int = 0
    is_late: bool = False
    _deadline: float = 0.0

    @cached_property
    def _child(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-I", typesetter_main.__file__, str(self.limits.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd="/",
            env={"LANG": "C.UTF-8"},
        )

    def ask(self, files: Mapping[str, bytes], how: Mapping[str, object]) -> bytes:
        """Its answer on one document. Raises _Lost when there is none in time."""
        self._deadline = time.monotonic() + 2 * self.limits.seconds
        head = {"files": list(files), "how": how, "seconds": self.limits.seconds}
        try:
            for content in (json.dumps(head).encode(), *files.values()):
                typesetter_main.write_frame(_open(self._child.stdin), content)
        except BrokenPipeError:
            raise _Lost from None
        answer = self._exactly(int.from_bytes(self._exactly(8), "big"))
        self.answers += 1
        return answer

    def end(self) -> None:
        """End it, whatever it is doing."""
        for stream in (self._child.stdin, self._child.stdout):
            with suppress(BrokenPipeError):
                _open(stream).close()
        self._child.kill()
        self.is_late |= self._child.wait() == -signal.SIGXCPU

    def _exactly(self, length: int) -> bytes:
        found, stream = bytearray(), _open(self._child.stdout)
        poll = select.poll()
        poll.register(stream, select.POLLIN)
        while len(found) < length:
            if not poll.poll(max(0.0, self._deadline - time.monotonic()) * 1000):
                self.is_late = True
                raise _Lost
            chunk = os.read(stream.fileno(), min(_CHUNK, length - len(found)))
            if not chunk:
                raise _Lost
            found += chunk
        return bytes(found)


_IDLE: list[_Process] = []
"""Those that wait for the next document."""


def _taken(limits: Limits) -> _Process:
    """One that waits, with these limits and started by this very process, or a new one."""
    for process in reversed(_IDLE):
        if process.limits == limits and process.owner == os.getpid():
            with suppress(ValueError):  # another thread was quicker
                _IDLE.remove(process)
                return process
    return _Process(limits)


def _open(stream: IO[bytes] | None) -> BinaryIO:
    if stream is None:
        raise ValueError("no pipe")
    return cast(BinaryIO, stream)


@atexit.register
def _end_all() -> None:
    while _IDLE:
        process = _IDLE.pop()
        if process.owner == os.getpid():
            process.end()
