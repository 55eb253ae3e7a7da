"""One case of a campaign: how it is drawn, and what came of it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from staffelstab.documents.extraction.reader import Reader
from tests.fuzzing.bases import Bases


class Wrong(Exception):  # noqa: N818 -- not an error of the program that runs, its finding
    """What was promised did not hold."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What the cases of a campaign share: samples to change, a reader, a place for files that is empty for each case."""

    bases: Bases
    reader: Reader = field(repr=False)
    place: Path


class Trial(Protocol):
    """Makes one case and looks at what comes of it."""

    def __call__(self, chance: random.Random, bench: Bench) -> str:
        """What it came to, in a word or two, for the report. Raises Wrong, or whatever escaped."""


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of input: how it is tried, how many seconds one case may take, and its share of the campaign's time."""

    name: str
    trial: Trial
    seconds: float
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case came to: a word or two, or the failure and where it came from."""

    family: str
    number: int
    seconds: float
    said: str
    failure: str = ""
    trace: str = field(default="", repr=False)


def chance_of(seed: str, family: str, number: int) -> random.Random:
    """The chance of a case: the same for the same seed, family and number."""
    return random.Random(f"{seed}:{family}:{number}")


def promise(holds: object, what: str) -> None:
    """Raise Wrong if it does not hold; `what` holds no submitted text."""
    if not holds:
        raise Wrong(what)


Weighted = Sequence[tuple[float, str]]
Named = Mapping[str, bytes]
