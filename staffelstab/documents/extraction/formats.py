"""What a file is, told by its content; its name only decides between kinds of plain text."""

from __future__ import annotations

import io
import re
import zipfile

from staffelstab.documents.extraction.worker_answer import Unreadable

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
IMAGES = ("png", "jpg", "tif", "gif", "webp", "bmp", "heic")
BROKEN_ZIP = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError)

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"7z\xbc\xaf'\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b", "gz"),
)
_ZIPPED: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
)
_PACKAGED = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/epub+zip": "epub",
}
_OLE_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("__properties_version1.0", "msg"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
)
_NAMED = {
    "docm": "docx", "dotx": "docx", "dotm": "docx", "ott": "odt", "ots": "ods", "xlsm": "xlsx", "xltx": "xlsx", "dot": "doc",
    "jpeg": "jpg", "jpe": "jpg", "tiff": "tif", "heif": "heic", "htm": "html", "xhtml": "html", "md": "txt", "markdown": "txt",
    "textile": "txt", "mediawiki": "txt", "text": "txt", "csv": "txt", "tsv": "txt",
}  # fmt: skip
_KNOWN = {"txt", "pdf", "rtf", "html", "eml", "doc", "xls", "ppt", "msg", "zip", *IMAGES}
_KNOWN |= {form for _, form in _ZIPPED} | set(_PACKAGED.values())
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|div|p|span)\b",
    re.I | re.S,
)
_HEADER = re.compile(rb"(?:From |[!-9;-~]+:[ \t\r\n])")
_MAIL_HEADERS = re.compile(
    rb"^(?:received|from|to|subject|date|message-id|mime-version|content-type|return-path|delivered-to|x-[\w-]+):",
    re.I | re.M,
)


def recognise(content: bytes, name: str) -> str:
    """The form of `content`: "docx", "pdf", "txt", …; "unknown" when nothing fits. Raises Unreadable for a broken archive."""
    if content.startswith(ZIP):
        return _zipped(content)
    if content.startswith(OLE):
        return _ole(content)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    for signature, form in _SIGNATURES:
        if content.startswith(signature) and (form != "bmp" or content[6:10] == bytes(4)):
            return form
    if content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"heim", b"hevc"):
        return "heic"
    return _text(content, suffix(name))


def recognised(content: bytes, name: str) -> str:
    """As recognise, with "unknown" for a broken archive."""
    try:
        return recognise(content, name)
    except Unreadable:
        return "unknown"


def suffix(name: str) -> str:
    """The ending of `name` in lower case, without the dot: "" if there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def claimed(name: str) -> str:
    """The known form that `name` claims by its ending; "unknown" if there is none."""
    form = _NAMED.get(suffix(name), suffix(name))
    return form if form in _KNOWN else "unknown"


def disagrees(form: str, name: str) -> bool:
    """Whether the name claims another known form than the content has."""
    return claimed(name) not in ("unknown", _NAMED.get(form, form))


def _zipped(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").strip().removesuffix(b"-template")
                return _PACKAGED.get(kind, "zip")
    except (*BROKEN_ZIP, RuntimeError):
        raise Unreadable("damaged") from None
    return next((form for member, form in _ZIPPED if member in names), "zip")


def _ole(content: bytes) -> str:
    return next((form for stream, form in _OLE_STREAMS if stream.encode("utf-16-le") in content), "ole")


def _text(content: bytes, ending: str) -> str:
    head = content[:4096]
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if _is_mail(head, ending):
        return "eml"
    return ending if ending in ("csv", "tsv", "md") else "txt"


def _is_mail(head: bytes, ending: str) -> bool:
    first = re.split(rb"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0]
    lines = [line for line in first.splitlines() if not line.startswith((b" ", b"\t"))]
    if not all(_HEADER.match(line + b"\n") for line in lines[:-1] or lines):
        return False
    return len(set(_MAIL_HEADERS.findall(first))) >= (1 if ending in ("eml", "msg") else 3)
