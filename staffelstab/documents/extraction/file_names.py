"""Names of files and attachments, as people may be shown them; as such they are data and never become a path (case 7)."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 120
_SYSTEM = frozenset(
    {
        "$recycle.bin", "__macosx", "desktop.ini", "ehthumbs.db", "icon\r", "system volume information", "thumbs.db",
        ".apdisk", ".ds_store", ".directory", ".documentrevisions-v100", ".fseventsd", ".localized", ".spotlight-v100",
        ".stfolder", ".stignore", ".stversions", ".temporaryitems", ".trashes", ".nextcloudsync.log", ".owncloudsync.log",
    }
)  # fmt: skip
_SYSTEM_STARTS = ("._", ".trash-", ".sync_", ".nfs", ".fuse_hidden")


def safe_name(name: str) -> str:
    """`name` on one line and in NFC: no folders, no control, direction or invisible characters, at most 120 characters.

    Undecodable bytes (surrogates) are shown as the replacement character; the ending survives shortening; nothing becomes "-".
    """
    plain = re.sub("[\ud800-\udfff]", "\ufffd", name)
    base = unicodedata.normalize("NFC", plain).replace("\\", "/").rstrip("/ .").rpartition("/")[2]
    shown = " ".join("".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in base).split())
    return _shortened(shown.strip(". ")) or "-"


def is_system_file(name: str) -> bool:
    """Whether operating systems and programs that synchronise folders leave files or folders of this name lying about."""
    return name.lower() in _SYSTEM or name.lower().startswith(_SYSTEM_STARTS)


def _shortened(name: str) -> str:
    if len(name) <= _LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = f"…{dot}{ending}" if stem and len(ending) <= 10 else "…"
    return name[: _LONGEST - len(tail)] + tail
