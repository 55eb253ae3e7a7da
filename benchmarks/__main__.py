"""`python -m benchmarks [startup] [check] [rehearsal] [intake]`: measure, and print ratios to a baseline of the same run."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from benchmarks import check, intake, rehearsal, startup

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "mitgliederarbeit-2018"
ALL = ("startup", "check", "rehearsal", "intake")


def main() -> None:
    """Measure what is asked for; everything, if nothing is named."""
    options = _options()
    for what in options.what or ALL:
        for found in _measured(what, options):
            print(found, flush=True)
        print(flush=True)


def _options() -> argparse.Namespace:
    made = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    made.add_argument(
        "what", nargs="*", choices=(*ALL, []), metavar="WHAT", help=f"{', '.join(ALL)}; all, if none is named"
    )
    made.add_argument("--papers", nargs="+", type=int, default=[1_000, 10_000], metavar="N", help="papers for intake")
    made.add_argument("--times", type=int, default=7, metavar="N", help="starts of each command")
    made.add_argument("--example", type=Path, default=EXAMPLE, metavar="DIR", help="the plan")
    made.add_argument("--until", metavar="DATE", help="rehearse only until this date")
    return made.parse_args()


def _measured(what: str, options: argparse.Namespace) -> Iterator[str]:
    if what == "startup":
        yield from startup.measure(options.example, options.times)
    elif what == "check":
        yield from check.measure()
    elif what == "rehearsal":
        yield from rehearsal.measure(options.example, options.until)
    else:
        for count in options.papers:
            yield from intake.measure(options.example, count)


if __name__ == "__main__":
    main()
