"""A paper of any family, read by the child; then everything that comes after reading, in the parent."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import cache

from staffelstab.documents.extraction.extracted_text import Reading
from staffelstab.documents.extraction.limits import Limits
from staffelstab.submissions.case.heading import split_heading
from staffelstab.submissions.records.record_kinds import RECORDS
from staffelstab.timetable.plan.load import plan_from
from staffelstab.timetable.plan.model import Plan
from tests.fuzzing.bases import Bases, Sample
from tests.fuzzing.case import Bench, Trial, promise
from tests.fuzzing.families import sheets
from tests.fuzzing.organisation import PLAN

LIMITS = Limits(wall_seconds=20, paper_seconds=30, cpu_seconds=20)
"""Shorter than the product's, so that a slow file costs the campaign little; what is promised is that they hold."""

BOUND = LIMITS.paper_seconds + 5
"""Seconds for a paper, whatever it is: its own limit, and what the parent needs to notice and to start another child."""


@cache
def plan() -> Plan:
    """The organisation's."""
    return plan_from(PLAN)


def paper_trial(made: Callable[[random.Random, Bases], Sample], *, sheet: bool = False) -> Trial:
    """Reads what `made` makes."""

    def trial(chance: random.Random, bench: Bench) -> str:
        sample = (
            sheets.filled(chance, plan(), chance.choice(KINDS))
            if sheet and chance.random() < 0.5
            else made(chance, bench.bases)
        )
        begun = time.monotonic()
        reading = bench.reader.read(sample.data, sample.name)
        promise(time.monotonic() - begun < BOUND, "a paper took longer than its limits")
        well_formed(reading)
        comes_after(reading)
        if sheet:
            sheets.look(reading, plan(), chance)
        return f"{reading.status} {reading.form} {reading.reason}".strip()

    return trial


KINDS = tuple(kind for _, kind in sorted(RECORDS.items()))


def well_formed(reading: Reading) -> None:
    """Paragraphs on one line and of a part that there is, tables of texts, a reason where there is nothing, all of it legible."""
    promise(reading.parts, "no part")
    promise((reading.status == "unreadable") <= bool(reading.reason), "unreadable without a reason")
    promise(
        (reading.status == "read") == any(part.status == "read" for part in reading.parts), "status and parts disagree"
    )
    for item in reading.paragraphs:
        promise(item.text.strip() and len(item.text.splitlines()) == 1, "a paragraph that is none")
        promise(item.text.encode(), "a paragraph that is no text")
        promise(0 <= item.part < len(reading.parts), "a paragraph of no part")
    for table in reading.tables:
        promise(all(isinstance(cell, str) for row in table.rows for cell in row), "a cell that is no text")
    for field in reading.head or ():
        promise(field.paragraph < len(reading.paragraphs), "a head of no paragraph")
        text = reading.paragraphs[field.paragraph].text
        promise(field.begins <= field.at <= field.ends <= len(text), "a head beside its paragraph")
        promise(text[field.at : field.ends].startswith(field.value), "a head says something else")
    if reading.mail:
        said = (reading.mail.name, reading.mail.address, reading.mail.subject, reading.mail.message_id)
        promise(all(len(text) <= 1000 and len(text.splitlines()) <= 1 for text in said), "a mail's head of many lines")


def comes_after(reading: Reading) -> None:
    """The ledger keeps and gives back the reading, and the heading is told from the text."""
    promise(Reading.from_json(reading.to_json()) == reading, "a reading changes on its way through the ledger")
    heading, rest = split_heading(plan(), reading.head or (), reading.paragraphs)
    promise(
        len(rest) <= len(reading.paragraphs) and all(text for text, _ in rest), "the heading leaves empty paragraphs"
    )
    heading.unit_of(plan())
    heading.role_of(plan())
