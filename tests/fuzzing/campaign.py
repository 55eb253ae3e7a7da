"""A campaign: case after case of every family, by share of time; whatever escapes is kept with its place."""

from __future__ import annotations

import functools
import gc
import shutil
import signal
import threading
import time
import traceback
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import ROOT
from tests.fuzzing import passes
from tests.fuzzing.case import Bench, Family, Outcome, Wrong, chance_of
from tests.fuzzing.families import calendars, codebook, containers, kept, mail, plan, sheets, texts
from tests.fuzzing.reading import BOUND, paper_trial

FAMILIES: tuple[Family, ...] = (
    Family("mail", paper_trial(mail.made), BOUND),
    Family("sheet", paper_trial(sheets.made, sheet=True), BOUND),
    Family("text", paper_trial(texts.made), BOUND, 1.5),
    Family("container", paper_trial(containers.made), BOUND),
    Family("calendar-in", paper_trial(calendars.made), BOUND, 0.2),
    Family("calendar", calendars.trial, 20, 0.4),
    Family("plan", plan.trial, 20),
    Family("codebook", codebook.trial, 15, 0.5),
    Family("kept", kept.trial, 60, 0.7),
    Family("pass", passes.trial, 300, 7),
)
BY_NAME = {family.name: family for family in FAMILIES}
TIDY = 500
"""After so many cases the product's caches, which a campaign fills with plans nobody has, are emptied."""


@dataclass(slots=True)
class Campaign:
    """Cases drawn from a seed, on one bench."""

    seed: str
    bench: Bench = field(repr=False)
    spent: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)

    def until(self, deadline: float) -> Iterator[Outcome]:
        """Case after case until that moment of the monotonic clock; next is the family that is furthest behind its share."""
        while time.monotonic() < deadline:
            yield self._next(min(FAMILIES, key=lambda family: self._spent(family) / family.share))

    def each(self, counts: dict[str, int]) -> Iterator[Outcome]:
        """So many cases of each family."""
        for name, count in counts.items():
            for _ in range(count):
                yield self._next(BY_NAME[name])

    def one(self, name: str, number: int) -> Outcome:
        """One case, by its number."""
        return _tried(BY_NAME[name], number, self.seed, self.bench)

    def _spent(self, family: Family) -> float:
        return float(self.spent[family.name])

    def _next(self, family: Family) -> Outcome:
        outcome = self.one(family.name, self.tried[family.name])
        self.tried[family.name] += 1
        self.spent[family.name] += outcome.seconds  # type: ignore[assignment] # a counter of seconds
        if self.tried.total() % TIDY == 0:
            empty_caches()
        return outcome


def _tried(family: Family, number: int, seed: str, bench: Bench) -> Outcome:
    begun = time.monotonic()
    place = bench.place / f"{family.name}-{number}"
    place.mkdir()
    try:
        with _stopped_after(family.seconds * 2):
            said = family.trial(chance_of(seed, family.name, number), Bench(bench.bases, bench.reader, place))
    except Exception as error:  # noqa: BLE001 -- this is what the campaign looks for
        return Outcome(family.name, number, time.monotonic() - begun, "failed", _told(error), traceback.format_exc())
    finally:
        shutil.rmtree(place, ignore_errors=True)
    seconds = time.monotonic() - begun
    slow = f"slower than {family.seconds:.0f} s" if seconds > family.seconds else ""
    return Outcome(family.name, number, seconds, said, slow)


def _told(error: BaseException) -> str:
    """The kind of a failure: what was promised, or the exception and the innermost place of the product's own."""
    if isinstance(error, Wrong):
        return str(error)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(ROOT)]
    ours = [frame for frame in frames if ".venv" not in Path(frame.filename).parts]
    where = ours[-1] if ours else None
    place = f"{Path(where.filename).relative_to(ROOT)}:{where.lineno}" if where else "?"
    return f"{type(error).__name__} at {place}"


@contextmanager
def _stopped_after(seconds: float) -> Generator[None]:
    """The block, stopped with Wrong if it takes so long; in the main thread only, where signals arrive."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise Wrong(f"still at work after {seconds:.0f} s: {''.join(traceback.format_stack(limit=12))}")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def empty_caches() -> None:
    """Forget every plan that was read."""
    for item in gc.get_objects():
        if isinstance(item, functools._lru_cache_wrapper) and str(item.__module__).startswith("staffelstab"):
            item.cache_clear()
