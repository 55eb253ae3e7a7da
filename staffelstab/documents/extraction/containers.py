"""Archives, looked at before any parser sees them (cases 1–3): sizes are counted while unpacking, because declared ones can lie."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from staffelstab.documents.extraction.extracted_text import Notice
from staffelstab.documents.extraction.file_names import is_system_file
from staffelstab.documents.extraction.formats import BROKEN_ZIP
from staffelstab.documents.extraction.hidden_text import rewritten, without_hidden
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.worker_answer import Unreadable

_CHUNK = 1 << 18
_MARKUP = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx", ".svg")
_ENTITY = re.compile(rb"<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")
_REMOTE = re.compile(rb"<Relationship\b(?=[^>]*/(?:attachedTemplate|oleObject|image|subDocument|frame)\")"
                     rb"(?=[^>]*Target=\"(?:https?:|ftp:|\\\\|file://\w))[^>]*TargetMode=\"External\"")  # fmt: skip
_CHANGES = re.compile(rb"<w:(?:ins|del) |<text:changed-region")
_HIDING = re.compile(rb"v\x00?a\x00?n\x00?i\x00?s\x00?h|d\x00?i\x00?s\x00?p\x00?l\x00?a\x00?y\x00?\s{0,9}=")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".emf", ".wmf", ".webp", ".svg")


@dataclass(frozen=True, slots=True)
class Inside:
    """What an archive holds: the notices its members give rise to, whether there are pictures, and whether text may be hidden."""

    notices: tuple[Notice, ...]
    pictures: bool
    hides: bool = False


def look_inside(content: bytes, limits: Limits) -> Inside:
    """Walk through every member without keeping it.

    Raises Unreadable: "bomb" (total, ratio or number of members), "password", "unsafe" (entities, mark-up twice under one name),
    "damaged".
    """
    notices: set[Notice] = set()
    seen: set[str] = set()
    pictures = hides = False
    for info, member in _members(content, limits):
        lower = info.filename.lower()
        if lower.endswith(_MARKUP) and lower in seen:
            raise Unreadable("unsafe")  # whoever reads it next may take the other one
        seen.add(lower)
        pictures |= lower.endswith(_PICTURES) and not lower.startswith("thumbnails/")
        if lower.endswith(_MARKUP):
            notices |= _marked(lower, member)
            hides |= _HIDING.search(member) is not None
        if lower.endswith("vbaproject.bin") or lower.startswith("basic/"):
            notices.add("macros")
    return Inside(tuple(sorted(notices)), pictures, hides)


def shown(content: bytes, form: str, limits: Limits) -> bytes:
    """The document without its hidden text; the very same bytes if it has none."""
    members = {info.filename: member for info, member in _members(content, limits) if info.filename.endswith(".xml")}
    changed = without_hidden(members, form)
    return rewritten(content, changed) if changed else content


def unpack(content: bytes, limits: Limits) -> tuple[tuple[str, bytes], ...]:
    """The files in an archive of papers, in its own order, in memory only (case 2), without what systems leave lying."""
    return tuple(
        (info.filename, member)
        for info, member in _members(content, limits)
        if not info.is_dir() and not any(map(is_system_file, info.filename.split("/")))
    )


def _members(content: bytes, limits: Limits) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse(archive.infolist(), len(content), limits)
            left = _allowance(len(content), limits)
            for info in archive.infolist():
                member = _unpacked(archive, info, left)
                left -= len(member)
                yield info, member
    except (*BROKEN_ZIP, zlib.error):
        raise Unreadable("damaged") from None


def _refuse(members: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    if len(members) > limits.members or sum(info.file_size for info in members) > _allowance(packed, limits):
        raise Unreadable("bomb")
    if any(info.flag_bits & 1 for info in members):
        raise Unreadable("password")


def _allowance(packed: int, limits: Limits) -> int:
    return min(limits.unpacked, max(limits.ratio_from, packed * limits.ratio))


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    chunks: list[bytes] = []
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise Unreadable("bomb")
            chunks.append(chunk)
    return b"".join(chunks)


def _marked(name: str, markup: bytes) -> set[Notice]:
    if _ENTITY.search(markup):
        raise Unreadable("unsafe")
    if name == "meta-inf/manifest.xml" and b"encryption-data" in markup:
        raise Unreadable("password")
    notices: set[Notice] = set()
    if _REMOTE.search(markup):
        notices.add("links")
    if name.endswith(("document.xml", "content.xml")) and _CHANGES.search(markup):
        notices.add("tracked_changes")
    return notices
