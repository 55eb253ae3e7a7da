"""Statements sorted by the codebook, counted by category, perspective and region (R72); what is no subject here is parked (R18)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from staffelstab.documents.rendering.manuscript import Table, table
from staffelstab.phases.methods.categories import Coding, categorise
from staffelstab.phases.methods.codebook import Category, Codebook
from staffelstab.submissions.case.contents import Case, Statement, Submission
from staffelstab.timetable.plan.actors import units

NOWHERE = ""
TELLING, QUOTED = 8, 3
"""From how many words on a statement tells something by itself, and how many of a category are quoted."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A statement, the paper it stands in, and what the codebook says about it; `scope` is where a parked one belongs (R19)."""

    statement: Statement
    paper: Submission
    coding: Coding
    region: str = NOWHERE
    scope: Category | None = None

    @property
    def is_telling(self) -> bool:
        """Whether it has so many words that it tells something by itself."""
        return len(self.statement.text.split(maxsplit=TELLING)) >= TELLING


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """A category: all statements in it, and how many by perspective and by region."""

    id: str
    name: str
    statements: tuple[Coded, ...]
    perspectives: Counter[str]
    regions: Counter[str]

    @property
    def quoted(self) -> tuple[Coded, ...]:
        """The first few, headings and half-sentences only where there is nothing else: they belong here, but tell little."""
        telling = tuple(islice((item for item in self.statements if item.is_telling), QUOTED))
        others = (item for item in self.statements if not item.is_telling)
        return (*telling, *islice(others, QUOTED - len(telling)))

    @property
    def further(self) -> tuple[Coded, ...]:
        """Those that are not quoted, in their order."""
        quoted = {item.statement.ref for item in self.quoted}
        return tuple(item for item in self.statements if item.statement.ref not in quoted)


@dataclass(frozen=True, slots=True)
class CodedCase:
    """All statements with their codes; `categories` by number of statements, then in the codebook's order."""

    statements: tuple[Coded, ...]
    categories: tuple[CategoryCount, ...]
    unassigned: tuple[Coded, ...]
    parked: tuple[Coded, ...]
    regions: tuple[str, ...]

    def table(self) -> Table:
        """Every statement with its code, for the baton."""
        return table(
            ("ref", "category", "second", "confident", "parked", "region", "perspective"),
            [
                (
                    item.statement.ref,
                    item.coding.category,
                    item.coding.second,
                    "yes" if item.coding.confident else "no",
                    item.coding.parked,
                    item.region,
                    item.paper.perspective,
                )
                for item in self.statements
            ],
        )


def coded(case: Case, papers: Iterable[Submission], codebook: Codebook) -> CodedCase:
    """Code every statement of `papers`."""
    regions = {unit.id: unit.region for unit in units(case.plan)}
    scopes = {scope.id: scope for scope in codebook.scopes}
    pairs = [(paper, statement) for paper in papers for statement in paper.statements]
    codings = categorise([statement.text for _, statement in pairs], codebook, case.plan.language)
    statements = tuple(
        Coded(statement, paper, coding, regions.get(_unit(paper), NOWHERE), scopes.get(coding.parked or ""))
        for (paper, statement), coding in zip(pairs, codings, strict=True)
    )
    kept = [item for item in statements if not item.coding.parked]
    found = [_count(category.id, category.name, kept) for category in codebook.categories]
    return CodedCase(
        statements=statements,
        categories=tuple(sorted((item for item in found if item.statements), key=lambda item: -len(item.statements))),
        unassigned=tuple(item for item in kept if item.coding.category is None),
        parked=tuple(item for item in statements if item.coding.parked),
        regions=tuple(dict.fromkeys(region for region in regions.values() if region)),
    )


def _unit(paper: Submission) -> str:
    if paper.unit:
        return paper.unit
    return paper.sender.id if paper.sender and paper.sender.kind == "unit" else ""


def _count(category: str, name: str, kept: list[Coded]) -> CategoryCount:
    mine = tuple(item for item in kept if item.coding.category == category)
    return CategoryCount(
        category,
        name,
        mine,
        Counter(item.paper.perspective for item in mine),
        Counter(item.region for item in mine),
    )
