"""`python -m benchmarks.mutants [PART …]`: break the core on purpose and count how often a test notices (mutation testing).

Which modules are changed, and which tests have to notice, is listed in `[tool.mutants]` of pyproject.toml, part by part. Each
part runs in a copy of its own under `build/mutants/`. What mutmut leaves alone: decorated functions, constants of a module.

Each change is tried in a fork of the process that ran the tests before. Typst's threads do not outlive a fork, and a test that
prints would wait for them for ever, which looks as if it had noticed something. `prints = true` in a row therefore forks from a
process that has run nothing; that takes longer, for its quickest tests do not come first.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "mutants"
TABLE = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutants"]
CODE = ("commands", "deployments", "flows", "tasks", "staffelstab")
BESIDE = ("benchmarks", "templates", "examples", "docs")
AIM = 90
"""Per cent of the changes that a test shall notice."""

NOTICED = frozenset({"killed", "timeout", "segfault", "suspicious"})
"""A test failed, or the change kept it from ending; mutmut's "suspicious" is an exit code that no passing run has."""


@dataclass(frozen=True, slots=True)
class Part:
    """A row of the table: modules that are changed, tests that have to notice, which of those are left out, whether they print."""

    code: list[str]
    tests: list[str]
    without: str = ""
    prints: bool = False

    @property
    def selection(self) -> list[str]:
        """The arguments with which pytest selects the tests."""
        return [*self.tests, "-m", "not slow", *(["-k", f"not ({self.without})"] if self.without else [])]


PARTS: Mapping[str, Part] = {name: Part(**row) for name, row in TABLE.items()}


@dataclass(frozen=True, slots=True)
class Score:
    """How many changes were made in a module, or in several, and how many of them a test noticed."""

    noticed: int
    made: int

    @property
    def percent(self) -> float:
        """Noticed changes per hundred; where nothing could be changed, nothing was missed."""
        return 100 * self.noticed / self.made if self.made else 100.0


def main() -> None:
    """Run the parts that are named, or all, and print scores and survivors."""
    options = _options()
    states: dict[str, str] = {}
    for part in options.part or PARTS:
        begun = time.monotonic()
        work = _prepare(part, WORK / part)
        _run(work, options.jobs)
        found = states_in(work)
        states |= found
        print(f"{part}: {time.monotonic() - begun:.0f} s")
        for line in [*_report(found), *_survivors(work, found, options.diffs)]:
            print(line, flush=True)
    print(_line("all together", score(states.values())), f"wanted: {AIM} %")


def states_in(work: Path) -> dict[str, str]:
    """What became of each change, by mutmut's name for it, "package.module.function__mutmut_3"."""
    printed = _mutmut(work, "results", "--all", "true").splitlines()
    pairs = (line.strip().partition(": ") for line in printed if "__mutmut_" in line)
    return {name: state for name, _, state in pairs}


def score(states: Iterable[str]) -> Score:
    """The score of changes that ended so."""
    ended = list(states)
    return Score(sum(state in NOTICED for state in ended), len(ended))


def module_of(name: str) -> str:
    """The module in which a change was made: what comes before mutmut's name of the function."""
    return name.rpartition(".")[0]


def _options() -> argparse.Namespace:
    made = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description=__doc__)
    made.add_argument(
        "part", nargs="*", choices=(*PARTS, []), metavar="PART", help=f"{', '.join(PARTS)}; all, if none is named"
    )
    made.add_argument("--jobs", type=int, default=2, metavar="N", help="changes tried at once")
    made.add_argument("--diffs", action="store_true", help="show each change that nobody noticed")
    return made.parse_args()


def _prepare(part: str, work: Path) -> Path:
    """An empty folder in which mutmut finds the sources, and its own settings for this part."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name in (*CODE, *BESIDE, "tests"):
        (work / name).symlink_to(ROOT / name)
    if (samples := ROOT.parent / "shared").is_dir():
        (work / "shared").symlink_to(samples)
    own = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (work / "pyproject.toml").write_text(own + "".join(_settings(part)), encoding="utf-8")
    return work


def _settings(part: str) -> Iterator[str]:
    settings = {
        "source_paths": CODE,
        "also_copy": BESIDE,
        "only_mutate": PARTS[part].code,
        "pytest_add_cli_args_test_selection": PARTS[part].selection,
        "pytest_add_cli_args": ["-p", "no:cacheprovider", "--hypothesis-seed=0"],
        "process_isolation": "forkserver" if PARTS[part].prints else "fork",
    }
    yield "\n[tool.mutmut]\ntimeout_constant = 15.0\ntimeout_multiplier = 4.0\nuse_git_change_detection = false\n"
    yield from (f"{key} = {json.dumps(value)}\n" for key, value in settings.items())


def _run(work: Path, jobs: int) -> None:
    """Let mutmut make and try every change; it prints its own progress."""
    done = subprocess.run([*_command("run"), "--max-children", str(jobs)], cwd=work, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def _mutmut(work: Path, *arguments: str) -> str:
    return subprocess.run(_command(*arguments), cwd=work, check=True, capture_output=True, text=True).stdout


def _command(*arguments: str) -> list[str]:
    return [str(Path(sys.executable).with_name("mutmut")), *arguments]


def _report(states: Mapping[str, str]) -> Iterator[str]:
    for module in sorted({module_of(name) for name in states}):
        yield _line(module, score(state for name, state in states.items() if module_of(name) == module))


def _survivors(work: Path, states: Mapping[str, str], diffs: bool) -> Iterator[str]:
    for name, state in states.items():
        if state == "timeout":
            yield f"    {state}, taken for noticed: {name}"
        if state not in NOTICED:
            yield f"    {state}: {name}"
            if diffs:
                yield _mutmut(work, "show", name)


def _line(name: str, found: Score) -> str:
    return f"  {name:<44}{found.noticed:5} of {found.made:5}  {found.percent:6.1f} %"


if __name__ == "__main__":
    main()
