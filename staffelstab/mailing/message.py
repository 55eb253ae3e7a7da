"""A released letter as the mail that one person gets: to them alone, from the office, under a Message-ID that never changes.

The same person, letter and moment make the same bytes. A second attempt bears the same Message-ID, so that a mailbox which has the
first one can tell (RFC 5322, 3.6.4).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import mimetypes
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from staffelstab.documents.rendering.characters import line
from staffelstab.errors import RenderError
from staffelstab.people.contact import Contact, is_mail_address
from staffelstab.publishing.outbox.letter_names import safe
from staffelstab.publishing.outbox.stored_letters import StoredLetter
from staffelstab.timetable.plan.model import Plan

LONGEST_LINE = 900


def message_id(plan: Plan, letter: str, person: str) -> str:
    """The id of the mail that a person gets for a letter; from it nobody learns either."""
    digest = hashlib.sha256(f"{plan.id}\n{letter}\n{person}".encode()).hexdigest()
    return f"<{digest[:40]}@{safe(plan.id)}.staffelstab>"


def personal_mail(
    plan: Plan, letter: StoredLetter, contact: Contact, sender: tuple[str, str], identity: str, at: dt.datetime
) -> bytes:
    """The mail to one person. `sender` is the office's name and the address it comes from, `identity` the Message-ID.

    Raises RenderError if a header could not hold what it is to hold; nothing of it is quoted.
    """
    message = EmailMessage(policy=policy.SMTP)
    try:
        message["From"] = _address(*sender)
        message["To"] = _address(contact.name, contact.mail)
        message["Subject"] = line(letter.heading.subject)
    except (ValueError, TypeError):
        raise RenderError("mailing.error.header") from None
    message["Date"] = format_datetime(at)
    message["Message-ID"] = identity
    message["Auto-Submitted"] = "auto-generated"
    short = all(len(part.encode()) <= LONGEST_LINE for part in letter.text.split("\n"))
    message.set_content(letter.text, cte="8bit" if short and letter.text.isascii() else "quoted-printable")
    message["Content-Language"] = plan.language
    for enclosure in letter.enclosures:
        kind = mimetypes.guess_type(enclosure.name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        message.add_attachment(enclosure.data, maintype=main, subtype=sub, filename=enclosure.name)
    if message.is_multipart():
        message.set_boundary(f"part-{hashlib.sha256(identity.encode() + letter.text.encode()).hexdigest()[:24]}")
    return message.as_bytes()


def _address(name: str, address: str) -> Address:
    """A name and an address in a header; whatever is not plainly an address is none."""
    if not is_mail_address(address):
        raise ValueError("address")
    return Address(display_name=line(name), addr_spec=address)
