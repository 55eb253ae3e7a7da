"""kill -9 at any moment of a pass, and the pass once more: nothing lost, nothing twice, every file byte for byte the same.

A sample of the moments, evenly spread; many more of them: STAFFELSTAB_SWEEP=1 (some minutes).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from staffelstab.documents.extraction.reader_pool import kept_readers
from staffelstab.service.decide import record_decision
from staffelstab.service.phase_run import open_run
from staffelstab.simulation.inputs import deliveries, verdicts
from staffelstab.workspace import find
from tests.conftest import at
from tests.service.killed_pass import killed_pass
from tests.year import CHOIR, DirectExecutor, Year, played

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("killed")]

POINTS = 40 if os.environ.get("STAFFELSTAB_SWEEP") == "1" else 5
LONDON = ZoneInfo("Europe/London")
DEADLINE_OVER = at("2025-12-01 07:00", LONDON)
FREEZE = at("2026-01-23 07:00", LONDON)
MEETING = at("2026-01-30 21:10", LONDON)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dt.datetime], Path]:
    """The choir's folder as it lay on the table in the moment before a pass."""
    made: dict[dt.datetime, Path] = {}

    def folder(now: dt.datetime) -> Path:
        if now not in made:
            made[now] = _prepared(tmp_path_factory.mktemp("before") / "choir", now)
        return made[now]

    return folder


def _prepared(root: Path, now: dt.datetime) -> Path:
    year = played(CHOIR, root, now.date() - dt.timedelta(days=1))
    _deliver(year, now)
    if now == MEETING:
        DirectExecutor().daily_pass(str(root), now.replace(hour=7, minute=0))
        verdict = next(item for item in verdicts(year.plan, CHOIR) if item.at == now)
        record_decision(open_run(root, now), verdict.session.id, verdict.outcome, vote=verdict.vote)
    return root


def _deliver(year: Year, now: dt.datetime) -> None:
    for item in deliveries(year.plan, CHOIR):
        path = year.workspace.inbox / item.path
        if item.at <= now and not path.exists():
            path.write_bytes(item.content)
            os.utime(path, (item.at.timestamp(), item.at.timestamp()))


def state(root: Path) -> tuple[dict[str, str], dict[str, tuple[str | None, str | None]]]:
    """Every file but the ledger's by its digest, and every keyed entry with the object and commitment it carries.

    The heads beside the ledger must be its own; they differ as the passes do: one that was killed notes once more that it ran.
    """
    files = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.startswith(("ledger.db", ".heads"))
    }
    with find(root).open(read_only=True) as ledger:
        assert ledger.verify(find(root).heads.read()) == []
        entries = {entry.key: (entry.object, entry.commitment) for entry in ledger.entries() if entry.key}
    return files, entries


@pytest.fixture(scope="module", autouse=True)
def _readers() -> Generator[None]:
    """The passes that make good what a killed one left are read for by the same readers."""
    with kept_readers():
        yield


@pytest.mark.parametrize("now", [DEADLINE_OVER, FREEZE, MEETING], ids=["received", "frozen", "handed-over"])
def test_killed_anywhere_and_run_again(now: dt.datetime, before: Callable[[dt.datetime], Path], tmp_path: Path) -> None:
    source = before(now)
    undisturbed = shutil.copytree(source, tmp_path / "undisturbed")
    events = killed_pass(undisturbed, now, 0)
    wanted = state(undisturbed)

    assert events is not None
    assert events > POINTS
    for point in sorted({1 + number * events // POINTS for number in range(POINTS)}):
        root = shutil.copytree(source, tmp_path / "killed")
        assert killed_pass(root, now, point) is None, f"survived event {point} of {events}"
        DirectExecutor().daily_pass(str(root), now)
        assert state(root) == wanted, f"killed before event {point} of {events}"
        shutil.rmtree(root)
