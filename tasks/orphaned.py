"""A run ends with the runner that started it, however that one ends.

When the runner is killed, or the machine kills it for want of memory, the process of a run is left alone. It would go on writing
while whoever opens the folder next does the same work, and then ask a server that is gone, for minutes. What it has written so far
is whole, as after any kill: the next pass continues there.
"""

from __future__ import annotations

import os
import threading
import time

RUNNER = "STAFFELSTAB_RUNNER"
"""The environment variable that tells the process of a run which process started it."""
FLOW_RUN = "PREFECT__FLOW_RUN_ID"
"""Set by Prefect in the process of a run only, where it names the run."""
LOOK_SECONDS = 0.5
ORPHANED = 70
"""The exit code, which nobody is there to read."""


def end_with_runner() -> None:
    """In the process of a run: end it as soon as its runner has gone. Elsewhere nothing."""
    runner = os.environ.get(RUNNER)
    if runner and FLOW_RUN in os.environ:
        threading.Thread(target=_watch, args=(int(runner),), name="end-with-runner", daemon=True).start()


def _watch(runner: int) -> None:
    while os.getppid() == runner:
        time.sleep(LOOK_SECONDS)
    os._exit(ORPHANED)
