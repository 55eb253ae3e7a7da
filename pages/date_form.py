"""The forms that confirm or move a date: everything checked, every consequence shown, then entered by the commands' own code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from pages.date import OTHER, Known, known, shown
from pages.entering import Mistakes, entering, is_meanwhile
from pages.forms import SEEN, seen
from pages.visit import Visit
from staffelstab.documents.rendering.characters import line
from staffelstab.errors import RecordError, StaffelstabError
from staffelstab.service.changes import Done
from staffelstab.service.confirm_dates import proposed_confirmation, record_confirmation
from staffelstab.service.move_dates import moved_already, proposed_move, record_move
from staffelstab.service.pass_work import reason_for_pass
from staffelstab.service.phase_run import Run
from staffelstab.timetable.amend.authority import Authority
from staffelstab.timetable.amend.items import item_label, items
from staffelstab.timetable.amend.outside import outside
from staffelstab.timetable.amend.preview_text import sections
from staffelstab.timetable.amend.proposal import Proposal
from staffelstab.timetable.amend.requests import Wish
from staffelstab.timetable.plan.actors import name_of

ALONG = "along."
"""Before the name of what is to be moved along, whose value is its day."""
MOST_REASON = 5000
"""Characters of a reason: it stands in a letter."""
CONFIRM, MOVE = "confirm", "move"
FIELDS = {
    CONFIRM: ("candidate", "day", "by", "session", "authorised"),
    MOVE: ("new_day", "new_by", "new_authorised", "reason"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What one of the forms asks for; `others` are to be moved along, each "ITEM=DATE"."""

    kind: str
    day: dt.date | None
    authority: Authority
    reason: str = ""
    others: tuple[str, ...] = ()

    def field(self, name: str) -> str:
        """What a field is called in this form."""
        return f"new_{name}" if self.kind == MOVE else name

    def proposal(self, run: Run, item: str) -> Proposal:
        """What would follow. Raises RecordError for what cannot be done at all."""
        if self.kind == CONFIRM:
            return proposed_confirmation(run, item, self.day, self.authority)
        return proposed_move(run, self.wish(item), self.authority)

    def wish(self, item: str) -> Wish:
        """The move as it is asked for."""
        return Wish(item, self.day or dt.date.min, self.others)


def post(visit: Visit) -> Response:
    """Refuse, show what would follow, or enter it."""
    found, fields = known(visit), visit.fields
    kind = fields.text("kind")
    if kind not in FIELDS:
        raise RecordError("pages.error.form")
    typed = {name: fields.text(name) for name in FIELDS[kind]}
    if fields.text("do") == "change":
        return shown(found, typed)
    mistakes = Mistakes(visit.plan.language)
    asked = _read(found, kind, mistakes)
    if fields.text("do") == "enter" and not mistakes and fields.text("shown") == ",".join(asked.others):
        return _entered(found, asked, typed, mistakes)
    proposal = None if mistakes else _proposed(found, asked, mistakes)
    if mistakes or proposal is None:
        return shown(found, typed, mistakes)
    return _preview(found, asked, proposal, typed)


def _read(found: Known, kind: str, mistakes: Mistakes) -> Asked:
    """The fields as values, and what is missing among them."""
    fields, item = found.visit.fields, found.item
    day = _day(found, kind, mistakes) if item.kind == "date" else None
    new = "new_" if kind == MOVE else ""
    by = fields.text(f"{new}by")
    if not by:
        mistakes.add(RecordError("amend.error.by_whom", item=item.name), f"{new}by")
    if kind == MOVE and not fields.text("reason"):
        mistakes.add(RecordError("amend.error.no_reason", item=item.name, file=""), "reason")
    if len(fields.text("reason")) > MOST_REASON:
        mistakes.add(RecordError("pages.date.too_long", most=MOST_REASON), "reason")
    others = sorted(
        f"{name.removeprefix(ALONG)}={value}" for name, value in fields.values.items() if name.startswith(ALONG)
    )
    session = fields.text("session") if kind == CONFIRM else ""
    authority = Authority(by, session, fields.ticked(f"{new}authorised"))
    return Asked(kind, day, authority, fields.text("reason"), tuple(others))


def _day(found: Known, kind: str, mistakes: Mistakes) -> dt.date | None:
    fields, name = found.visit.fields, "new_day" if kind == MOVE else "day"
    if kind == CONFIRM and fields.text("candidate") not in {"", OTHER}:
        name = "candidate"
    with mistakes.at(name):
        day = fields.day(name)
        if day is None:
            missing = "pages.date.which_day" if kind == MOVE else "pages.instead.amend.error.which_day"
            raise RecordError(missing)
        return day
    return None


def _proposed(found: Known, asked: Asked, mistakes: Mistakes) -> Proposal | None:
    """What would follow; None if it is refused, which is then a mistake."""
    try:
        proposal = asked.proposal(found.visit.run, found.item.name)
    except StaffelstabError as error:
        mistakes.add(error, _field(asked, error))
        return None
    refused = proposal.refusal or proposal.question
    if refused is None:
        return proposal
    mistakes.add(refused, _field(asked, refused))
    return None


def _field(asked: Asked, error: StaffelstabError) -> str:
    """At which field a refusal stands."""
    kind = error.key.rpartition(".")[2]
    if kind in {"not_theirs_resolved", "not_theirs_open", "unknown_actor", "by_whom"}:
        return asked.field("by")
    if kind in {"unknown_session", "session_to_come"}:
        return "session" if asked.kind == CONFIRM else ""
    if kind in {"past", "same_day", "beyond", "will_not_do", "which_day"}:
        return asked.field("day")
    return "reason" if kind == "no_reason" else ""


def _preview(found: Known, asked: Asked, proposal: Proposal, typed: Mapping[str, str]) -> Response:
    visit, item, seen_ahead = found.visit, found.item, proposal.preview
    by = name_of(visit.plan, asked.authority.by)
    chosen = dict(text.split("=", 1) for text in asked.others)
    return visit.shown(
        "date_preview",
        item=item,
        kind=asked.kind,
        what=item_label(visit.plan, item),
        former=item.when.date if item.when else None,
        day=asked.day,
        by=visit.words.say("pages.dates.authorised", by=by) if asked.authority.authorised else by,
        reason=line(asked.reason),
        beside=outside(visit.plan, item, asked.day) if asked.kind == CONFIRM else "",
        sections=[section for section in sections(seen_ahead) if section.name != "stays"],
        stays=[other for other in seen_ahead.stays if not other.along],
        offers=[(other.item, other.day, other.plain) for other in seen_ahead.stays if other.along],
        chosen=[
            (other.name, dt.date.fromisoformat(chosen[other.name]), item_label(visit.plan, other))
            for other in items(visit.plan)
            if other.name in chosen
        ],
        hidden={**typed, "kind": asked.kind, "shown": ",".join(asked.others), SEEN: seen(visit.run)},
    )


def _entered(found: Known, asked: Asked, typed: Mapping[str, str], mistakes: Mistakes) -> Response:
    visit, item = found.visit, found.item
    try:
        if asked.kind == MOVE and moved_already(visit.run, asked.wish(item.name), asked.authority):
            return visit.go(f"dates/{item.name}", "settled_before")
        with entering(visit) as run:
            done = _recorded(run, asked, item.name)
    except StaffelstabError as error:
        if is_meanwhile(error) and _stands(found, asked):
            return visit.go(f"dates/{item.name}", "settled_before")
        mistakes.add(error, _field(asked, error))
        return shown(found, typed, mistakes)
    taken_up = visit.site.runs.ask_for_pass(visit.plan, reason_for_pass("amended", done.entries[0]))
    key = "moved" if asked.kind == MOVE else "confirmed"
    return visit.go(f"dates/{item.name}", key if taken_up else f"{key}_no_pass")


def _recorded(run: Run, asked: Asked, item: str) -> Done:
    proposal = asked.proposal(run, item)
    return record_confirmation(run, proposal) if asked.kind == CONFIRM else record_move(run, proposal, asked.reason)


def _stands(found: Known, asked: Asked) -> bool:
    """Whether this very confirmation is the last thing that was said about the item: the form was sent twice."""
    last = next((change for change in reversed(found.changes) if change.item == found.item.name), None)
    if last is None or asked.kind != CONFIRM:
        return False
    return (last.kind, last.date, last.by) == ("confirmed", asked.day, asked.authority.by)
