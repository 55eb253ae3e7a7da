"""A plan that nobody has resolved yet, as `plan new` writes it: that is said once, not about every day of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from staffelstab.timetable.lint.finding import Finding, Part, Rule, Subject
from staffelstab.timetable.lint.item_dates import dates
from staffelstab.timetable.lint.passages import items

IMPLIED = frozenset(
    {
        "day_assumed",
        "day_derived",
        "day_derived_without_rule",
        "day_proposed",
        "day_proposed_alone",
        "deadline_derived",
        "papers_derived",
        "proposed_audience",
        "source_unnamed",
        "votes_unknown",
        "without_sentence",
    }
)
"""What is true of every plan that is not resolved, and says nothing more of it."""


def is_unresolved(subject: Subject) -> bool:
    """Whether the plan itself says that its resolution does not stand, names no text of it and quotes nothing."""
    plan = subject.plan
    standing = plan.resolution.standing in {"assumed", "unknown"}
    return standing and not plan.source and not any(item.quote for _, _, item in items(plan))


def unresolved(subject: Subject) -> Iterator[Finding]:
    """The one finding about it; its parts are the days that are not settled."""
    if is_unresolved(subject):
        words = subject.plan.words
        open_days = [date for date in dates(subject.plan) if not date.when.certain and date.when.status != "open"]
        parts = tuple(Part(date.named(words), date.path) for date in open_days)
        yield Finding("unresolved", "should", "$.resolution", facts={"n": len(parts)}, parts=parts)


def without_implied(subject: Subject, found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings; of a plan that is not resolved only those that say more than that."""
    implied = IMPLIED if is_unresolved(subject) else frozenset()
    return (item for item in found if item.code not in implied)


RULES: tuple[Rule, ...] = (unresolved,)
