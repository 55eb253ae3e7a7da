"""What a corrected clock changes about earlier entries: derived with every reading, nothing is rewritten.

A correction is an entry of the kind `clock` that says that times before it were wrong. Whatever was written before it and bears a
later time was in truth written before it, so the correction's time is the latest it can have. What a pass did in vain on a day that
had not come does not hold: papers frozen, batons, letters, and that there was a pass. It stays in the journal as history; the pass
of the true day does it again. What the correction `keeps` holds as it is: a paper that a session has
treated, a letter that was sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from staffelstab.errors import LedgerError
from staffelstab.ledger.values import CLOCK, Entry, Line, entry_of

REVOCABLE = frozenset({"printed", "frozen", "sealed", "handed_over", "letter", "surveyed", "pass"})
"""Kinds of entries that do not hold if they were written at a time that had not come."""

CORRECTIONS = f"SELECT seq, at, facts FROM entries WHERE kind = '{CLOCK}' ORDER BY seq"  # noqa: S608 -- a word of our own


class Correction(msgspec.Struct, frozen=True):
    """A corrected clock: number and time of the entry that says so, and the subjects or keys of what holds nevertheless."""

    seq: int
    at: str
    keeps: frozenset[str]


class Corrections(msgspec.Struct, frozen=True):
    """All corrections of a ledger, in the order written; there are none as a rule."""

    made: tuple[Correction, ...] = ()

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]]) -> Corrections:
        """The corrections among the entries of the kind `clock`, given by number, time and facts."""
        found = ((row[0], str(row[1]), _facts(row)) for row in rows)
        return cls(
            tuple(
                Correction(seq, at, frozenset(map(str, facts.get("keeps", ()))))
                for seq, at, facts in found
                if facts.get("corrects")
            )
        )

    def entry(self, row: Sequence[Any]) -> Entry | None:
        """The entry of a row as it holds now; None if it does not. Raises LedgerError if the ledger cannot have written it."""
        if not self.made:
            return entry_of(row)
        try:
            return self._as_it_holds(Line(*row))
        except TypeError:
            raise LedgerError("ledger.entry", seq=row[0] if isinstance(row[0], int) else 0) from None

    def _as_it_holds(self, line: Line) -> Entry | None:
        meant = line.key.partition("#")[0] if line.key and line.kind in REVOCABLE else line.key
        later = [item for item in self.made if item.seq > line.seq and item.at < line.at]
        if line.kind in REVOCABLE and any(not {line.subject, meant} & item.keeps for item in later):
            return None
        return entry_of(line._replace(at=min((line.at, *(item.at for item in later))), key=meant))

    def before(self, until: str) -> int:
        """Whatever has a smaller number was written until then, whatever time it bears."""
        return max((item.seq for item in self.made if item.at <= until), default=0)

    def keys(self, key: str) -> list[str]:
        """Under which keys an entry may be stored that is to be found under `key`, the newest last."""
        return [key, *(f"{key}#{number}" for number in range(1, len(self.made) + 1))]


def _facts(row: Sequence[Any]) -> Mapping[str, Any]:
    try:
        facts = json.loads(row[2])
    except (TypeError, ValueError):
        facts = None
    if not isinstance(facts, dict):
        raise LedgerError("ledger.entry", seq=row[0] if isinstance(row[0], int) else 0)
    return facts
