"""A finding: what is doubtful about a plan, where, on which sentence it rests; and the rules' common ground."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from staffelstab.language import Fact
from staffelstab.timetable.plan.model import Plan, Strength

if TYPE_CHECKING:
    from staffelstab.timetable.reading.source import Source

NO_FACTS: Mapping[str, Fact] = {}


@dataclass(frozen=True, slots=True)
class Part:
    """One of several that a finding is about: how people call it, its place in the plan file, its own sentence."""

    name: str
    path: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` names its sentences in the catalogue: `lint.<code>.text`, `.why` and `.proposal`, said with `facts`.

    `path` is the place in the plan file (`$.sessions[5].date`), `quote` the sentence of the resolution it rests on ("" if it rests
    on none). The severity follows the strength of what is in doubt (R109): must, should, may; "information" asks for nothing.
    `parts` are those it names, where it names several.
    """

    code: str
    severity: Strength
    path: str
    quote: str = ""
    facts: Mapping[str, Fact] = field(default_factory=lambda: NO_FACTS)
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule looks at: the plan, and the text of its resolution if that lies beside it."""

    plan: Plan
    source: Source | None = None


Rule = Callable[[Subject], Iterator[Finding]]
