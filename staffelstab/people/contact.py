"""How a person is reached, as the role list has it."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import msgspec

Way = Literal["mail", "post"]
MOST_LINES = 6
"""Lines of an address on an envelope, the name above them apart (DIN 5008)."""
_MAIL = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}"
)


class Contact(msgspec.Struct, frozen=True):
    """A person's name, form of address ("Frau Dr. Muster"), mail address, postal address line by line, and the preferred way."""

    name: str
    salutation: str = ""
    mail: str = ""
    post: tuple[str, ...] = ()
    way: Way = "mail"

    @property
    def by(self) -> Way | None:
        """How this person is written to: as they prefer, or the other way if that is the only one; None if there is none."""
        if self.mail and (self.way == "mail" or not self.post):
            return "mail"
        return "post" if self.post else None

    @property
    def identity(self) -> str:
        """What makes two rows one person: the mail address, or else the name with the postal address."""
        return folded(self.mail) if self.mail else folded(" / ".join((self.name, *self.post)))


def folded(text: str) -> str:
    """A name or an address as it is compared."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def is_mail_address(text: str) -> bool:
    """Whether this is one plain address (RFC 5321, without quoted names and addresses of machines), and nothing besides.

    An address becomes part of a mail's head and of what is said to a mail server: what is not plainly one is refused.
    """
    return len(text) <= 254 and ".." not in text and _MAIL.fullmatch(text) is not None
