"""A run whose runner was killed does not go on alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from tests.conftest import ROOT

RUN = "import flows, threading; print('under way', flush=True); threading.Event().wait()"
RUNNER = f"""
import os, subprocess, sys
os.environ["STAFFELSTAB_RUNNER"] = str(os.getpid())
subprocess.run([sys.executable, "-c", {RUN!r}])
"""
OUTSIDE = {name: value for name, value in os.environ.items() if name != "PREFECT__FLOW_RUN_ID"}


@contextmanager
def runner_with_run(**more: str) -> Generator[subprocess.Popen[str]]:
    """A process that has started another, which says when it is under way; both say it into the same pipe."""
    with subprocess.Popen(
        [sys.executable, "-c", RUNNER], cwd=ROOT, env=OUTSIDE | more, stdout=subprocess.PIPE, text=True
    ) as runner:
        assert runner.stdout is not None
        assert runner.stdout.readline() == "under way\n"
        yield runner


@pytest.mark.timeout(60)
def test_a_run_ends_when_its_runner_is_killed() -> None:
    with runner_with_run(PREFECT__FLOW_RUN_ID="a run") as runner:
        assert runner.stdout is not None
        runner.send_signal(signal.SIGKILL)
        assert runner.stdout.read() == "", "the pipe is closed once both have gone"
