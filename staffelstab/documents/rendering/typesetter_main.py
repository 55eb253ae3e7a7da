"""The typesetter: a process of its own that runs typst, so that a document which takes too much time or memory ends it and not us.

Started by `typesetter.py` as a script of an isolated Python: it imports nothing of ours. Requests and answers are frames, eight
bytes of length and as many of content. A request is a frame of JSON and one frame per file named in it; an answer is one byte
that says how it went, and what was made. It ends with its parent: then its input closes.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from io import BufferedReader, BufferedWriter
from typing import BinaryIO

DONE, REFUSED, GLYPHS = b"0", b"1", b"2"
"""How it went: made, refused by typst, or refused because a character has no glyph."""
_NO_GLYPH = ("could not be displayed", "missing codepoints")
"""What typst says then; the latter where marks are piled up on a letter."""


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer one request after the other. No file can be opened any more: typst has its fonts in itself."""
    import typst

    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    while True:
        asked = json.loads(read_frame(requests))
        files = {name: read_frame(requests) for name in asked["files"]}
        _limit_cpu(asked["seconds"])
        try:
            made = typst.compile(files, ignore_system_fonts=True, **asked["how"])
        except (typst.TypstError, ValueError) as failure:
            write_frame(answers, GLYPHS if any(words in str(failure) for words in _NO_GLYPH) else REFUSED)
            continue
        except BaseException as failure:
            if type(failure).__name__ != "PanicException":  # of Rust; no Exception
                raise
            write_frame(answers, REFUSED)
            continue
        write_frame(answers, DONE + made)


def read_frame(stream: BinaryIO) -> bytes:
    """The next frame. Raises EOFError where there is none."""
    return _exactly(stream, int.from_bytes(_exactly(stream, 8), "big"))


def write_frame(stream: BinaryIO, content: bytes) -> None:
    """Write a frame."""
    stream.write(len(content).to_bytes(8, "big"))
    stream.write(content)
    stream.flush()


def _exactly(stream: BinaryIO, length: int) -> bytes:
    found = stream.read(length)
    if len(found) < length:
        raise EOFError
    return found


def _limit_cpu(seconds: int) -> None:
    """From now on at most `seconds` of processor time; then the kernel ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = lowered(int(used.ru_utime + used.ru_stime) + 1 + seconds, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def lowered(wanted: int, hard: int) -> int:
    """A limit that may be set where only `hard` is allowed."""
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)


def main(memory: int) -> None:
    """Keep the pipes for frames only, give up memory beyond `memory` bytes and every file, then serve."""
    most = lowered(memory, resource.getrlimit(resource.RLIMIT_AS)[1])
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for kind in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(kind, (0, 0))
    requests: BufferedReader = os.fdopen(os.dup(0), "rb")
    answers: BufferedWriter = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    try:
        serve(requests, answers)
    except (EOFError, BrokenPipeError, MemoryError):
        os._exit(0)  # typst's threads need not be waited for


if __name__ == "__main__":
    main(int(sys.argv[1]))
