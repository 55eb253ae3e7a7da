"""pandoc: the program inside the wheel, called with nothing but what we hand it.

It runs in an empty folder of its own, with an empty environment (no user templates, no clock: SOURCE_DATE_EPOCH is the
document's date), reads Markdown without any raw passage, and is stopped after `SECONDS`.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from staffelstab.documents.rendering.markdown import inert_line
from staffelstab.errors import RenderError
from staffelstab.language import TEMPLATES

SECONDS = 120
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
    (folder / "metadata.json").write_text(json.dumps(_inert(metadata), sort_keys=True), encoding="utf-8")
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
        "SOURCE_DATE_EPOCH": str(int(stamp.timestamp())),
    }
    command = [program(), f"--data-dir={folder}", *arguments, "-o", "-"]
    try:
        done = subprocess.run(
            command, input=text, capture_output=True, cwd=folder, env=environment, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise RenderError("documents.error.timeout", format=kind, seconds=SECONDS) from None
    if done.returncode:
        raise RenderError("documents.error.failed", format=kind, code=f"pandoc {done.returncode}")
    return done.stdout


@cache
def program() -> str:
    """Where the wheel keeps pandoc."""
    import pypandoc

    return str(Path(pypandoc.__file__).parent / "files" / "pandoc")


def _inert(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _inert(inner) for key, inner in value.items()}
    return str(inert_line(value)) if isinstance(value, str) else value
