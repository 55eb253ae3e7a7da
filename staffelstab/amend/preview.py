"""The ripple: everything that a change of dates brings with it, before anything is written (U10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from staffelstab.amend.against import Objection, objections
from staffelstab.amend.basis import Basis
from staffelstab.amend.days import hits
from staffelstab.amend.past import Past, already
from staffelstab.amend.people import concerned, receivers
from staffelstab.amend.rows import Row, rows
from staffelstab.amend.slack import Slack, slack
from staffelstab.amend.spans import differing
from staffelstab.amend.stays import Stay, stays
from staffelstab.lint.finding import Finding
from staffelstab.lint.run import lint
from staffelstab.plan.actors import Actor
from staffelstab.plan.change import Change
from staffelstab.plan.model import Plan
from staffelstab.reading.source import source_beside


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change does: `new` and `gone` are findings of the check, sentences in the plan's language.

    `told` are the ids of those concerned, as the journal keeps them; `receivers` those who get the letter about it.
    """

    before: Plan
    after: Plan
    moves: tuple[Change, ...]
    rows: tuple[Row, ...]
    against: tuple[Objection, ...]
    stays: tuple[Stay, ...]
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
    found = rows(before, after, dated)
    new, gone = _findings(basis, after)
    told = concerned(before, found, past.letters if past else ())
    return Preview(
        before=before,
        after=after,
        moves=tuple(moves),
        rows=found,
        against=objections(before, after),
        stays=stays(basis, after, dated),
        spans=differing(before, after),
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
