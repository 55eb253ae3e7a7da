"""Where phases overlap, and where no phase runs: both are allowed, and shown (R40, R41)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from staffelstab.timetable.plan.actors import name_of
from staffelstab.timetable.plan.model import Phase, Plan

ONE = dt.timedelta(days=1)


class Span(msgspec.Struct, frozen=True):
    """Days from `first` to `last`, both included, between two phases. A gap of nothing but a weekend is `harmless`."""

    first: dt.date
    last: dt.date
    before: Phase
    after: Phase

    @property
    def days(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def moved(self) -> bool:
        """Whether the two phases overlap only because one of them was moved since the plan was adopted."""
        end, start = (when.former or when.date for when in (self.before.end, self.after.start))
        return end is not None and start is not None and end < start

    @property
    def harmless(self) -> bool:
        """Whether it holds no weekday."""
        return all((self.first + ONE * offset).weekday() >= 5 for offset in range(self.days))


def overlaps(plan: Plan) -> tuple[Span, ...]:
    """Days on which a phase and its successor both run."""
    return tuple(
        Span(after.start.day, end, before, after) for before, after, end in _neighbours(plan) if after.start.day <= end
    )


def gaps(plan: Plan) -> tuple[Span, ...]:
    """Days after a phase on which its successor has not begun."""
    return tuple(
        Span(end + ONE, after.start.day - ONE, before, after)
        for before, after, end in _neighbours(plan)
        if after.start.day > end + ONE
    )


def _neighbours(plan: Plan) -> Iterator[tuple[Phase, Phase, dt.date]]:
    for before, after in zip(plan.phases, plan.phases[1:], strict=False):
        if before.end.date is not None:
            yield before, after, min(before.end.date, after.end.date or before.end.date)


def sentences(plan: Plan, today: dt.date = dt.date.min) -> tuple[str, ...]:
    """Overlaps and gaps not over before `today`, in the plan's language, by day; gaps of a mere weekend are left out."""
    words = plan.words
    found = [(span, "overlap_moved" if span.moved else "overlap") for span in overlaps(plan)]
    found += [(span, "gap_answered" if span.before.meanwhile else "gap") for span in gaps(plan) if not span.harmless]
    return tuple(
        words.say(
            f"spans.{kind}",
            first=span.first,
            last=span.last,
            before=span.before.name,
            after=span.after.name,
            who=in_charge(plan, span),
            n=span.days,
        )
        for span, kind in sorted(found, key=lambda item: item[0].first)
        if span.last >= today
    )


def in_charge(plan: Plan, gap: Span) -> str:
    """Who is responsible in a gap, as people call the actor; "" if the plan does not say (R41)."""
    return name_of(plan, gap.before.meanwhile) if gap.before.meanwhile else ""


def gap_on(plan: Plan, day: dt.date) -> Span | None:
    """The gap, weekends apart, in which a day lies."""
    return next((span for span in gaps(plan) if not span.harmless and span.first <= day <= span.last), None)
