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

    def is_same_person(self, other: Contact) -> bool:
        """Whether two rows are about one person: by the name together with the mail or the postal address.

        Neither suffices alone: people share names, and an office's mailbox or a household's address.
        """
        if folded(self.name) != folded(other.name):
            return False
        same_mail = bool(self.mail) and folded(self.mail) == folded(other.mail)
        return same_mail or (bool(self.post) and self.post == other.post)


def folded(text: str) -> str:
    """A name or an address as it is compared."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def is_mail_address(text: str) -> bool:
    """Whether this is one plain address (RFC 5321, without quoted names and addresses of machines), and nothing besides.

    An address becomes part of a mail's head and of what is said to a mail server: what is not plainly one is refused.
    """
    local = text.partition("@")[0]
    is_dotted_well = ".." not in text and not local.startswith(".") and not local.endswith(".")
    return len(text) <= 254 and is_dotted_well and _MAIL.fullmatch(text) is not None
