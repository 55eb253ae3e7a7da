"""Who was heard and who was not: units × roles (R69, R74, U8).

"Unbesetzt", "abgelehnt" and "nicht angefragt" are three different things and stay so. A duty to hold the talks (R69) is
met when every seat was heard or is vacant, or refused with a reason on record; a duty to seek them (R74) is met by
asking every seat.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Status = Literal["held", "scheduled", "asked", "offered", "no_answer", "refused", "vacant", "not_asked"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Seat:
    """One role in one unit: somebody to be heard."""

    unit: str
    role: str


@dataclass(frozen=True, slots=True)
class Interview:
    """What is on record about one seat; `reason` says why a talk was refused."""

    unit: str
    role: str
    status: Status
    date: dt.date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One unit and the status of each role, in the order of `Coverage.roles`."""

    unit: str
    statuses: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The matrix. `unexplained` seats refused without a reason; `outside` names records of no seat asked for."""

    roles: tuple[str, ...]
    rows: tuple[Row, ...]
    attempt: bool
    unexplained: tuple[Seat, ...]
    outside: tuple[Seat, ...]

    @property
    def counts(self) -> dict[Status, int]:
        """How many seats are in each status; all eight are named, also with 0."""
        found = [status for row in self.rows for status in row.statuses]
        return {status: found.count(status) for status in STATUSES}

    @property
    def total(self) -> int:
        """The number of seats."""
        return len(self.rows) * len(self.roles)

    @property
    def open(self) -> tuple[Seat, ...]:
        """The seats for which the duty is not met yet."""
        return tuple(seat for seat, status in self._seats() if not self._met(seat, status))

    @property
    def complete(self) -> bool:
        """Whether the duty is met for every seat."""
        return not self.open

    def seats(self, status: Status) -> tuple[Seat, ...]:
        """The seats in `status`, unit by unit."""
        return tuple(seat for seat, found in self._seats() if found == status)

    def _seats(self) -> Iterable[tuple[Seat, Status]]:
        for row in self.rows:
            for role, status in zip(self.roles, row.statuses, strict=True):
                yield Seat(row.unit, role), status

    def _met(self, seat: Seat, status: Status) -> bool:
        if self.attempt:
            return status != "not_asked"
        return status in ("held", "vacant") or (status == "refused" and seat not in self.unexplained)


def coverage(
    units: Sequence[str], roles: Sequence[str], records: Iterable[Interview], attempt: bool = False
) -> Coverage:
    """The matrix of `units` × `roles`; of several records for one seat the last one given counts.

    `attempt=True` is the weaker duty of R74: an offered talk satisfies it.
    """
    latest = {Seat(record.unit, record.role): record for record in records}
    seats = [Seat(unit, role) for unit in units for role in roles]
    return Coverage(
        roles=tuple(roles),
        rows=tuple(Row(unit, tuple(_status(latest.get(Seat(unit, role))) for role in roles)) for unit in units),
        attempt=attempt,
        unexplained=tuple(seat for seat in seats if _unexplained(latest.get(seat))),
        outside=tuple(seat for seat in latest if seat not in set(seats)),
    )


def _status(record: Interview | None) -> Status:
    return record.status if record else "not_asked"


def _unexplained(record: Interview | None) -> bool:
    return record is not None and record.status == "refused" and not record.reason.strip()
