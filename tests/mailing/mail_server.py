"""A real mail server on this machine that answers by the address: takes a mail, defers it, refuses it, or cuts the line."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

ANSWERS = {"greylisted": "451 later, please", "full": "452 mailbox full", "gone": "550 nobody here"}


@dataclass
class MailServer:
    """What it took, by recipient; `answers` may be changed while it runs, `cut` are those at whose mails the line is cut."""

    port: int = 0
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=lambda: dict(ANSWERS))
    cut: set[str] = field(default_factory=set)
    keeps_what_it_cuts: bool = True

    def mails(self, to: str) -> list[EmailMessage]:
        """The mails that one address got, as another program reads them."""
        parser = BytesParser(policy=policy.default)
        return [parser.parsebytes(data) for address, data in self.taken if address == to]

    async def handle_RCPT(  # noqa: N802 -- called by this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        name = address.partition("@")[0]
        if answer := self.answers.get(name):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- as above
        [address] = envelope.rcpt_tos
        content = envelope.content or b""
        data = content if isinstance(content, bytes) else content.encode()
        if address.partition("@")[0] in self.cut:
            if self.keeps_what_it_cuts:
                self.taken.append((address, data))
            transport: Any = server.transport
            transport.abort()
            return "250 never said"
        self.taken.append((address, data))
        return "250 OK"


@contextmanager
def mail_server(server: MailServer | None = None, port: int = 0) -> Generator[MailServer]:
    """Within the block it takes mails on 127.0.0.1."""
    made = server or MailServer()
    controller = Controller(made, hostname="127.0.0.1", port=port or free_port(), decode_data=False)
    controller.start()
    made.port = controller.port
    try:
        yield made
    finally:
        controller.stop()


def free_port() -> int:
    """A port nobody listens on just now."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
