"""Several plans read at the same time, as a server with several does when it starts."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT

READING = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from staffelstab.timetable.plan.load import load_plan
with ThreadPoolExecutor(4) as threads:
    print(*(plan.id for plan in threads.map(load_plan, map(Path, sys.argv[1:]))))
"""


def test_the_first_plans_of_a_process_are_read_by_several_threads_at_once() -> None:
    """In a process of its own, for what must not happen at once happens only at first; it would end with a signal."""
    examples = [str(ROOT / "examples" / name) for name in ("mitgliederarbeit-2018", "choir-statute") * 2]
    for _ in range(4):
        command = [sys.executable, "-c", READING, *examples]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.split()) == (0, ["mitgliederarbeit-2018", "choir-statute"] * 2)
