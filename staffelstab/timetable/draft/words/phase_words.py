"""The words of phases: what they are called, how they are counted, and what their names say of their kind."""

from __future__ import annotations

import re

from staffelstab.timetable.plan.consistency import KINDS
from staffelstab.timetable.vocabulary.words import any_of, anywhere

STAGE = any_of("phases.stage")
DATES = anywhere("phases.dates")
"""What may stand beside dates on a line that says nothing else."""

KIND_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple((kind, anywhere(f"phases.kinds.{kind}")) for kind in KINDS)
"""Guesses at a phase's kind by the words of its name, otherwise by those of its section; the most frequent, the first of equals."""

FEAST = re.compile(
    rf"\b(?:{any_of('phases.feast_side')})\s(?:(?:{any_of('phases.feast_article')})\s)?(?:{any_of('phases.feast')})\b(?:\s\d{{4}})?",
    re.IGNORECASE,
)
"""A time that everybody understands and no rule turns into a day."""
