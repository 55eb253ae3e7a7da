"""Every kind of call to the disk killed or failed, one at a time (`strace` does it), and what is left of the ledger.

A sample of the calls; all of them: STAFFELSTAB_SWEEP=1 (some 310 calls, three faults each, a quarter of an hour).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from staffelstab.ledger.store import Ledger
from tests.conftest import ROOT
from tests.ledger.faulty import body

CALLS = ("pwrite64", "fsync,fdatasync", "ftruncate", "link,linkat", "unlink")
FAULTS = {"killed": "signal=KILL", "input/output error": "error=EIO", "disk full": "error=ENOSPC"}
EVERY = 1 if os.environ.get("STAFFELSTAB_SWEEP") == "1" else 23
KNOWN = {"ledger.disk", "ledger.full", "ledger.place", "ledger.damaged", "ledger.busy", "ledger.traces"}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(shutil.which("strace") is None, reason="no strace (Debian: strace)"),
]


def life(file: Path, *options: str) -> str:
    """Live a ledger's life under strace; what it said at its end."""
    for left in file.parent.iterdir():
        left.unlink()
    command = [
        "strace",
        "-f",
        "-o",
        str(file.with_name("trace")),
        *options,
        sys.executable,
        "-m",
        "tests.ledger.faulty",
    ]
    return subprocess.run([*command, str(file)], cwd=ROOT, capture_output=True, text=True, check=False).stderr.strip()


def counted(file: Path) -> Counter[str]:
    """How often each kind of call occurs in an undisturbed life."""
    assert life(file, "-e", f"trace={','.join(CALLS)}") == ""
    trace = file.with_name("trace").read_text(encoding="utf-8", errors="replace")
    return Counter({calls: len(re.findall(rf"(?m)^\d+ +(?:{calls.replace(',', '|')})\(", trace)) for calls in CALLS})


def check(file: Path) -> None:
    """What was done is there, what was not is there whole or not at all, and every byte is right."""
    log = Path(f"{file}.done")
    done = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    if not file.exists():
        assert done == []
        return
    with Ledger.open(file) as ledger:
        entries, erased = ledger.entries("received"), {entry.subject for entry in ledger.entries("erased")}
        pages = sum(line.startswith("page") for line in done)
        assert ledger.verify() == []
        assert len(entries) in (2 * pages, 2 * pages + 2)
        assert len(erased) >= done.count("erased")
        kept = {str(entry.object): body(str(entry.key)) for entry in entries if entry.object not in erased}
        assert ledger.contents(str(entry.object) for entry in entries) == kept


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_of_the_disk_costs_anything_that_was_done(tmp_path: Path, fault: str) -> None:
    file = tmp_path / "akte.db"
    faults = 0
    for calls, n in counted(file).items():
        assert n > 0
        for when in range(1, n + 1, EVERY):
            said = life(file, "-e", f"trace={calls}", "-e", f"inject={calls}:{FAULTS[fault]}:when={when}")
            assert said in KNOWN | {""}, f"{calls} {when}"
            check(file)
            faults += 1
    assert faults >= 14
