"""Through which mail server letters leave: `mail.toml` in the working folder, for its owner's eyes only.

host = "smtp.example.org"
port = 587
security = "starttls"                                  "starttls", "tls", or "none" for a server on this machine
user = "koordination@example.org"
password = "…"                                         or in the environment, as STAFFELSTAB_MAIL_PASSWORD
sender = "koordination@example.org"                    what letters come from; the office's name is put before it
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from staffelstab.errors import StaffelstabError
from staffelstab.files import NotPrivateError, read_private
from staffelstab.people.contact import is_mail_address
from staffelstab.timetable.plan.toml_file import parsed

FILE, PASSWORD = "mail.toml", "STAFFELSTAB_MAIL_PASSWORD"
LONGEST = 20_000
HERE = frozenset({"127.0.0.1", "::1", "localhost"})
PORTS = {"starttls": 587, "tls": 465, "none": 25}


class MailSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The server, how to speak to it, who we are there, and from which address letters come."""

    host: str
    sender: str
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 0
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        """Without the password."""
        return f"MailSettings({self.host!r})"

    @property
    def number(self) -> int:
        """The port, the usual one of the kind of connection if none is named."""
        return self.port or PORTS[self.security]


def read_mail_settings(root: Path, environment: Mapping[str, str] = os.environ) -> MailSettings | None:
    """The settings of a working folder; None if it has none.

    Raises StaffelstabError for a file that others may read, or that cannot be used; it never says what stands there.
    """
    try:
        text = read_private(root / FILE, LONGEST)
    except NotPrivateError:
        raise StaffelstabError("mailing.error.mode", file=FILE) from None
    except (OSError, ValueError):
        raise StaffelstabError("mailing.error.unreadable", file=FILE) from None
    return None if text is None else _checked(text, environment)


def _checked(text: bytes, environment: Mapping[str, str]) -> MailSettings:
    try:
        found = msgspec.convert(parsed(text.decode("utf-8")), MailSettings)
    except (ValueError, RecursionError):  # msgspec's own errors are ValueErrors, and quote what stands there
        raise StaffelstabError("mailing.error.unusable", file=FILE) from None
    if not found.host.isprintable() or not found.host or not found.host.isascii():
        raise StaffelstabError("mailing.error.unusable", file=FILE)
    if not is_mail_address(found.sender):
        raise StaffelstabError("mailing.error.sender", file=FILE)
    if found.security == "none" and found.host not in HERE:
        raise StaffelstabError("mailing.error.open_line", file=FILE)
    return found if found.password else msgspec.structs.replace(found, password=environment.get(PASSWORD, ""))
