"""Findings as a person reads them in a terminal, and as a program does."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from staffelstab.language import Language
from staffelstab.lint.finding import Finding
from staffelstab.lint.run import SEVERITIES
from staffelstab.plan.locate import nearest
from staffelstab.plan.model import Plan
from staffelstab.reading.source import Place, Source

WIDEST, NARROWEST = 100, 60
"""Columns: wider lines are hard to read, narrower ones leave no room beside the labels."""
LONGEST = 200
"""Characters of a sentence that a terminal shows; `--json` gives all of it."""


@dataclass(frozen=True)
class Report:
    """What was found about a plan, and where its lines are. `lines` is the index of the plan file."""

    plan: Plan
    found: tuple[Finding, ...]
    file: Path
    lines: dict[tuple[str, ...], int]
    source: Source | None

    @cached_property
    def words(self) -> Language:
        """The plan's language."""
        return Language(self.plan.language)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity."""
        return {name: sum(item.severity == name for item in self.found) for name in SEVERITIES}

    @property
    def binding(self) -> bool:
        """Whether something must be settled."""
        return self.counts["must"] > 0

    @property
    def asking(self) -> bool:
        """Whether anything asks to be settled at all."""
        return len(self.found) > self.counts["information"]

    def line(self, finding: Finding) -> int:
        """The line of the plan file."""
        return nearest(self.lines, finding.path) or 1

    def sentence(self, finding: Finding) -> Place | None:
        """Where the finding's sentence stands in the resolution."""
        return self.source.find(finding.quote) if self.source and finding.quote else None

    def say(self, finding: Finding, part: str) -> str:
        """The finding's `text`, `why` or `proposal`."""
        return self.words.say(f"lint.{finding.code}.{part}", **finding.facts)


def text(report: Report) -> str:
    """The findings by severity, wrapped to the terminal."""
    width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))
    return "\n".join(_lines(report, width))


def _lines(report: Report, width: int) -> Iterator[str]:
    yield from textwrap.wrap(_head(report), width)
    if not report.found:
        yield report.words.say("lint.check.clean")
        return
    for severity, number in report.counts.items():
        if number:
            yield from ("", report.words.say(f"lint.severity.{severity}"))
        for finding in report.found:
            if finding.severity == severity:
                yield ""
                yield from _entry(report, finding, width)
    yield from ("", _total(report))


def _head(report: Report) -> str:
    plan, say = report.plan, report.words.say
    counted = {name: say(f"lint.check.{name}", n=len(getattr(plan, name))) for name in ("phases", "sessions", "calls")}
    return say("lint.check.usable", title=plan.title, **counted)


def _entry(report: Report, finding: Finding, width: int) -> Iterator[str]:
    yield from textwrap.wrap(report.say(finding, "text"), width, initial_indent="• ", subsequent_indent="  ")
    shown = {
        "place": _place(report, finding),
        "quote": report.words.quoted(_short(finding.quote)) if finding.quote else "",
        "why": report.say(finding, "why"),
        "proposal": report.say(finding, "proposal"),
    }
    labels = {part: f"{report.words.say(f'lint.check.label.{part}')}:" for part in shown}
    indent = 3 + max(len(label) for label in labels.values())
    for part, said in shown.items():
        if said:
            first = f"  {labels[part]}".ljust(indent)
            yield from textwrap.wrap(said, width, initial_indent=first, subsequent_indent=" " * indent)


def _place(report: Report, finding: Finding) -> str:
    say = report.words.say
    places = [say("lint.check.place.plan", file=report.file.name, line=report.line(finding))]
    if at := report.sentence(finding):
        kind = "source" if at.line == at.last_line else "span"
        file = Path(report.plan.source).name
        places.append(say(f"lint.check.place.{kind}", file=file, line=at.line, last=at.last_line))
    return "; ".join(places)


def _short(quote: str) -> str:
    return textwrap.shorten(quote, LONGEST, placeholder=" …")


def _total(report: Report) -> str:
    say = report.words.say
    listed = [say(f"lint.check.count.{name}", n=number) for name, number in report.counts.items() if number]
    return say("lint.check.counts", total=say("lint.check.total", n=len(report.found)), listed=", ".join(listed))


def facts(report: Report) -> dict[str, Any]:
    """The same for programs; nothing shortened."""
    plan = report.plan
    return {
        "usable": True,
        "id": plan.id,
        "title": plan.title,
        "phases": len(plan.phases),
        "sessions": len(plan.sessions),
        "calls": len(plan.calls),
        "counts": report.counts,
        "findings": [_fact(report, finding) for finding in report.found],
    }


def _fact(report: Report, finding: Finding) -> dict[str, Any]:
    at = report.sentence(finding)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.path,
        "line": report.line(finding),
        "source_line": at.line if at else None,
        "quote": finding.quote,
        **{part: report.say(finding, part) for part in ("text", "why", "proposal")},
    }
