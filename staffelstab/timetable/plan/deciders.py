"""Who may decide on a date or a reading: it follows from the plan as it was adopted (R45, R53).

* What the resolution says, only the body that adopted it may change.
* The days of a session that no sentence of the resolution sets (derived, assumed, unknown), the body that meets may set as well.
* The day on which a post is filled, whoever appoints to it may say as well, unless the resolution says it.
* On everything else that is open, the body decides that adopted the resolution.
"""

from __future__ import annotations

from staffelstab.timetable.plan.model import Office, Plan, Session, Value
from staffelstab.timetable.plan.slots import Slot, slots


def deciders(plan: Plan, name: str) -> tuple[str, ...]:
    """The ids of those who may decide on the date or reading called `name`, the one concerned most first.

    `plan` is the plan as its file has it; of a date that has no day or no certain one yet, any later state says the same.
    """
    body, slot = plan.resolution.body, slots(plan).get(name)
    if slot is None or is_resolved(plan, slot):
        return (body,)
    return deciders_of_open(plan, _item(plan, slot), slot.field.attribute)


def who_decides(plan: Plan) -> tuple[str, ...]:
    """The ids of all who may decide on anything: the bodies, and whoever appoints to a post."""
    bodies = (body.id for body in plan.bodies)
    return tuple(dict.fromkeys((*bodies, *(office.appointed_by for office in plan.offices if office.appointed_by))))


def is_resolved(plan: Plan, slot: Slot) -> bool:
    """Whether the resolution itself sets the day: it is adopted, and a sentence stands behind its item."""
    return slot.when.status == "adopted" and _item(plan, slot).origin == "adopted"


def deciders_of_open(plan: Plan, item: Value, attribute: str) -> tuple[str, ...]:
    """The ids of those who may decide on a day of `item` that the resolution leaves open, the one concerned most first."""
    body = plan.resolution.body
    found: tuple[str, ...] = (body,)
    if isinstance(item, Session):
        found = (item.body, body)
    elif isinstance(item, Office) and attribute == "filled" and item.appointed_by:
        found = (body, item.appointed_by)
    return tuple(dict.fromkeys(found))


def _item(plan: Plan, slot: Slot) -> Value:
    if slot.table == "resolution":
        return plan.resolution
    item: Value = getattr(plan, slot.table)[slot.place]
    return item
