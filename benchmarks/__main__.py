"""`python -m benchmarks [startup] [check] [rehearsal] [intake] [long] [looks] [rerun] [batches]`: measure, and print ratios.

The baseline is of the same run.

With `--tiny` every measurement is made as small as it can be, within seconds: it proves that the benchmarks still run, and its
figures mean nothing.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import batches, extraction, large_plan, looks, overhead, rerun, startup

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "mitgliederarbeit-2018"


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    example: Path = EXAMPLE
    times: int = 7
    phases: int = 1_000
    items: int = 10_000
    papers: tuple[int, ...] = (1_000, 10_000)
    paragraphs: int = 45_000
    """Of one very long paper."""

    until: dt.date | None = None
    """The last day of the rehearsal; None: the end of the plan."""

    rerun: dt.date = dt.date(2018, 1, 20)
    """The day whose working folder is passed over again: the first call is over."""


DAY_OF_THE_VOTE = dt.date(2017, 12, 15)
TINY = Size(times=1, phases=7, items=20, papers=(4,), paragraphs=20, until=DAY_OF_THE_VOTE, rerun=DAY_OF_THE_VOTE)


def _startup(size: Size) -> Iterator[str]:
    return startup.measure(size.example, size.times)


def _check(size: Size) -> Iterator[str]:
    return large_plan.measure(size.phases, size.items, min(size.times, 3))


def _rehearsal(size: Size) -> Iterator[str]:
    return overhead.measure(size.example, size.until)


def _intake(size: Size) -> Iterator[str]:
    for count in size.papers:
        yield from extraction.measure(size.example, count)


def _long(size: Size) -> Iterator[str]:
    return extraction.measure_long(size.example, size.paragraphs)


def _looks(size: Size) -> Iterator[str]:
    for count in size.papers:
        yield from looks.measure(size.example, count, size.times)


def _rerun(size: Size) -> Iterator[str]:
    return rerun.measure(size.example, size.rerun, size.times)


def _batches(size: Size) -> Iterator[str]:
    for count in size.papers:
        yield from batches.measure(size.example, count)


BY_HAND: Mapping[str, Callable[[Size], Iterator[str]]] = {"batches": _batches}
"""What needs a PostgreSQL server and the extra `batch`, and takes long: only if it is named."""

ALL: Mapping[str, Callable[[Size], Iterator[str]]] = {
    "startup": _startup,
    "check": _check,
    "rehearsal": _rehearsal,
    "intake": _intake,
    "long": _long,
    "looks": _looks,
    "rerun": _rerun,
}


def main() -> None:
    """Measure what is asked for; everything, if nothing is named."""
    options = _options()
    given = {name: value for name, value in vars(options).items() if value is not None and name not in ("what", "tiny")}
    size = replace(TINY if options.tiny else Size(), **given)
    with tempfile.TemporaryDirectory() as state:
        os.environ["XDG_STATE_HOME"] = state  # working folders that are only measured are remembered nowhere
        for what in options.what or ALL:
            for found in {**ALL, **BY_HAND}[what](size):
                print(found, flush=True)
            print(flush=True)


def _options() -> argparse.Namespace:
    made = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    day = dt.date.fromisoformat
    made.add_argument(
        "what",
        nargs="*",
        choices=(*ALL, *BY_HAND, []),
        metavar="WHAT",
        help=f"{', '.join(ALL)}; all of these, if none is named; {', '.join(BY_HAND)}",
    )
    made.add_argument("--tiny", action="store_true", help="only prove that everything runs")
    made.add_argument("--papers", nargs="+", type=int, metavar="N", help="papers for intake, looks and batches")
    made.add_argument("--paragraphs", type=int, metavar="N", help="paragraphs of the paper for long")
    made.add_argument("--times", type=int, metavar="N", help="how often each command is started")
    made.add_argument("--example", type=Path, metavar="DIR", help="the plan")
    made.add_argument("--until", type=day, metavar="DATE", help="rehearse only until this date")
    made.add_argument("--rerun", type=day, metavar="DATE", help="pass over the working folder of this date")
    return made.parse_args()


if __name__ == "__main__":
    main()
