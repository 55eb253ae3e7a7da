"""What a form sends, read within limits; and whether somebody has entered something since its preview was shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import parse_qsl

from staffelstab.errors import RecordError
from staffelstab.ledger.quick_read import quick_read
from staffelstab.ledger.values import CLOCK
from staffelstab.people.holdings import HOLDER
from staffelstab.publishing.artifacts.todo import ENTERED
from staffelstab.publishing.outbox.deliveries import KINDS as SENDING
from staffelstab.service.phase_run import Run

LONGEST = 4_000_000
"""So many bytes are taken at all: a form says at its fields what is too long for it, with what was typed."""
MOST = 500
"""So many fields a form has at most."""
SEEN = "seen"
CHANGING = ENTERED | {"frozen", "handed_over", "surveyed", "letter", "sent", HOLDER, *SENDING, CLOCK}
"""What may change what follows from an entry: what people enter, and what a pass makes of it meanwhile."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a form as they were sent, without spaces around them; of a name that was sent twice the last."""

    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def read(cls, body: bytes) -> Fields:
        """The fields of a form that was sent URL-encoded. Raises RecordError for what no form of ours sends."""
        try:
            pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST, errors="strict")
        except ValueError:
            raise RecordError("pages.error.form") from None
        return cls({name: value.strip().replace("\r\n", "\n") for name, value in pairs})

    def text(self, name: str) -> str:
        """What was entered; "" if nothing."""
        return self.values.get(name, "")

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return bool(self.text(name))

    def number(self, name: str) -> int | None:
        """A whole number; None if the field was left empty. Raises RecordError naming the field."""
        given = self.text(name)
        if not given:
            return None
        if not (given.isascii() and given.isdigit() and len(given) < 8):
            raise RecordError("pages.error.number", field=name, given=given[:40])
        return int(given)

    def day(self, name: str) -> dt.date | None:
        """A day as the browser's field for days sends it; None if it was left empty. Raises RecordError."""
        given = self.text(name)
        if not given:
            return None
        try:
            day = dt.date.fromisoformat(given)
        except ValueError:
            raise RecordError("pages.error.day", given=given[:40]) from None
        if not 1900 <= day.year <= 2999:
            raise RecordError("pages.error.day", given=given[:40])
        return day


def seen(run: Run) -> str:
    """What a preview is based on: the number of the last entry that may change what follows."""
    entries = quick_read(run.workspace.ledger, *sorted(CHANGING), until=run.now)
    return str(entries[-1].seq if entries else 0)


def refuse_meanwhile(run: Run, fields: Fields) -> None:
    """Raise RecordError if something was entered since the preview was shown, by a pass too: it may have changed what follows."""
    if fields.text(SEEN) != seen(run):
        raise RecordError("pages.error.meanwhile")
