"""Everything at once: every format, every scan, every bomb lies in the inbox, and one pass deals with it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import pytest

from staffelstab.workspace import Workspace, create
from tests.acceptance.cli import PARTY, environment
from tests.conftest import CORPUS, ROOT, at, require

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("hostile"), require("corpus")]

MEGABYTES = 600
NOW = "2018-01-10T07:00:00"
CHILD = """
import json, sys, time
from pathlib import Path
from commands.main import main
began = time.monotonic()
code = main(sys.argv[1:])
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(json.dumps([code, int(status["VmHWM"].split()[0]) // 1024, time.monotonic() - began]), file=sys.stderr)
"""


class Pass(NamedTuple):
    """One pass: its exit code, the highest memory of the process itself in MB, its seconds, and what it said."""

    code: int
    megabytes: int
    seconds: float
    said: str


@pytest.fixture(scope="module")
def dropped() -> dict[str, bytes]:
    """Every file of the corpus that is there to be read or to do harm, by its name in the inbox."""
    folders = [CORPUS / name for name in ("formats", "derived", "hostile")]
    return {
        f"beitraege/{path.relative_to(CORPUS).as_posix()}": path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def workspace(dropped: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """All of it in the inbox, and a few things that are no files."""
    made = create(PARTY, tmp_path_factory.mktemp("hostile") / "akte", now=at("2017-12-15"))
    for name in ("formats", "derived", "hostile"):
        shutil.copytree(CORPUS / name, made.inbox / "beitraege" / name)
    yesterday = at("2018-01-09 12:00").timestamp()
    for name in dropped:
        os.utime(made.inbox / name, (yesterday, yesterday))
    os.mkfifo(made.inbox / "beitraege" / "rohr.txt")
    (made.inbox / "beitraege" / "verweis.txt").symlink_to("/etc/hostname")
    return made


@pytest.fixture(scope="module")
def one_pass(workspace: Workspace) -> Pass:
    """One `staffelstab run`, measured from within."""
    command = [sys.executable, "-c", CHILD, "run", str(workspace.root), "--now", NOW]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True, timeout=600)
    code, megabytes, seconds = json.loads(done.stderr.splitlines()[-1])
    return Pass(code, megabytes, seconds, done.stdout)


def test_the_pass_ends_well_and_says_how_it_went(one_pass: Pass, workspace: Workspace) -> None:
    with workspace.open(read_only=True) as ledger:
        new, unreadable = (
            len(ledger.entries("received")),
            [entry for entry in ledger.entries("read") if entry.facts["status"] == "unreadable"],
        )
    assert one_pass.code == 0
    done, *told, after = one_pass.said.splitlines()
    assert done == f"Der Tageslauf ist fertig. Neu eingegangen: {new}, nicht lesbar: {len(unreadable)}."
    passed_over, with_care, missed = (line for line in told if not line.startswith("  "))
    assert passed_over == "2 Sachen im Posteingang wurden nicht übernommen."
    assert with_care.startswith("Bei ")
    assert missed == "Was inzwischen verstrichen ist:"
    assert after.endswith(f"staffelstab status {workspace.root}")


def test_the_pass_itself_stays_small(one_pass: Pass, record_property: Callable[[str, object], None]) -> None:
    record_property("seconds", round(one_pass.seconds))
    record_property("megabytes", one_pass.megabytes)
    assert one_pass.megabytes < MEGABYTES


def test_every_file_is_kept_byte_by_byte(one_pass: Pass, workspace: Workspace, dropped: dict[str, bytes]) -> None:
    with workspace.open(read_only=True) as ledger:
        arrived, received = ledger.entries("arrived"), ledger.entries("received")
        names = ledger.contents(entry.object for entry in arrived if entry.object)
        originals = ledger.contents(entry.object for entry in received if entry.object)
    paper = {entry.subject: originals[entry.object] for entry in received if entry.object}
    kept = {names[entry.object].decode(): paper[entry.subject] for entry in arrived if entry.object}
    assert kept.keys() == dropped.keys()
    assert [name for name in dropped if kept[name] != dropped[name]] == []


def test_every_paper_is_read_or_says_why_not(one_pass: Pass, workspace: Workspace, dropped: dict[str, bytes]) -> None:
    with workspace.open(read_only=True) as ledger:
        received = {entry.subject for entry in ledger.entries("received")}
        read = ledger.entries("read")
    assert Counter(entry.subject for entry in read) == dict.fromkeys(received, 1)
    silent = [entry for entry in read if entry.facts["status"] == "unreadable" and not entry.facts["reason"]]
    assert silent == []
    assert len(received) == len(set(dropped.values()))
    assert Counter(str(entry.facts["status"]) for entry in read)["read"] > 60


def test_what_is_no_file_is_passed_over_and_noted(one_pass: Pass, workspace: Workspace) -> None:
    with workspace.open(read_only=True) as ledger:
        assert sorted(str(entry.facts["reason"]) for entry in ledger.entries("skipped")) == ["fifo", "link"]
