"""What a draft found, asks and did not understand, for the terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import dataclass

from staffelstab.language import Language
from staffelstab.timetable.draft.leftover import Leftover
from staffelstab.timetable.draft.plan_entries import (
    Body,
    Break,
    Call,
    Draft,
    Event,
    Group,
    Hearing,
    Item,
    Material,
    Office,
    Perspective,
    Phase,
    Recipient,
    Reports,
    Responsibility,
    Resubmission,
    Role,
    Session,
)
from staffelstab.timetable.plan.when import When

_KINDS: tuple[type[Item], ...] = (
    Session, Call, Recipient, Event, Office, Body, Group, Role, Hearing, Perspective, Material, Responsibility, Resubmission,
    Reports, Break,
)  # fmt: skip
_WIDTH = 160
_MOST = 60


def counts(draft: Draft) -> dict[str, int]:
    """How many items of each kind there are; "days" are the phases' first and last days that the text names."""
    tables = Counter(item.table for item in draft.items)
    days = sum(_stated(phase.start) + _stated(phase.end) for phase in draft.phases)
    return {Phase.table: tables[Phase.table], "days": days} | {kind.table: tables[kind.table] for kind in _KINDS}


def _stated(when: When) -> bool:
    return when.date is not None and when.status == "adopted"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a draft came to: the draft if there is one, its questions with their lines in the plan file, what was left over.

    `files` are the plan and the text, if they were written; `problem` is why the draft cannot be used yet, or why there is none.
    """

    draft: Draft | None
    questions: list[tuple[int, str]]
    left: list[Leftover]
    problem: str
    files: tuple[str, str] | None = None


def report(outcome: Outcome, words: Language) -> str:
    """The whole report for people."""
    draft, place, problem, left = outcome.draft, outcome.files, outcome.problem, outcome.left
    lines: list[str] = []
    if draft:
        if place:
            lines += [words.say("draft.said.written", place=place[0], source=place[1]), ""]
        numbers = [words.say(f"draft.count.{table}", n=n) for table, n in counts(draft).items() if n]
        lines += textwrap.wrap(f"{words.say('draft.said.found')} {words.listed(numbers)}.", 120)
        questions = [words.say("draft.said.line", line=line, text=text) for line, text in outcome.questions]
        lines += _listing("questions", questions, words)
    shown = left if draft else [item for item in left if item.why == "date"]
    lines += _listing(
        "leftover" if draft else "dates", [_short(item, words) for item in shown[:_MOST]], words, len(shown)
    )
    if problem:
        lines += ["", words.say("draft.said.unusable", problem=problem) if draft else problem]
    elif place:
        lines += ["", words.say("draft.said.next", place=place[0])]
    return "\n".join(lines).strip("\n")


def _listing(kind: str, items: list[str], words: Language, count: int | None = None) -> list[str]:
    if not items:
        return []
    return ["", words.say(f"draft.said.{kind}", n=count or len(items)), *(f"  - {item}" for item in items)] + (
        ["  - …"] if count and count > len(items) else []
    )


def _short(item: Leftover, words: Language) -> str:
    return words.say("draft.said.line", line=item.line, text=textwrap.shorten(item.text, _WIDTH, placeholder=" …"))
