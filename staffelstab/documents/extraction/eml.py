"""Mail (RFC 5322, MIME): head, body, and the attachments as bytes for the parent to hand back one by one.

Every header is cut as soon as it is seen: some functions of the standard library take time by the square of its length, and
others call themselves for every bracket in it.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import Message

from staffelstab.documents.extraction.extracted_text import Mail
from staffelstab.documents.extraction.formats import IMAGES, recognised
from staffelstab.documents.extraction.limits import Limits
from staffelstab.documents.extraction.mail_head import decoded, mail_head
from staffelstab.documents.extraction.markup import read_html
from staffelstab.documents.extraction.normalise import paragraphs
from staffelstab.documents.extraction.plain import decode
from staffelstab.documents.extraction.worker_answer import Content, Unreadable

HEADER = 4000
"""Characters of a header that are kept: the boundaries and names of files in it have a few dozen."""

_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")


_DECORATION = 50_000  # bytes; a larger picture in a mail's text may be a photographed paper


class _Cut(email.policy.Compat32):
    """The policy of the standard library that reads everything, for headers of bounded length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:HEADER]


_CUT = _Cut()


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail of either kind before its body is made into paragraphs."""

    head: Mail = field(default_factory=Mail)
    plain: str = ""
    html: bytes = b""
    attachments: tuple[tuple[str, bytes], ...] = ()

    def content(self) -> Content:
        """The plain body if there is one, else the HTML body."""
        plain = tuple((line, None) for line in paragraphs(self.plain))
        if plain or not self.html.strip():
            return Content(plain, mail=self.head, attachments=self.attachments)
        page = read_html(self.html)
        return Content(page.paragraphs, page.tables, self.head, page.notices, self.attachments)


def is_decoration(name: str, content: bytes, content_id: str, html: bytes) -> bool:
    """Whether an attachment is a small picture that the body shows, such as a logo in a signature."""
    shown = content_id.strip("<> ").encode("utf-8", "replace")
    return (
        bool(shown) and b"cid:" + shown in html and len(content) < _DECORATION and recognised(content, name) in IMAGES
    )


def read_mail(content: bytes, limits: Limits) -> Content:
    """Head, body and attachments. Raises Unreadable: "nested" (depth or number of parts), "password" (encrypted mail)."""
    try:
        message = email.message_from_bytes(content, policy=_CUT)
        return _letter(message, limits).content()
    except RecursionError:
        raise Unreadable("nested") from None
    except MessageError:
        raise Unreadable("damaged") from None


def _letter(message: Message, limits: Limits) -> Letter:
    plain: list[str] = []
    html: list[bytes] = []
    attached: list[tuple[str, bytes, str]] = []
    for part in _leaves(message, limits):
        kind = part.get_content_type()
        if _is_attached(part):
            attached.append((_name(part), _bytes(part), str(part.get("content-id", ""))))
        elif kind == "text/html":
            html.append(_as_utf8(part))
        elif kind.startswith("text/"):
            plain.append(_text(part))
    headers = {name.lower(): _written(value) for name, value in reversed(list(message.raw_items()))}
    page = b"\n".join(html)
    kept = tuple((name, content) for name, content, shown in attached if not is_decoration(name, content, shown, page))
    return Letter(mail_head(headers, message.get_content_type()), "\n\n".join(plain), page, kept)


def _leaves(message: Message, limits: Limits) -> Iterator[Message]:
    """Every part that has no parts, in order. A forwarded mail (message/rfc822) is one part."""
    stack = [(message, 0)]
    count = 0
    while stack:
        part, depth = stack.pop()
        count += 1
        if depth > limits.depth or count > limits.parts:
            raise Unreadable("nested")
        kind = part.get_content_type()
        if kind in _ENCRYPTED and part.get_param("smime-type") != "signed-data":
            raise Unreadable("password")
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_maintype() == "multipart":
            stack.extend((child, depth + 1) for child in reversed(payload) if isinstance(child, Message))
        elif kind not in _SIGNATURES:
            yield part


def _is_attached(part: Message) -> bool:
    if part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment":
        return True
    return part.get_content_subtype() not in ("plain", "html", "enriched") or part.get_filename() is not None


def _bytes(part: Message) -> bytes:
    payload = part.get_payload()
    if isinstance(payload, list):  # message/rfc822 and its kin
        return b"".join(child.as_bytes() for child in payload if isinstance(child, Message))
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def _name(part: Message) -> str:
    name = part.get_filename() or ""
    if not name and part.get_content_maintype() == "message":
        return "nachricht.eml"
    return decoded(name)


def _text(part: Message) -> str:
    content = _bytes(part)
    try:
        return content.decode(part.get_content_charset() or "")
    except (LookupError, UnicodeDecodeError):
        return decode(content)[0] if content else ""


def _as_utf8(part: Message) -> bytes:
    return _text(part).encode("utf-8", "replace")


def _written(value: str) -> str:
    """A header as it was written; bytes beyond ASCII, which are no longer rare, are taken as UTF-8."""
    return (
        value.encode("ascii", "surrogateescape").decode("utf-8", "replace")
        if max(value, default="") >= "\udc80"
        else value
    )
