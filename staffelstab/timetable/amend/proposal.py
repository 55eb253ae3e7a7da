"""What a change would do, and whether it may be made: the rules in their order, for whoever shows it and whoever records it.

First what cannot be understood or cannot be at all, which is raised: another name, the same day, a day that has passed, a plan that
would not hold together. Then what is shown with everything that would follow from it, and refused: a wall, a day beyond one,
somebody whose decision it is not. Last the question that a day asks which is only proposed: it is confirmed rather than moved.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from staffelstab.errors import RecordError
from staffelstab.timetable.amend.authority import Authority, unauthorised
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.confirming import confirmable, withdrawn
from staffelstab.timetable.amend.items import find_item
from staffelstab.timetable.amend.objections import beyond
from staffelstab.timetable.amend.past import Past, refuse_the_past, refuse_what_is_done
from staffelstab.timetable.amend.preview import Preview, preview
from staffelstab.timetable.amend.requests import Wish, requested, undecided, wall
from staffelstab.timetable.plan.change import Change


@dataclass(frozen=True, slots=True)
class Proposal:
    """Moves of a plan, or one confirmation, and everything that would follow.

    `refusal` says why they may not be recorded, `question` what has to be settled otherwise; None where nothing is in the way.
    """

    basis: Basis
    moves: tuple[Change, ...]
    preview: Preview
    authority: Authority | None = None
    refusal: RecordError | None = None
    question: RecordError | None = None

    def accepted_from(self) -> Authority:
        """In whose name it is recorded. Raises what stands in the way, RecordError too if nobody decided."""
        if self.refusal:
            raise self.refusal
        if self.authority is None:
            raise RecordError("amend.error.by_whom", item=self.moves[0].item)
        if self.question:
            raise self.question
        return self.authority


def propose(basis: Basis, wish: Wish, *, authority: Authority | None = None, past: Past | None = None) -> Proposal:
    """What moving would do; without `authority` it is only looked at, without `past` nothing is known to have happened yet.

    Raises RecordError for what cannot be moved at all.
    """
    moves = requested(basis, wish)
    fixed = wall(basis, moves)
    if past and not fixed:
        refuse_the_past(basis.plan, moves, past)
    seen = preview(basis, moves, past=past)
    refusal = fixed or beyond(basis, seen.against) or unauthorised(basis, moves, authority)
    return Proposal(basis, moves, seen, authority, refusal, undecided(basis, moves))


def propose_confirmation(
    basis: Basis, item: str, date: dt.date | None, *, authority: Authority, past: Past
) -> Proposal:
    """What it does to confirm a proposal, an assumption or an unknown; a day that was no candidate is taken too.

    Raises RecordError for what is not to be confirmed.
    """
    found = find_item(basis.plan, item, dated=date is not None)
    confirmable(basis, found, date)
    moves = (Change(found.name, "confirmed", date),)
    if withdrawn(found, date):
        refuse_what_is_done(basis.plan, moves, past)
    seen = preview(basis, moves, past=past)
    return Proposal(basis, moves, seen, authority, unauthorised(basis, moves, authority))
