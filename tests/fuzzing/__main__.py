"""Run a campaign for some minutes, or one case of it again."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from staffelstab.documents.extraction.reader import Reader
from staffelstab.documents.extraction.reader_pool import kept_readers
from tests.fuzzing.bases import bases
from tests.fuzzing.campaign import BY_NAME, Campaign
from tests.fuzzing.case import Bench, Outcome
from tests.fuzzing.reading import LIMITS
from tests.fuzzing.report import Report

EVERY = 300.0
"""Seconds between two reports while a campaign runs."""


def main() -> int:
    """1 if anything failed."""
    options = _arguments(sys.argv[1:])
    os.environ["STAFFELSTAB_LANGUAGE"] = "de"
    with bench(options.corpus) as prepared:
        campaign = Campaign(options.seed, prepared)
        if options.case:
            family, _, number = options.case.partition(":")
            outcome = campaign.one(family, int(number))
            _say(f"{outcome}\n{outcome.trace}")
            return int(bool(outcome.failure))
        return _hour(campaign, options.minutes * 60)


def _hour(campaign: Campaign, seconds: float) -> int:
    report, begun, told = Report(campaign.seed), time.monotonic(), time.monotonic()
    for outcome in campaign.until(begun + seconds):
        if report.add(outcome):
            _say(f"{_clock(begun)} NEW {outcome}\n{outcome.trace}")
        if time.monotonic() - told > EVERY:
            told = time.monotonic()
            _say("\n".join([f"-- after {_clock(begun)} --", *report.lines()]))
    _say("\n".join([f"== after {_clock(begun)} ==", *report.lines()]))
    return int(bool(report.failures))


def _clock(begun: float) -> str:
    return time.strftime("%H:%M:%S", time.gmtime(time.monotonic() - begun))


@contextmanager
def bench(corpus: Sequence[Path] = ()) -> Generator[Bench]:
    """A bench with its readers and an empty place."""
    with Reader(LIMITS) as reader, kept_readers(), tempfile.TemporaryDirectory(prefix="fuzzing-") as place:
        yield Bench(bases(corpus), reader, Path(place))


def failed(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Those that failed."""
    return [outcome for outcome in outcomes if outcome.failure]


def _arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.add_argument("minutes", type=float, nargs="?", default=0.0)
    parser.add_argument("seed")
    parser.add_argument("--case", metavar="FAMILY:NUMBER", help=f"one case again; families: {', '.join(BY_NAME)}")
    parser.add_argument("--corpus", type=Path, action="append", default=[], help="a folder of files to be changed, too")
    return parser.parse_args(given)


def _say(text: str) -> None:
    print(text.encode("utf-8", "backslashreplace").decode(), flush=True)  # noqa: T201 -- a report


if __name__ == "__main__":
    sys.exit(main())
