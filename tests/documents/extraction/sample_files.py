"""Papers written for the tests: small documents of every kind, and hostile ones made on the spot (never committed)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """An archive with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(*paragraphs: str, prolog: str = "", body: str = "", extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word document; `body` is raw mark-up after the paragraphs, `prolog` stands before the root element."""
    text = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in paragraphs)
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<w:document {_W}><w:body>{text}{body}</w:body></w:document>'
    )
    return zipped({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS, "word/document.xml": document, **(extra or {})})


def pdf(*pages: str) -> bytes:
    """A PDF with one line of text on each page."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects += [f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    for number, text in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {5 + 2 * number} 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    return _pdf_file(objects)


def _pdf_file(objects: Sequence[str]) -> bytes:
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    return f"{out}{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF".encode()


def png(width: int, height: int) -> bytes:
    """A white picture, or one that only claims to be that large."""
    rows = zlib.compress((b"\0" + b"\xff" * width) * height if width * height < 10**7 else b"")
    parts = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def mail(body: str, attachments: Mapping[str, bytes] | None = None, **headers: str) -> bytes:
    """A mail; underscores in header names stand for hyphens."""
    message = EmailMessage()
    for name, value in {"From": "Beisitz 3 <b3@example.org>", "Subject": "Unser Beitrag", **headers}.items():
        message[name.replace("_", "-")] = value
    message["Date"] = "Sun, 14 Jan 2018 23:58:00 +0100"
    message.set_content(body)
    for name, content in (attachments or {}).items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def nested_mail(depth: int) -> bytes:
    """A mail whose parts lie `depth` deep in one another."""
    opened = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return f"From: a@example.org\nSubject: tief\nMIME-Version: 1.0\n{opened}Content-Type: text/plain\n\nganz innen\n".encode()


def endless_pdf(levels: int = 12, calls: int = 10) -> bytes:
    """A PDF of a few kilobytes that takes for ever: each form draws the one below it ten times."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>>>>>",
        "<</Length 5>>stream\n/X Do\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for level in range(levels):
        drawn = "/X Do " * calls if level < levels - 1 else "BT /F1 12 Tf 72 700 Td (a) Tj ET"
        below = f"/XObject<</X {7 + level} 0 R>>" if level < levels - 1 else "/Font<</F1 5 0 R>>"
        head = f"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<{below}>>/Length {len(drawn)}"
        objects.append(f"<<{head}>>stream\n{drawn}\nendstream")
    return _pdf_file(objects)
