"""What a letter's file is called: by the day it is for and its key, so that one tells from a file which letter it is."""

from __future__ import annotations

import datetime as dt
import re

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d-")


def letter_file(day: dt.date, key: str) -> str:
    """`2018-01-08-reminder-call-1-2018-01-07.eml`: ASCII, unique as the key is."""
    return f"{day.isoformat()}-{safe(key)}.eml"


def is_file_of(name: str, key: str) -> bool:
    """Whether a file of that name holds the letter with that key, whatever day it was for."""
    return bool(_DAY.match(name)) and name[11:] == f"{safe(key)}.eml"


def safe(key: str) -> str:
    """The key in ASCII letters, digits, dot, hyphen; with a piece of its hash where something was lost."""
    text = _UNSAFE.sub("-", key.replace(":", "-"))
    if _UNSAFE.search(key.replace(":", "-")) or len(text) > 100:
        import hashlib  # few keys need it, and `staffelstab status` asks for many names

        text = f"{text[:80]}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
    return text.strip(".") or "-"
