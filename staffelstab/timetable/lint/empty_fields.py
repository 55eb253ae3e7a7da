"""The resolution sheet: empty fields, votes that nobody counted, and no time between the vote and the first step (R04-R17)."""

from __future__ import annotations

from collections.abc import Iterator

from staffelstab.language import Fact
from staffelstab.timetable.lint.finding import Finding, Rule, Subject

_FIELDS = ("grounds", "finances", "coordinated_with")
_COUNTS = ("yes", "no", "abstentions")
_EMPTY = frozenset({"", "-", "–", "—", "./."})


def empty_fields(subject: Subject) -> Iterator[Finding]:
    """Fields of the sheet that say nothing (R04, R07, R08)."""
    sheet = subject.plan.resolution
    words = subject.plan.words
    empty = [name for name in _FIELDS if getattr(sheet, name).strip() in _EMPTY]
    if empty:
        facts: dict[str, Fact] = {
            "n": len(empty),
            "fields": words.listed(words.say(f"lint.empty_fields.name.{name}") for name in empty),
            "reasons": " ".join(words.say(f"lint.empty_fields.reason.{name}") for name in empty),
        }
        yield Finding("empty_fields", "information", f"$.resolution.{empty[0]}", facts=facts)


def votes_unknown(subject: Subject) -> Iterator[Finding]:
    """Votes of which the sheet says nothing; they are never computed (R14)."""
    vote = subject.plan.resolution.vote
    words = subject.plan.words
    unknown = [name for name in _COUNTS if getattr(vote, name) is None]
    if unknown:
        facts = {"votes": words.listed(words.say(f"lint.votes_unknown.{name}") for name in unknown)}
        yield Finding("votes_unknown", "information", "$.resolution.vote", vote.quote, facts)


def no_lead_time(subject: Subject) -> Iterator[Finding]:
    """A call that goes out on the day of the vote (R17)."""
    plan = subject.plan
    n, words = len(plan.recipients), plan.words
    sending = words.say("lint.no_lead_time.sending", n=n) if n else ""
    for place, call in enumerate(plan.calls):
        if call.opens.date == plan.resolution.date:
            facts: dict[str, Fact] = {"name": call.name, "day": plan.resolution.date, "sending": sending}
            yield Finding("no_lead_time", "information", f"$.calls[{place}].opens", call.quote, facts)


RULES: tuple[Rule, ...] = (empty_fields, votes_unknown, no_lead_time)
