"""Images of several pages (TIFF 6.0): fax machines and scanners write them, text recognition looks at the first page only."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_MOST = 500  # pages


def pages(content: bytes, form: str) -> Iterator[bytes]:
    """The picture once per page, each time with another page as its first; any other picture, or a damaged one, as it is."""
    places = _directories(content) if form == "tif" else []
    if len(places) < 2:
        yield content
        return
    order = _order(content)
    for place in places:
        yield content[:4] + struct.pack(f"{order}I", place) + content[8:]


def _directories(content: bytes) -> list[int]:
    """Where the pages' directories lie: a chain that starts in the header; a loop ends it."""
    order = _order(content)
    places: list[int] = []
    try:
        (place,) = struct.unpack_from(f"{order}I", content, 4)
        while place and place not in places and len(places) < _MOST:
            (entries,) = struct.unpack_from(f"{order}H", content, place)
            (following,) = struct.unpack_from(f"{order}I", content, place + 2 + 12 * entries)
            places.append(place)
            place = following
    except struct.error:
        return places
    return places


def _order(content: bytes) -> str:
    return "<" if content.startswith(b"II") else ">"
