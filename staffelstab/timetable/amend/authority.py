"""In whose name a change is made, and whether that is theirs to decide (R45, R46).

A body that the plan does not let decide may have been authorised by the one that does; whoever records the change says so, the
journal keeps it, and the draft of the amending resolution prints it. An office, an association or a group amends no resolution.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from staffelstab.errors import RecordError
from staffelstab.language import Fact
from staffelstab.ledger.values import Known
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.items import find_item, item_label, near
from staffelstab.timetable.plan.actors import Actor, actors, find_actor, name_of
from staffelstab.timetable.plan.change import Change
from staffelstab.timetable.plan.deciders import deciders, is_resolved
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.slots import slots


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decided, by id, in which session ("" if that was not said), and whether they say that they were authorised to."""

    by: str
    session: str = ""
    authorised: bool = False

    @property
    def facts(self) -> dict[str, Known]:
        """As the journal keeps it."""
        said: dict[str, Known] = {"by": self.by, "session": self.session}
        return said | {"authorised": True} if self.authorised else said


def decided_by(plan: Plan, name: str, item: str) -> Actor:
    """The actor that somebody names as having decided on `item`. Raises RecordError for nobody, and for an unknown one."""
    if not name.strip():
        raise RecordError("amend.error.by_whom", item=item)
    found = find_actor(plan, name)
    if found is None:
        close = near(name, sorted(actors(plan)))
        hint = plan.words.say("amend.hint.near", names=close) if close else ""
        raise RecordError("amend.error.unknown_actor", actor=name, hint=hint)
    return found


def may_decide(basis: Basis, move: Change) -> tuple[str, ...]:
    """The ids of those who may decide on a move: what the body of the resolution decided since is its own as well."""
    body = basis.plan.resolution.body
    decided = any(recorded.item == move.item and recorded.by == body for recorded in basis.changes)
    return (body,) if decided or move.date is None else deciders(basis.adopted, move.item)


def unauthorised(basis: Basis, moves: Sequence[Change], authority: Authority | None) -> RecordError | None:
    """Why the moves are refused, if one of them is not theirs to decide: who may, and what to do instead. Nobody is not refused."""
    if authority is None or (authority.authorised and _is_body(basis.plan, authority.by)):
        return None
    for move in moves:
        allowed = may_decide(basis, move)
        if authority.by not in allowed:
            return _refusal(basis, move, allowed, authority.by)
    return None


def _is_body(plan: Plan, actor: str) -> bool:
    return any(body.id == actor for body in plan.bodies)


def _refusal(basis: Basis, move: Change, allowed: Sequence[str], by: str) -> RecordError:
    plan, words = basis.plan, basis.plan.words
    what = item_label(plan, find_item(plan, move.item, dated=move.date is not None))
    facts: dict[str, Fact] = {"what": what, "actor": name_of(plan, by), "who": _either(plan, allowed), "by": allowed[0]}
    way = words.say(f"amend.authority.{'body' if _is_body(plan, by) else 'other'}", **facts)
    slot = slots(basis.adopted).get(move.item) if move.date else None
    kind = "resolved" if slot and is_resolved(basis.adopted, slot) else "open"
    return RecordError(f"amend.error.not_theirs_{kind}", **facts, way=way)


def _either(plan: Plan, allowed: Sequence[str]) -> str:
    first, *more = (name_of(plan, actor) for actor in allowed)
    return plan.words.say("amend.authority.either", first=first, last=more[0]) if more else first
