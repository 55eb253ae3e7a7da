"""pandoc: the program inside the wheel, called with nothing but what we hand it.

It runs in an empty folder of its own, with an empty environment (no user templates, no clock: SOURCE_DATE_EPOCH is the
document's date), reads Markdown without any raw passage, and may take `SECONDS` of processor time, twice as many on the clock,
and `HEAP` of memory.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from staffelstab.documents.rendering.markdown import inert_line
from staffelstab.documents.rendering.typesetter_main import lowered
from staffelstab.errors import RenderError
from staffelstab.language import TEMPLATES

SECONDS = 40
HEAP = "1g"
EARLIEST = dt.datetime(1980, 1, 2, tzinfo=dt.UTC)
LATEST = dt.datetime(2107, 12, 30, tzinfo=dt.UTC)
"""The archives in which word processors keep their documents know no other days."""
_HEAP_OVERFLOW = 251
PARTS = TEMPLATES / "document"

_OFF = """
    raw_html raw_attribute raw_tex latex_macros tex_math_dollars native_divs native_spans markdown_in_html_blocks
    yaml_metadata_block pandoc_title_block citations example_lists implicit_figures smart
"""
_READER = "-".join(["markdown", *_OFF.split()])


@dataclass(frozen=True, slots=True)
class Sheet:
    """A manuscript pandoc has read: its tree as JSON, and what every format needs to know about it.

    `folder` holds the figures as `<name>.svg`, `figures` what each of them says; `head` is what stands above the text, as
    plain words.
    """

    tree: bytes
    folder: Path
    language: str
    stamp: dt.datetime
    head: Mapping[str, str]
    figures: Mapping[str, str]
    contents: bool

    def written(self, kind: str, to: str, *options: str) -> bytes:
        """The sheet in pandoc's format `to`, after the filter `<kind>.lua`. Raises RenderError naming `kind`."""
        filters = (f"--lua-filter={PARTS / kind}.lua",)
        arguments = ("-f", "json", "-t", to, "-s", "--wrap=none", *filters, *options)
        return run(arguments, self.tree, self.folder, self.stamp, to)


def read(markdown: str, metadata: Mapping[str, object], folder: Path, stamp: dt.datetime) -> bytes:
    """pandoc's tree of a manuscript as JSON, after guard.lua. Words in `metadata` are inert. Raises RenderError."""
    (folder / "metadata.json").write_text(_json(metadata), encoding="utf-8")
    arguments = (
        *("-f", _READER, "-t", "json", "--columns=1", "--metadata-file=metadata.json"),
        f"--lua-filter={PARTS / 'guard.lua'}",
    )
    return run(arguments, markdown.encode(), folder, stamp, "markdown")


def run(arguments: Sequence[str], text: bytes, folder: Path, stamp: dt.datetime, kind: str) -> bytes:
    """What pandoc writes. Raises RenderError with the exit code, never with what pandoc said: it may quote the text."""
    environment = {
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "SOURCE_DATE_EPOCH": str(int(min(max(stamp, EARLIEST), LATEST).timestamp())),
    }
    command = [program(), "+RTS", f"-M{HEAP}", "-RTS", f"--data-dir={folder}", *arguments, "-o", "-"]
    status, written = _finished(command, text, folder, environment)
    if status in (-signal.SIGXCPU, -signal.SIGKILL, _HEAP_OVERFLOW):
        code = "pandoc: memory" if status == _HEAP_OVERFLOW else "pandoc: time"
        raise RenderError("documents.error.limits", format=kind, code=code)
    if status:
        raise RenderError("documents.error.failed", format=kind, code=f"pandoc {status}")
    return written


def _finished(command: Sequence[str], text: bytes, folder: Path, environment: Mapping[str, str]) -> tuple[int, bytes]:
    """The exit status of a command, and what it wrote; it is killed when it takes too long."""
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
    ) as process:
        most = lowered(SECONDS, resource.getrlimit(resource.RLIMIT_CPU)[1])
        with suppress(ProcessLookupError):  # it may have finished
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (most, most))
            resource.prlimit(process.pid, resource.RLIMIT_CORE, (0, 0))
        try:
            written, _ = process.communicate(text, timeout=2 * SECONDS)
        except BaseException as failure:
            process.kill()
            if not isinstance(failure, subprocess.TimeoutExpired):
                raise
            return -signal.SIGKILL, b""
    return process.returncode, written


@cache
def program() -> str:
    """Where the wheel keeps pandoc."""
    import pypandoc

    return str(Path(pypandoc.__file__).parent / "files" / "pandoc")


def _json(metadata: Mapping[str, object]) -> str:
    """The words as JSON; pandoc does not read a character beyond U+FFFF that JSON writes as two halves."""
    return json.dumps(_inert(metadata), sort_keys=True, ensure_ascii=False)


def _inert(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _inert(inner) for key, inner in value.items()}
    return str(inert_line(value)) if isinstance(value, str) else value
