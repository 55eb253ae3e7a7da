"""How much reading one paper may cost. What goes beyond is refused with a reason; the original stays where it is."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on the child process and on what it may answer; sizes in bytes, times in seconds, per file unless said otherwise."""

    memory: int = 2048 * MEBIBYTE  # address space of the child
    cpu_seconds: int = 180  # for a file whose text has to be recognised
    text_seconds: int = 45  # of processor time until then; whatever is read without recognition needs a fraction of it
    wall_seconds: float = 120.0
    paper_seconds: float = 240.0  # a paper with all its attachments
    output: int = 32 * MEBIBYTE  # text and tables of one file, and of all files of a paper together
    unpacked: int = (
        200 * MEBIBYTE
    )  # members of an archive, attachments of a mail; all that a paper unpacks to, at every depth
    ratio: int = 100  # unpacked : packed, looked at above `ratio_from`
    ratio_from: int = 10 * MEBIBYTE
    members: int = 2000  # files in one archive
    depth: int = 50  # levels of attachments within attachments
    parts: int = 500  # attachments of one paper
