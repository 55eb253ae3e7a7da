"""The preview: every consequence of a change of dates, before anything is written (U10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from staffelstab.timetable.amend.affected import affected, receivers
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.changed_overlaps import changed_overlaps
from staffelstab.timetable.amend.consequences import Consequence, consequences
from staffelstab.timetable.amend.days_off import hits
from staffelstab.timetable.amend.objections import Objection, objections
from staffelstab.timetable.amend.past import Past, already
from staffelstab.timetable.amend.slack import Slack, slack
from staffelstab.timetable.amend.unmoved import Unmoved, unmoved
from staffelstab.timetable.lint.finding import Finding
from staffelstab.timetable.lint.rules import lint
from staffelstab.timetable.plan.actors import Actor
from staffelstab.timetable.plan.change import Change
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.reading.source import source_beside


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change does: `new` and `gone` are findings of the check, sentences in the plan's language.

    `told` are the ids of those concerned, as the journal keeps them; `receivers` those who get the letter about it.
    """

    before: Plan
    after: Plan
    moves: tuple[Change, ...]
    rows: tuple[Consequence, ...]
    against: tuple[Objection, ...]
    stays: tuple[Unmoved, ...]
    spans: tuple[str, ...]
    slack: tuple[Slack, ...]
    days: tuple[str, ...]
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    already: tuple[str, ...]
    told: tuple[str, ...]
    receivers: tuple[Actor, ...]


def preview(basis: Basis, moves: Sequence[Change], *, past: Past | None = None) -> Preview:
    """Compare the plan as it holds with the plan as it would hold. Raises RecordError where it would not hold together."""
    before, after = basis.plan, basis.after(moves)
    dated = [move for move in moves if move.date]
    found = consequences(before, after, dated)
    new, gone = _findings(basis, after)
    told = affected(before, found, past.letters if past else ())
    return Preview(
        before=before,
        after=after,
        moves=tuple(moves),
        rows=found,
        against=objections(before, after),
        stays=unmoved(basis, after, dated),
        spans=changed_overlaps(before, after),
        slack=slack(before, after, dated) if found else (),
        days=hits(after, found),
        new=new,
        gone=gone,
        already=already(before, found, past) if past else (),
        told=told,
        receivers=receivers(after, told, past.today if past else before.resolution.date),
    )


def _findings(basis: Basis, after: Plan) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The check's findings that come, and those that go: known again by code and place.

    What is merely noted, and merely noted otherwise, is neither.
    """
    source = source_beside(basis.path, basis.plan.source)
    then, now = lint(basis.plan, source), lint(after, source)
    known, found = ({(item.code, item.path) for item in side} for side in (then, now))
    new = [item for item in now if (item.code, item.path) not in known]
    gone = [item for item in then if (item.code, item.path) not in found]
    return _without(new, gone), _without(gone, new)


def _without(side: Sequence[Finding], other: Sequence[Finding]) -> tuple[Finding, ...]:
    codes = {item.code for item in other if item.severity == "information"}
    return tuple(item for item in side if item.code not in codes)
