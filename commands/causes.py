"""What really stopped a command: a full disk or too little memory may show as anything, from a failed import to a lost server."""

from __future__ import annotations

import errno
import re
import resource
from collections.abc import Iterator

from staffelstab.errors import StaffelstabError
from staffelstab.language import Language

LEAST_MEMORY = 300 << 20
"""Bytes of address space below which the libraries that draw and count end the process without a word."""

_OF_SYSTEM = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EMFILE: "files",
    errno.ENFILE: "files",
    errno.ENOMEM: "memory",
}
_NO_ROOM = re.compile(r"failed to map|cannot allocate|can't start new thread|out of memory", re.IGNORECASE)


def check_memory() -> None:
    """Raises StaffelstabError where so little memory is allowed that nobody could say so later."""
    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    if allowed != resource.RLIM_INFINITY and allowed < LEAST_MEMORY:
        raise StaffelstabError("cli.cause.memory")


def said(error: BaseException, words: Language) -> str:
    """What is told of a failure: its own sentence if it has one of ours, with the cause behind it; never what it quotes."""
    cause = next(filter(None, map(_cause, _behind(error))), "")
    why = words.say(f"cli.cause.{cause}") if cause else ""
    if isinstance(error, StaffelstabError) and (error.key != "tasks.unforeseen" or not why):
        return f"{error.text(words.code)} {why}".rstrip()
    return why


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _cause(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, OSError) and error.errno in _OF_SYSTEM:
        return _OF_SYSTEM[error.errno]
    return "memory" if isinstance(error, (ImportError, RuntimeError)) and _NO_ROOM.search(str(error)) else ""
