"""Findings as a person reads them in a terminal, and as a program does."""

from __future__ import annotations

import re
import shlex
import shutil
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from staffelstab.language import Language
from staffelstab.legible import legible_name
from staffelstab.timetable.agenda.appointments import Appointment, agenda
from staffelstab.timetable.lint.finding import Finding, Part
from staffelstab.timetable.lint.rules import SEVERITIES
from staffelstab.timetable.plan.locate import nearest
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.overlaps import sentences
from staffelstab.timetable.reading.places import Place
from staffelstab.timetable.reading.source import Source

WIDEST, NARROWEST = 100, 60
"""Columns: wider lines are hard to read, narrower ones leave no room beside the labels."""
LONGEST = 260
"""Characters of a sentence that a terminal shows; `--json` gives all of it."""

_DATE = re.compile(
    r"(?<=\b\d\.) (?=\w)|(?<=\b\d\d\.) (?=\w)|(?<=\b\d) (?=[A-Z]\w+ \d{4})|(?<=\b\d\d) (?=[A-Z]\w+ \d{4})"
)
"""The space between day and month."""
_COMMAND = re.compile(r"(?<=:) (?=staffelstab \w+ \S)")
"""The space before a command."""


@dataclass(frozen=True)
class Report:
    """What was found about a plan, and where its lines are.

    `lines` is the index of the plan file, `history` what was changed since the plan was adopted, `workspace` the working folder
    as it was named, "" for a plan that lies elsewhere.
    """

    plan: Plan
    found: tuple[Finding, ...]
    file: Path
    lines: dict[tuple[str, ...], int]
    source: Source | None
    history: tuple[str, ...] = ()
    workspace: str = ""

    @cached_property
    def words(self) -> Language:
        """The plan's language."""
        return self.plan.words

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

    def line(self, finding: Finding | Part) -> int:
        """The line of the plan file."""
        return nearest(self.lines, finding.path) or 1

    def sentence(self, finding: Finding | Part) -> Place | None:
        """Where the finding's sentence stands in the resolution."""
        return self.source.find(finding.quote) if self.source and finding.quote else None

    @cached_property
    def folder(self) -> str:
        """The working folder as one types it in a command; a word in its place where there is none."""
        return shlex.quote(legible_name(self.workspace)) if self.workspace else self.words.say("lint.word.folder")

    def say(self, finding: Finding, part: str) -> str:
        """The finding's `text`, `why` or `proposal`."""
        return self.words.say(f"lint.{finding.code}.{part}", **finding.facts, folder=self.folder)


def text(report: Report) -> str:
    """The findings by severity, wrapped to the terminal."""
    width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))
    return "\n".join(_lines(report, width))


def _lines(report: Report, width: int) -> Iterator[str]:
    yield from _wrapped(_head(report), width)
    yield from _history(report, width)
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


def _history(report: Report, width: int) -> Iterator[str]:
    if report.history:
        yield report.words.say("lint.check.changed")
    for sentence in report.history:
        yield from _wrapped(sentence, width, "  ", "    ")


def _head(report: Report) -> str:
    plan, say = report.plan, report.words.say
    counted = {name: say(f"lint.check.{name}", n=len(getattr(plan, name))) for name in ("phases", "sessions", "calls")}
    return say("lint.check.usable", title=plan.title, **counted)


def _entry(report: Report, finding: Finding, width: int) -> Iterator[str]:
    yield from _wrapped(report.say(finding, "text"), width, "• ", "  ")
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
            yield from _wrapped(said, width, f"  {labels[part]}".ljust(indent), " " * indent)


def _wrapped(said: str, width: int, first: str = "", others: str = "") -> Iterator[str]:
    """The lines of a text. What stands on a line of its own is to be typed or copied, and stays whole; so does a date."""
    sentence, *whole = _COMMAND.sub("\n", said).split("\n")
    if len(first) + len(sentence) <= width and not whole:
        yield f"{first}{sentence}"
        return
    glued = _DATE.sub("\N{NO-BREAK SPACE}", sentence)
    lines = textwrap.wrap(
        glued, width, initial_indent=first, subsequent_indent=others, break_on_hyphens=False, break_long_words=False
    )
    yield from (line.replace("\N{NO-BREAK SPACE}", " ") for line in lines)
    yield from (f"{others}{line}" for line in whole)


def _place(report: Report, finding: Finding) -> str:
    say = report.words.say
    places = [say("lint.check.place.plan", file=legible_name(report.file.name), line=report.line(finding))]
    if at := report.sentence(finding):
        kind = "source" if at.line == at.last_line else "span"
        file = legible_name(Path(report.plan.source).name)
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
        "changes": list(report.history),
        "counts": report.counts,
        "findings": [_fact(report, finding) for finding in report.found],
        "uncertain": [_uncertain(item) for item in agenda(plan) if not item.certain],
        "spans": list(sentences(plan)),
    }


def _uncertain(item: Appointment) -> dict[str, Any]:
    return {
        "item": item.item,
        "occasion": item.occasion,
        "name": item.name,
        "day": item.day.isoformat(),
        "status": item.when.status,
        "rule": item.when.rule,
        "candidates": [day.isoformat() for day in item.when.candidates],
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
        **({"parts": [_part(report, part) for part in finding.parts]} if finding.parts else {}),
    }


def _part(report: Report, part: Part) -> dict[str, Any]:
    at = report.sentence(part)
    return {
        "name": part.name,
        "path": part.path,
        "line": report.line(part),
        "source_line": at.line if at else None,
        "quote": part.quote,
    }
