"""What all tests share: moments in Berlin, the sample corpus, and what a missing part means.

On one's own machine a test whose part is missing (OCR, a browser, PostgreSQL, the corpus) is skipped and says why. With
STAFFELSTAB_CI=1 the same skip is a failure: what is skipped proves nothing.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from tasks.begin import working_in

P = ParamSpec("P")
R = TypeVar("R")

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
BERLIN = ZoneInfo("Europe/Berlin")

IN_CI = os.environ.get("STAFFELSTAB_CI") == "1"
ATTACK = "attack"
SHARED = "SHARED_BY_TESTS"
"""Names a folder, in the environment, that all workers of a run share: for what is made once (tests/prepared_server.py)."""
LONGEST = ("chain", "live", "year", "january", "mistakes", "hostile year", "server", "killed", "kill", "live-pages")
"""The groups that take a minute or more. Those that mostly wait for a clock come first, so that others work meanwhile."""


def at(moment: str, zone: dt.tzinfo = BERLIN) -> dt.datetime:
    """The wall time `moment`, as in "2018-01-14 23:59:59" or "2018-01-14", in `zone`."""
    return dt.datetime.fromisoformat(moment).replace(tzinfo=zone)


def within(folder: Path | str, procedure: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """What a flow (or its bare procedure) comes to in this working folder."""
    with working_in(Path(folder)):
        return procedure(*args, **kwargs)


def has_program(name: str) -> Callable[[], bool]:
    """Whether a program of this name is on the PATH."""
    return lambda: shutil.which(name) is not None


def has_german_ocr() -> bool:
    """Whether tesseract is installed and knows German."""
    if not has_program("tesseract")():
        return False
    known = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    return "deu" in known.stdout.split()


PARTS: dict[str, tuple[Callable[[], bool], str]] = {
    "cc": (has_program("cc"), "no C compiler (Debian: gcc libc6-dev)"),
    "chromium": (has_program("chromium"), "no chromium (Debian: chromium)"),
    "corpus": (CORPUS.is_dir, "no sample corpus at ../shared/corpus"),
    "git": (has_program("git"), "no git"),
    "pdftoppm": (has_program("pdftoppm"), "no pdftoppm (Debian: poppler-utils)"),
    "postgresql": (
        lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        "no PostgreSQL server (Debian: postgresql)",
    ),
    "sha256sum": (has_program("sha256sum"), "no sha256sum (Debian: coreutils)"),
    "strace": (has_program("strace"), "no strace (Debian: strace)"),
    "tesseract": (has_german_ocr, "no German OCR (Debian: tesseract-ocr tesseract-ocr-deu)"),
}


def require(part: str) -> pytest.MarkDecorator:
    """A mark for tests that need `part`, one of PARTS: `@require("tesseract")` or `pytestmark = require("corpus")`."""
    present, reason = PARTS[part]
    return pytest.mark.skipif(not present(), reason=reason)


@pytest.fixture
def berlin() -> ZoneInfo:
    """The zone of the worked example."""
    return BERLIN


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of sample files beside the checkout."""
    if not CORPUS.is_dir():
        pytest.skip(PARTS["corpus"][1])
    return CORPUS


# -- how the tests are run ---------------------------------------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    """Keep Prefect and us off the developer's own settings and files, and draw the same examples twice in CI."""
    home = tempfile.TemporaryDirectory(prefix="staffelstab-tests-")
    config.add_cleanup(home.cleanup)
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    os.environ |= {"PREFECT_HOME": home.name, "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}
    os.environ["XDG_STATE_HOME"] = f"{home.name}/state"
    if not hasattr(config, "workerinput"):
        os.environ[SHARED] = home.name  # the workers are started with it
    settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
    settings.register_profile("dev", deadline=None)
    settings.load_profile("ci" if IN_CI else "dev")
    if config.pluginmanager.hasplugin("xdist"):
        config.option.loadscopereorder = False  # else xdist begins with the groups of most tests, not with the longest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Say which tests share a worker: those of one file, and all that look at the one live server. The long groups begin first.

    Each worker takes the next group when it has done its own: with the long ones first, all workers end at nearly the same time.
    """
    for item in items:
        item.user_properties += [(ATTACK, row) for mark in item.iter_markers(ATTACK) for row in mark.args]
    if not config.pluginmanager.hasplugin("xdist"):
        return
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(worker_group(item)))
    slow = {group_of(item) for item in items if item.get_closest_marker("slow")} - {*LONGEST}
    rank = {group: place for place, group in enumerate((*LONGEST, *sorted(slow)))}
    items.sort(key=lambda item: rank.get(group_of(item), len(rank)))


def group_of(item: pytest.Item) -> str:
    """The group in which an item runs."""
    mark = item.get_closest_marker("xdist_group")
    return str(mark.args[0]) if mark else ""


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are called by their argument: a ZIP file made while tests are collected holds the second, and workers would differ."""
    return argname if isinstance(val, bytes) else None


def worker_group(item: pytest.Item) -> str:
    """The tests with the same group run on the same worker and share its session's servers."""
    shares_server = "live" in getattr(item, "fixturenames", ())  # tests/deployments/conftest.py
    return "server" if shares_server else item.path.relative_to(ROOT).as_posix()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test is a failed one; an expected failure stays what it is."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI does not allow: {skip_reason(report)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """In CI a file that skips itself while it is collected is an error."""
    report = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI does not allow: {skip_reason(report)}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """`make attack` ends with a table: how many attacks of each row of the threat model were tried, and how many were held."""
    if config.getoption("markexpr") != ATTACK:
        return
    passed = terminalreporter.stats.get("passed", [])
    all_reports = [*passed, *terminalreporter.stats.get("failed", []), *terminalreporter.stats.get("error", [])]
    tried, held = (Counter(rows(reports)) for reports in (all_reports, passed))
    terminalreporter.section("attacks: row, tried, held")
    for row in sorted(tried, key=lambda row: (row[:1], int("0" + re.sub(r"\D", "", row)), row)):
        terminalreporter.line(f"  {row:<12} {tried[row]:>5} {held[row]:>5}")
    terminalreporter.line(f"  {'together':<12} {tried.total():>5} {held.total():>5}")


def rows(reports: Iterable[object]) -> list[str]:
    """The rows of the threat model that ended tests belong to."""
    ended = (each for each in reports if isinstance(each, pytest.TestReport) and (each.when == "call" or each.failed))
    return [str(row) for report in ended for name, row in report.user_properties if name == ATTACK]


def skip_reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """What the skip said for itself."""
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
