"""The worker process: enters its sandbox, then reads one file after the other until its parent closes the pipe.

Started by `worker.py` as `python -m staffelstab.documents.extraction.worker_main`, with the settings as JSON in its first frame.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from staffelstab.documents.extraction.frames import framed, read_frame
from staffelstab.documents.extraction.head_fields import labels_of
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.sandbox import (
    confine_files,
    leave_network,
    limit_cpu,
    limit_resources,
    refuse_sockets,
)
from staffelstab.documents.extraction.worker_answer import WorkerAnswer

WALLS = ("network", "files", "memory", "time")
OUT_OF_MEMORY = 12  # exit status: even the request was too large


@dataclass(frozen=True, slots=True)
class Settings:
    """What the parent says at the start; `tessdata` is the folder with `deu.traineddata`, "" where there is none.

    `labels` are the words before a colon that make a line part of a paper's head, in every language.
    """

    limits: Limits
    tessdata: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SandboxReport:
    """The child's first answer: which walls stand."""

    no_network: bool
    confined: bool
    memory: bool = True
    time: bool = True

    @property
    def missing(self) -> tuple[str, ...]:
        """The walls that this system does not offer, as keys below `intake.wall.` of the catalogue."""
        stand = (self.no_network, self.confined, self.memory, self.time)
        return tuple(wall for wall, stands in zip(WALLS, stand, strict=True) if not stands)


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer every request. A request is two frames (name, content), an answer one and one more per attachment."""
    settings = msgspec.json.decode(read_frame(requests), type=Settings)
    limits = settings.limits
    memory, time = limit_resources(limits.memory), limit_cpu(limits.cpu_seconds)
    no_network = leave_network()
    from staffelstab.documents.extraction.extract import extract
    from staffelstab.documents.extraction.xberg_reader import Documents

    tessdata = Path(settings.tessdata) if settings.tessdata else None
    documents = Documents(limits, tessdata, lambda: limit_cpu(limits.cpu_seconds))
    confined = confine_files(_readable(settings.tessdata), Path.cwd())
    refuse_sockets()
    _send(answers, msgspec.json.encode(SandboxReport(no_network, confined, memory, time)))
    labels = labels_of(settings.labels)
    while True:
        name = read_frame(requests).decode("utf-8", "surrogatepass")
        content = read_frame(requests)
        limit_cpu(min(limits.text_seconds, limits.cpu_seconds))
        try:
            answer, attached = extract(content, name, limits, documents, labels)
        except MemoryError:
            answer, attached = WorkerAnswer("", "memory"), []
        except RecursionError:
            answer, attached = WorkerAnswer("", "nested"), []
        _send(answers, msgspec.json.encode(answer), *attached)


def _send(stream: BinaryIO, *payloads: bytes) -> None:
    for payload in payloads:
        stream.write(framed(payload))
    stream.flush()


def _readable(tessdata: str) -> list[Path]:
    """Python with its packages, the system's libraries, this package, and what recognises text."""
    paths = {
        sys.prefix,
        sys.base_prefix,
        *sysconfig.get_paths().values(),
        "/usr",
        "/lib",
        "/lib64",
        "/etc/ld.so.cache",
        "/dev",
    }
    return [*map(Path, sorted(paths)), Path(__file__).parents[2], *([Path(tessdata)] if tessdata else [])]


def main() -> None:
    """Keep the pipes for the protocol only, so that no library's output gets into an answer."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    status = 0
    try:
        serve(requests, answers)
    except (EOFError, BrokenPipeError):
        pass  # the parent has finished
    except MemoryError:
        status = OUT_OF_MEMORY
    os._exit(status)  # xberg's threads may crash an interpreter that takes itself apart


if __name__ == "__main__":
    main()
