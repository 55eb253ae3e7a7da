"""A pass killed with -9 before any of its entries, or in the middle of anything: the next one makes it whole."""

from __future__ import annotations

import shutil
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from staffelstab.documents.extraction.reader_pool import kept_readers
from staffelstab.workspace import Workspace
from tests.documents.extraction.sample_files import docx
from tests.submissions.case import pass_process
from tests.submissions.case.office import Office

SEED = "t"
State = list[tuple[str, str, str | None, str, bytes | None]]


@pytest.fixture
def full(office: Office) -> Workspace:
    """An inbox with papers, a copy, a sheet, a late one, an unreadable one and a link."""
    office.drop("beitraege/a.txt", "Von: Beisitz 3\n\nWir brauchen Räume.", "2018-01-05 10:00")
    office.drop("beitraege/b.docx", docx("Von: Beisitz 4", "Uns fehlt Zeit."), "2018-01-06 10:00")
    office.drop("beitraege/nochmal.txt", "Von: Beisitz 3\n\nWir brauchen Räume.", "2018-01-07 10:00")
    office.drop("beitraege/kaputt.pdf", b"%PDF-1.7\n" + b"\x01\x02" * 500, "2018-01-08 10:00")
    office.drop("beitraege/spaet.txt", "Zu spät.", "2018-01-15 00:00:00")
    office.drop("zahlen/z.csv", "Verband;Jahr;Mitglieder\nBautzen;2017;300\n", "2018-01-09 10:00")
    (office.workspace.inbox / "beitraege" / "link.txt").symlink_to(office.workspace.plan_file)
    return office.workspace


def copied(workspace: Workspace, root: Path) -> Workspace:
    """The same working folder elsewhere, times of modification and all."""
    shutil.copytree(workspace.root, root, symlinks=True)
    return Workspace(root, seed=workspace.seed)


def state(workspace: Workspace) -> State:
    """Everything the ledger holds, but for salts and hashes: they are drawn anew for a transaction that was lost."""
    with workspace.open() as ledger:
        assert ledger.verify() == []
        entries = ledger.entries()
        contents = ledger.contents(str(entry.object) for entry in entries if entry.object)
    return [
        (entry.kind, entry.subject, entry.key, repr(sorted(entry.facts.items())), contents.get(entry.object or ""))
        for entry in entries
    ]


@pytest.fixture(autouse=True)
def _readers() -> Generator[None]:
    """The passes that are not killed are read for by the same readers; one that is has its own."""
    with kept_readers():
        yield


@pytest.mark.slow
def test_killed_before_any_entry_the_next_pass_makes_it_whole(full: Workspace, tmp_path: Path) -> None:
    undisturbed = copied(full, tmp_path / "undisturbed")
    pass_process.look(undisturbed)
    expected = state(undisturbed)
    kinds = [entry[0] for entry in expected[1:]]
    assert [kinds.count(kind) for kind in ("received", "arrived", "skipped", "read")] == [5, 6, 1, 5]
    entries, portions = 5 + 6 + 1 + 5, 3 + 1 + 3
    for number in range(entries + portions):
        workspace = copied(full, tmp_path / f"killed-{number}")
        child, pipe = pass_process.start(workspace.root, SEED)
        told = list(pass_process.until(pipe, number))
        child.kill()
        child.join()
        assert len(told) == number + 1
        partly = state(workspace)
        assert partly == expected[: len(partly)]
        assert len(partly) < len(expected)
        pass_process.look(workspace)
        assert state(workspace) == expected


@pytest.mark.slow
def test_killed_at_any_moment_the_next_pass_makes_it_whole(full: Workspace, tmp_path: Path) -> None:
    undisturbed = copied(full, tmp_path / "undisturbed")
    pass_process.look(undisturbed)
    expected = state(undisturbed)
    for number in range(12):
        workspace = copied(full, tmp_path / f"killed-{number}")
        child, pipe = pass_process.start(workspace.root, SEED)
        for _ in pass_process.until(pipe, number):
            pass
        pipe.send("go on")
        busy_wait(number * 0.7e-3)
        child.kill()
        child.join()
        pass_process.look(workspace)
        assert state(workspace) == expected


def busy_wait(seconds: float) -> None:
    """Let the child get a little further; finer than the scheduler's sleep."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass
