"""One mail after another to one server (RFC 5321), and for each what became of it, as far as anybody can know.

A mail is with the server when it has said so after the last line, and not before. If the line breaks between that last line and the
answer nobody knows: it is "unknown", and a person is asked, never guessed (the mail would otherwise come twice, or not at all).
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Literal

from staffelstab.errors import StaffelstabError
from staffelstab.mailing.mail_settings import MailSettings

PATIENCE_SECONDS = 60.0
Result = Literal["sent", "later", "refused", "unknown"]
_DOT = re.compile(rb"^\.", re.MULTILINE)
BROKEN = (OSError, smtplib.SMTPException)
"""What a server or a line that fails shows itself by."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one attempt; `code` is the server's answer (RFC 5321, 4.2), 0 if there was none."""

    result: Result
    code: int = 0


class MailLine:
    """A connection to the server; once it `is_broken` nothing more can be sent on it."""

    def __init__(self, connection: smtplib.SMTP, sender: str) -> None:
        self._smtp = connection
        self._sender = sender
        self.is_broken = False

    def send(self, to: str, data: bytes) -> Outcome:
        """Send one mail to one address. Never raises for what a server or a network does."""
        try:
            for command, fine in (
                (f"MAIL FROM:<{self._sender}>", 250),
                (f"RCPT TO:<{to}>", 250),
                ("DATA", 354),
            ):
                code = self._smtp.docmd(command)[0]
                if code != fine and not (fine == 250 and code == 251):
                    return self._refused(code)
        except BROKEN:
            self.is_broken = True
            return Outcome("later")
        return self._hand_over(data)

    def _hand_over(self, data: bytes) -> Outcome:
        stuffed = _DOT.sub(b"..", data)  # RFC 5321, 4.5.2
        whole = stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"
        try:
            self._smtp.send(whole + b".\r\n")
            code = self._smtp.getreply()[0]
        except BROKEN:
            self.is_broken = True
            return Outcome("unknown")
        if code == 250:
            return Outcome("sent", code)
        return self._refused(code)

    def _refused(self, code: int) -> Outcome:
        """The server's no: for now (4xx) or for good (5xx). 421 means that it is closing."""
        if code in (421, -1):
            self.is_broken = True
            return Outcome("later", max(code, 0))
        with suppress(*BROKEN):
            self._smtp.rset()
        return Outcome("refused" if 500 <= code < 600 else "later", code)


@contextmanager
def mail_line(settings: MailSettings) -> Generator[MailLine]:
    """Within the block the server can be spoken to.

    Raises StaffelstabError if it cannot be reached, shows no valid certificate, or does not let us in; nothing is sent then.
    """
    connection = _connected(settings)
    try:
        yield MailLine(connection, settings.sender)
    finally:
        with suppress(*BROKEN):
            connection.quit()
        connection.close()


def _connected(settings: MailSettings) -> smtplib.SMTP:
    context = ssl.create_default_context()
    try:
        if settings.security == "tls":
            made: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.number, timeout=PATIENCE_SECONDS, context=context, local_hostname="localhost"
            )
        else:
            made = smtplib.SMTP(settings.host, settings.number, timeout=PATIENCE_SECONDS, local_hostname="localhost")
            if settings.security == "starttls":
                made.starttls(context=context)
        made.ehlo_or_helo_if_needed()
        if settings.user:
            made.login(settings.user, settings.password)
    except smtplib.SMTPAuthenticationError:
        raise StaffelstabError("mailing.error.login", host=settings.host) from None
    except ssl.SSLError:
        raise StaffelstabError("mailing.error.certificate", host=settings.host) from None
    except smtplib.SMTPNotSupportedError:
        raise StaffelstabError("mailing.error.no_starttls", host=settings.host) from None
    except BROKEN:
        raise StaffelstabError("mailing.error.unreachable", host=settings.host) from None
    return made
