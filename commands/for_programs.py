"""What `--json` prints: the one place where a command's answer becomes JSON.

Strings of strangers stand in it. Whatever steers a terminal or hides from a reader is escaped as JSON escapes it, so programs read
it unchanged; on an output of ASCII only, so is every other letter: written plainly („ becomes ") it would end its string.
"""

from __future__ import annotations

import json
import sys

from staffelstab.legible import legible


def for_programs(value: object) -> str:
    """The value as JSON of printable characters and line ends alone."""
    return legible(json.dumps(value, ensure_ascii=not _takes_any_letter(), indent=2), keep="\n")


def _takes_any_letter() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
