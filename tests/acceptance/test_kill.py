"""`kill -9` at many moments of a pass, and a rerun: nothing lost, nothing twice, the same dossier to the last byte."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from deployments.server.process import Server
from flows.daily_pass import daily_pass
from flows.decision import decision
from staffelstab.documents.extraction.reader_pool import kept_readers
from staffelstab.ledger.values import Entry
from staffelstab.workspace import find
from tests.acceptance.cli import COMMAND, environment
from tests.acceptance.eve import AFTER_THE_SESSION, FREEZE, before_the_freeze
from tests.acceptance.outputs import deliverables, journal
from tests.conftest import ROOT, at, within

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("kill")]

LOOK = 0.005
"""Seconds between two looks at the journal of a pass that is to be killed."""


@pytest.fixture(scope="module", autouse=True)
def _readers() -> Generator[None]:
    """The passes of this process are read for by the same readers; a pass that is killed has its own."""
    with kept_readers():
        yield


@pytest.fixture(scope="module")
def eve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working folder before the pass that takes in seven papers, freezes the first dossier and writes to the board."""
    return before_the_freeze(tmp_path_factory.mktemp("eve") / "akte").root


@pytest.fixture(scope="module")
def undisturbed(eve: Path, prefect: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after an undisturbed pass."""
    root = shutil.copytree(eve, tmp_path_factory.mktemp("undisturbed") / "akte")
    within(root, daily_pass, FREEZE)
    return root


def length(root: Path) -> int:
    """How many entries the journal has, asked as lightly as can be: somebody else is writing."""
    with closing(sqlite3.connect(f"file:{root / 'ledger.db'}?mode=ro", uri=True)) as database:
        return int(database.execute("SELECT max(seq) FROM entries").fetchone()[0])


def killed_pass(root: Path, now: dt.datetime, prefect: Server, entries: int) -> bool:
    """Start a pass and kill it as soon as the journal has so many entries. False if the pass was quicker."""
    command = [*COMMAND, "run", str(root), "--now", now.isoformat()]
    server = {"PREFECT_API_URL": f"{prefect.address}/api", "PREFECT_API_AUTH_STRING": f"admin:{prefect.password}"}
    output = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=environment(**server), stdout=output, stderr=output) as process:
        while process.poll() is None and length(root) < entries:
            try:
                process.wait(LOOK)
            except subprocess.TimeoutExpired:
                continue
        process.kill()
    return process.returncode == -9


def facts(entry: Entry) -> tuple[object, ...]:
    """What an entry says, wherever in the journal it stands."""
    return entry.at, entry.kind, entry.office, entry.subject, entry.phase, entry.key, entry.object, repr(entry.facts)


def happened(root: Path) -> Counter[tuple[object, ...]]:
    """Everything in the journal but what a pass notes of its own work: how much of it a pass did is another number after a kill."""
    return Counter(facts(entry) for entry in journal(root) if entry.kind not in {"pass", "surveyed"})


def the_same(root: Path, undisturbed: Path) -> None:
    """Assert that a folder holds what the undisturbed one holds: entries, papers, documents."""
    assert deliverables(root) == deliverables(undisturbed)
    assert happened(root) == happened(undisturbed)
    assert [entry.at for entry in journal(root, "pass")] == [entry.at for entry in journal(undisturbed, "pass")]
    with find(root).open(read_only=True) as ledger:
        assert ledger.verify() == []


@pytest.mark.parametrize("third", range(4))
def test_a_killed_pass_is_made_good_by_the_next(
    third: int, eve: Path, undisturbed: Path, prefect: Server, tmp_path: Path
) -> None:
    """Killed after its first entry, after a third, two thirds, nearly all of what it has to write.

    Every moment of a pass without Prefect: tests/service/test_killed.py.
    """
    root = shutil.copytree(eve, tmp_path / "akte")
    before, after = length(eve), length(undisturbed)
    assert killed_pass(root, FREEZE, prefect, before + 1 + (after - before - 2) * third // 3)
    assert before < length(root) < after
    within(root, daily_pass, FREEZE)
    the_same(root, undisturbed)


def test_killed_again_and_again_it_still_ends_well(
    eve: Path, undisturbed: Path, prefect: Server, tmp_path: Path
) -> None:
    root = shutil.copytree(eve, tmp_path / "akte")
    kills = 0
    while kills < 3 and killed_pass(root, FREEZE, prefect, length(root) + 5):
        kills += 1
    assert kills >= 2
    within(root, daily_pass, FREEZE)
    the_same(root, undisturbed)


@pytest.fixture(scope="module")
def decided(undisturbed: Path, prefect: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The evening of the session: noted, but not handed over yet."""
    root = shutil.copytree(undisturbed, tmp_path_factory.mktemp("decided") / "akte")
    within(root, decision, "lv-2018-01-19", "noted", now=at("2018-01-19 21:30"))
    return root


@pytest.fixture(scope="module")
def handed_over(decided: Path, prefect: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after an undisturbed pass, which hands over."""
    root = shutil.copytree(decided, tmp_path_factory.mktemp("handed-over") / "akte")
    within(root, daily_pass, AFTER_THE_SESSION)
    return root


@pytest.mark.parametrize("further", [1, 2])
def test_killed_while_handing_over_there_is_one_baton_and_a_whole_one(
    further: int, decided: Path, handed_over: Path, prefect: Server, tmp_path: Path
) -> None:
    """After one entry the baton is promised but not packed; after two it is handed over and the next phase not yet seen."""
    root = shutil.copytree(decided, tmp_path / "akte")
    assert killed_pass(root, AFTER_THE_SESSION, prefect, length(decided) + further)
    within(root, daily_pass, AFTER_THE_SESSION)
    assert len(journal(root, "handed_over")) == 1
    the_same(root, handed_over)
