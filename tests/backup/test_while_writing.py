"""A backup made at any moment of a pass is whole: restored and run again it comes to the very end of the pass that went on."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from staffelstab.backup import consistent
from staffelstab.backup.restoring import restore
from staffelstab.backup.tar_writing import write_tar
from staffelstab.language import Language
from staffelstab.service.sent_letters import letters, mark_sent
from staffelstab.workspace import find
from tests.acceptance.cli import COMMAND, environment, staffelstab
from tests.backup.other_processes import stepwise_pass
from tests.backup.small_backups import back_up
from tests.conftest import ROOT, at
from tests.service.small_folder import folder, run_at
from tests.service.test_killed import FREEZE, MEETING, before, state
from tests.year import DirectExecutor

__all__ = ["before"]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("killed")]

MOST = 14
"""So many backups are made during one pass."""
SIDE_BY_SIDE = 4


def but_for_the_note(root: Path) -> object:
    """The state of a folder without the note that it was backed up."""
    (root / ".backup").unlink()
    return state(root)


@pytest.mark.parametrize("now", [FREEZE, MEETING], ids=["frozen", "handed-over"])
def test_at_any_moment_of_a_pass(
    now: dt.datetime, before: Callable[[dt.datetime], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pass stands still meanwhile: what it has frozen and not yet written does not come, however long one waits."""
    monkeypatch.setattr(consistent, "PATIENCE", 0.0)
    count = sum(1 for _ in stepwise_pass(shutil.copytree(before(now), tmp_path / "count"), now))
    undisturbed = state(tmp_path / "count")
    root = shutil.copytree(before(now), tmp_path / "akte")
    wanted = {1 + count * point // MOST for point in range(MOST)}
    made = [back_up(root, tmp_path / "disk", now) for number in stepwise_pass(root, now) if number in wanted]

    assert len(made) == MOST
    assert but_for_the_note(root) == undisturbed
    for number, one in enumerate(made):
        folder = tmp_path / f"neu-{number}"
        done = restore(one.path, folder)
        assert done.looked.damage == tuple(error.text(done.looked.language) for error in one.damage)
        DirectExecutor().daily_pass(str(folder), now)
        assert but_for_the_note(folder) == undisturbed


def length(root: Path) -> int:
    """How many entries the journal has."""
    with find(root).open(read_only=True) as ledger:
        return ledger.newest().seq


def test_of_real_processes_side_by_side(before: Callable[[dt.datetime], Path], tmp_path: Path) -> None:
    """Backups one after the other for as long as the pass takes; every one is restored and verified."""
    root, disk = shutil.copytree(before(FREEZE), tmp_path / "akte"), tmp_path / "disk"
    disk.mkdir()
    entries = length(root)
    command = [*COMMAND, "run", str(root), "--now", FREEZE.isoformat()]
    with subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL) as running:
        while length(root) == entries and running.poll() is None:
            time.sleep(0.01)  # between two looks
        made: list[dict[str, str]] = []
        while running.poll() is None and len(made) < SIDE_BY_SIDE:
            done = staffelstab("backup", disk, root, "--json", "--now", FREEZE.isoformat())
            assert (done.returncode, done.stderr) == (0, "")
            made.append(json.loads(done.stdout))
        running.wait()
    assert running.returncode == 0
    assert made
    assert entries < int(made[0]["head"].split()[0]) <= length(root)
    for number, one in enumerate(made):
        folder = tmp_path / f"neu-{number}"
        assert staffelstab("restore", one["file"], folder).returncode == 0
        verified = json.loads(staffelstab("verify", folder, "--json").stdout)
        assert (verified["damage"], verified["head"]) == ([], one["head"])


def test_a_dossier_frozen_meanwhile_makes_it_be_packed_once_more(
    before: Callable[[dt.datetime], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, tries = shutil.copytree(before(FREEZE), tmp_path / "akte"), []

    def passing(*arguments: object) -> object:
        written = write_tar(*arguments)  # type: ignore[arg-type]  # as they came
        tries.append(written.manifest.entry)
        if len(tries) == 1:
            DirectExecutor().daily_pass(str(root), FREEZE)
        return written

    monkeypatch.setattr("staffelstab.backup.consistent.write_tar", passing)
    made = back_up(root, tmp_path / "disk", FREEZE)
    with find(root).open(read_only=True) as ledger:
        assert (len(tries), made.manifest.head) == (2, ledger.newest())
    assert restore(made.path, tmp_path / "neu").looked.damage == ()


def test_a_letter_marked_as_sent_meanwhile_makes_it_be_packed_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its draft moves, by an entry that the ledger copied before does not have: mark and letter are both in the backup."""
    root, tries = folder(tmp_path / "akte"), []
    DirectExecutor().daily_pass(str(root), at("2017-12-18 07:00"))
    run = run_at(root, "2017-12-18 09:00")
    with run.workspace.open(read_only=True) as ledger:
        letter = letters(run, ledger)[0]

    def marking(*arguments: object) -> object:
        written = write_tar(*arguments)  # type: ignore[arg-type]  # as they came
        tries.append(written.manifest.entry)
        if len(tries) == 1:
            mark_sent(run, letter.key)
        return written

    monkeypatch.setattr("staffelstab.backup.consistent.write_tar", marking)
    made = back_up(root, tmp_path / "disk", run.now)
    assert len(tries) == 2
    restore(made.path, tmp_path / "neu")
    restored = run_at(tmp_path / "neu", "2017-12-18 10:00")
    with restored.workspace.open(read_only=True) as ledger:
        [again] = [item for item in letters(restored, ledger) if item.key == letter.key]
    assert (again.state, again.path and again.path.parent) == ("sent", restored.workspace.sent)


def test_what_was_lost_before_is_told_and_kept_as_it_is(
    before: Callable[[dt.datetime], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consistent, "PATIENCE", 0.0)
    root, disk = shutil.copytree(before(FREEZE), tmp_path / "akte"), tmp_path / "disk"
    disk.mkdir()
    DirectExecutor().daily_pass(str(root), FREEZE)
    [lost] = root.glob("sessions/*/dossier.odt")
    lost.unlink()
    made = back_up(root, disk, FREEZE)
    [damage] = made.damage
    assert lost.name in damage.text("en")
    done = staffelstab("restore", made.path, tmp_path / "neu")
    assert (done.returncode, Language("en").say("backup.damaged_before") in done.stdout) == (1, True)
