"""Documents as downloads: files of the working folder that we wrote, and originals that strangers sent.

For every page that offers one. Only an ordinary file inside the named folder is sent, never a link's target; a browser shows
nothing but our own HTML, in a sandbox and without loading anything, and saves all else. What a file is called says nothing of its
content: ours have names that we gave them, an original is given a neutral one.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from starlette.responses import Response

from staffelstab.errors import RecordError
from staffelstab.files import read_inside
from staffelstab.publishing.dossier.annex import MEDIA

LARGEST = 200_000_000
"""So many bytes a document may have to be sent."""
SHOWN = ".html"
"""The ending of what a browser may show; it is ours, and carries its style and pictures in itself."""
ENDINGS = MEDIA | {
    ".html": "text/html; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".png": "image/png",
    ".json": "application/json",
    ".eml": "message/rfc822",
}
UNKNOWN = "application/octet-stream"
POLICY = (
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,149}")


def stored(folder: Path, path: str, *, name: str = "") -> Response:
    """The file at `path` ("/" between) inside `folder`, saved as `name`. Raises RecordError if there is none to send."""
    data = read_inside(folder, path, LARGEST)
    if data is None:
        raise RecordError("pages.error.nothing_here")
    return document(data, name or path.rpartition("/")[2])


def document(data: bytes, name: str) -> Response:
    """A document that we made, by the ending of its name."""
    ending = Path(name).suffix.lower()
    return _sent(data, name, ENDINGS.get(ending, UNKNOWN), "inline" if ending == SHOWN else "attachment")


def original(data: bytes, ref: str, form: str) -> Response:
    """What a stranger sent, as it came: to be saved, under the number by which people cite it, and never shown by the browser."""
    ending = form if _PLAIN.fullmatch(form) else "bin"
    return _sent(data, f"{ref}.{ending}", UNKNOWN, "attachment")


def _sent(data: bytes, name: str, media: str, how: str) -> Response:
    headers = {
        "Content-Disposition": f"{how}; {_named(name)}",
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
    }
    return Response(data, media_type=media, headers=headers)


def _named(name: str) -> str:
    """A name as a header holds it; one with other than plain characters is written out by RFC 8187."""
    return f'filename="{name}"' if _PLAIN.fullmatch(name) else f"filename*=UTF-8''{quote(name, safe='')}"
