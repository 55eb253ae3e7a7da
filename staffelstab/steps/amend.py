"""Confirm and move: what was decided about a date, checked whole before anything is written (R45, R46; F08, F10).

The plan file stays as it was resolved. The journal gets an entry per item; the reason is a content of the ledger, never a fact.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from staffelstab.amend.against import beyond
from staffelstab.amend.basis import Basis, Move
from staffelstab.amend.items import Item, find_item, item_label, near, phase_of
from staffelstab.amend.past import KINDS, Past, refuse_the_past, refuse_what_is_done
from staffelstab.amend.preview import Preview, preview
from staffelstab.amend.wishes import undecided, wall, wished
from staffelstab.errors import RecordError
from staffelstab.intake.answer import Unreadable
from staffelstab.intake.plain import decode
from staffelstab.language import Language
from staffelstab.ledger.glance import glance
from staffelstab.ledger.page import Page
from staffelstab.ledger.store import Ledger
from staffelstab.ledger.values import Content, Entry, Known
from staffelstab.plan.actors import actors, find_actor
from staffelstab.plan.model import Plan
from staffelstab.plan.slots import slots
from staffelstab.steps.calendars import write_calendars
from staffelstab.steps.run import Run
from staffelstab.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Done:
    """What was written: one entry per item, and what follows from it; `repeated` if it stood in the journal already."""

    entries: tuple[Entry, ...]
    preview: Preview | None
    repeated: bool = False
    files: tuple[Path, ...] = ()


def basis_of(workspace: Workspace, now: dt.datetime) -> Basis:
    """The working folder's plan with its changes until `now`."""
    folder = "" if workspace.root == Path() else str(workspace.root)
    return Basis(workspace.root, workspace.changes(now), folder)


def past_of(workspace: Workspace, plan: Plan, now: dt.datetime) -> Past:
    """What had happened by `now`."""
    return Past(now.astimezone(plan.zone), tuple(glance(workspace.ledger, *KINDS, until=now)))


# -- confirming --------------------------------------------------------------------------------------------------------


def confirm(run: Run, item: str, date: dt.date | None, *, by: str, session: str = "") -> Done:
    """Record that a proposal, an assumption or an unknown holds from now on. Said twice in a row it is one entry.

    A day that was not among the candidates is taken too: the board decides. Raises RecordError.
    """
    basis = basis_of(run.workspace, run.now)
    plan = basis.plan
    found = find_item(plan, item, dated=date is not None)
    actor, decided_at = _actor(plan, by, found.name), _session(run, session)
    _confirmable(basis, found, date)
    move = Move(found.name, date)
    past = past_of(run.workspace, plan, run.now)
    if found.when and found.when.status == "confirmed" and found.when.date != date:
        refuse_what_is_done(plan, [move], past)
    seen = preview(basis, [move], past=past, kind="confirmed")
    formerly = found.when.date if found.when else None
    facts: dict[str, Known] = {"date": _iso(date), "by": actor, "from": _iso(formerly), "session": decided_at}
    with run.workspace.open() as ledger, ledger.writing() as page:
        entry, repeated = _once(ledger, page, run, basis, found, facts)
    write_calendars(run.workspace, run.now)
    return Done((entry,), None if repeated else seen, repeated)


def _confirmable(basis: Basis, item: Item, date: dt.date | None) -> None:
    what = item_label(basis.plan, item)
    if item.kind != "date":
        _agreeable(basis, item, date, what)
        return
    when = item.when
    if when is None or item.name == "resolution" or when.status in {"adopted", "amended"}:
        day = when.date if when else None
        shown = _iso(date) or Language(basis.plan.language).say("amend.hint.some_day")
        folder = basis.where.strip() or "."
        raise RecordError("amend.error.stands", what=what, item=item.name, day=day, date=shown, folder=folder)
    if when.status == "open":
        facts = {"what": what, "item": item.name, "date": _iso(date)}
        raise RecordError("amend.error.open", **facts, file=basis.path.name, line=basis.line(item.path))
    if date is None:
        days = when.candidates or ((when.date,) if when.date else ())
        words = Language(basis.plan.language)
        shown = words.listed(f"{words.day(day)} (--date {day.isoformat()})" for day in days)
        raise RecordError("amend.error.which_day", what=what, days=shown or words.say("amend.hint.no_days"))


def _agreeable(basis: Basis, item: Item, date: dt.date | None, what: str) -> None:
    if date is not None:
        raise RecordError("amend.error.takes_no_day", what=what, item=item.name)
    agreed = any(change.item == item.name and change.date is None for change in basis.changes)
    if not item.open and not agreed:
        raise RecordError("amend.error.nothing_open", what=what)


def _actor(plan: Plan, name: str, item: str) -> str:
    if not name.strip():
        raise RecordError("amend.error.by_whom", item=item)
    found = find_actor(plan, name)
    if found is None:
        close = near(name, sorted(actors(plan)))
        hint = Language(plan.language).say("amend.hint.near", names=close) if close else ""
        raise RecordError("amend.error.unknown_actor", actor=name, hint=hint)
    return found.id


def _session(run: Run, session: str) -> str:
    if not session:
        return ""
    try:
        found = run.plan.session(session)
    except KeyError:
        known = ", ".join(item.id for item in run.plan.sessions)
        raise RecordError("steps.unknown_session", session=session, known=known) from None
    if run.now < run.plan.starts(found.date.day):
        raise RecordError("steps.session_to_come", day=found.date.day)
    return found.id


# -- moving ------------------------------------------------------------------------------------------------------------


def move(
    run: Run,
    item: str,
    date: dt.date,
    *,
    by: str,
    reason: str | None = None,
    session: str = "",
    others: Sequence[str] = (),
) -> Done:
    """Record that adopted dates were moved, one entry per item, all or none; and draft the resolution that does it.

    Without `reason` it is read from a file of the working folder, so that it never passes through a form of the Prefect UI.
    Said twice it is one, and the draft is written again. Raises RecordError for what cannot be moved, and without a reason.
    """
    from staffelstab.steps.motions import write_motion

    basis = basis_of(run.workspace, run.now)
    actor, decided_at = _actor(basis.plan, by, item), _session(run, session)
    if group := _repeated(run, basis, item, date, others, actor):
        write_calendars(run.workspace, run.now)
        return Done(group, None, True, write_motion(run, group[0]))
    moves = wished(basis, item, date, others)
    for refusal in filter(None, (wall(basis, moves), undecided(basis, moves))):
        raise refusal
    past = past_of(run.workspace, basis.plan, run.now)
    refuse_the_past(basis.plan, moves, past)
    seen = preview(basis, moves, past=past)
    if past_wall := beyond(basis, seen.against):
        raise past_wall
    text = _reason(run, moves[0], reason)
    entries = _amend(run, basis, moves, {"by": actor, "session": decided_at}, text, seen.told)
    write_calendars(run.workspace, run.now)
    return Done(entries, seen, False, write_motion(run, entries[0]))


def settle(run: Run, item: str, date: dt.date | None, *, by: str, session: str = "") -> Done:
    """Confirm what is still a proposal, move what is adopted: what a form can ask for that knows only item and day.

    Raises RecordError like `confirm` and `move`.
    """
    found = find_item(run.plan, item, dated=date is not None)
    adopted = found.when is not None and found.when.status in {"adopted", "amended"}
    if not adopted or date is None:
        return confirm(run, item, date, by=by, session=session)
    return move(run, item, date, by=by, session=session)


def reason_file(run: Run, item: str, date: dt.date) -> Path:
    """Where the reason for a move is written down for the form of the Prefect UI."""
    name = Language(run.plan.language).say("amend.file.reason", item=item, date=date.isoformat())
    return run.workspace.amendments / name


def _reason(run: Run, wish: Move, given: str | None) -> str:
    date = wish.date or run.now.date()
    path = reason_file(run, wish.item, date)
    if given is None and path.is_file():
        try:
            given, _ = decode(path.read_bytes())
        except Unreadable:
            raise RecordError("steps.notes_unreadable", file=path.name) from None
    if not (given or "").strip():
        file = path.relative_to(run.workspace.root).as_posix()
        raise RecordError("amend.error.no_reason", item=wish.item, file=file)
    return str(given).strip()


def _repeated(run: Run, basis: Basis, item: str, date: dt.date, others: Sequence[str], actor: str) -> tuple[Entry, ...]:
    """The entries of the last amendment, if it is this very one, with all `others`, and still holds."""
    found = find_item(basis.plan, item, day=date)
    if found.when is None or found.when.status != "amended" or found.when.date != date:
        return ()
    entries = glance(run.workspace.ledger, "amended", until=run.now)
    last = next((entry for entry in reversed(entries) if entry.subject == found.name), None)
    if last is None or last.facts["by"] != actor or last.facts["group"] != last.key:
        return ()
    group = (last, *(entry for entry in entries if entry.facts["group"] == last.key and entry.seq != last.seq))
    return group if all(_among(basis.plan, other, group) for other in others) else ()


def _among(plan: Plan, other: str, group: Sequence[Entry]) -> bool:
    """Whether an "ITEM" or "ITEM=DATE" that shall move along did so."""
    name, given, day = other.partition("=")
    item = find_item(plan, name).name
    return any(entry.subject == item and (not given or entry.facts["date"] == day) for entry in group)


def _amend(
    run: Run, basis: Basis, moves: Sequence[Move], decided: Mapping[str, Known], reason: str, told: Sequence[str]
) -> tuple[Entry, ...]:
    """All entries in one transaction; the first carries the reason and whom it concerns, the others name the first."""
    found = [find_item(basis.plan, wish.item) for wish in moves]
    written: list[Entry] = []
    with run.workspace.open() as ledger, ledger.writing() as page:
        _nothing_since(page, basis)
        for item, wish in zip(found, moves, strict=True):
            former = item.when.date if item.when else None
            facts: dict[str, Known] = {"date": _iso(wish.date), "from": _iso(former), **decided}
            key = _key(page, ledger, "amended", item, {**facts, "reason": reason})
            facts["group"] = written[0].key if written else key
            first = {} if written else {"told": list(told)[:100]}
            content = None if written else Content("reason", "text/plain", reason.encode())
            written.append(_append(page, run, "amended", item, key, {**facts, **first}, content))
    return tuple(written)


# -- the journal -------------------------------------------------------------------------------------------------------


def _once(
    ledger: Ledger, page: Page, run: Run, basis: Basis, item: Item, facts: dict[str, Known]
) -> tuple[Entry, bool]:
    """The confirmation, and whether it stood there already: what was said last about the item is not said twice."""
    earlier = page.entries("confirmed", "amended", subject=item.name)
    said = {name: facts[name] for name in ("date", "by", "session")}
    if earlier and earlier[-1].kind == "confirmed" and {name: earlier[-1].facts.get(name) for name in said} == said:
        return earlier[-1], True
    _nothing_since(page, basis)
    key = _key(page, ledger, "confirmed", item, facts)
    return _append(page, run, "confirmed", item, key, facts, None), False


def _nothing_since(page: Page, basis: Basis) -> None:
    """Raise RecordError if something was confirmed or moved with which this change was not compared.

    Another process may have been quicker, or its clock may be ahead; together the two could make a plan that nobody can open.
    """
    if len(page.entries("confirmed", "amended")) != len(basis.changes):
        raise RecordError("amend.error.meanwhile")


def _key(page: Page, ledger: Ledger, kind: str, item: Item, facts: dict[str, Known]) -> str:
    number = len(page.entries("confirmed", "amended", subject=item.name)) + 1
    said = ledger.fingerprint(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode())[:32]
    return f"{kind}:{item.name}:{number}:{said}"


def _append(
    page: Page, run: Run, kind: str, item: Item, key: str, facts: dict[str, Known], content: Content | None
) -> Entry:
    phase = phase_of(run.plan, slots(run.plan)[item.name]) if item.kind == "date" else None
    return page.append(
        kind,
        at=run.now,
        office=run.office,
        subject=item.name,
        phase=phase.id if phase else "",
        key=key,
        facts=facts,
        content=content,
    )


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None
