"""The process of one run: Prefect's engine, which ends when standard input ends, with the worker that holds it (`worker.py`).

It is killed then: the ledger takes that at every moment, and the server closes the run when it misses the worker.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading


def _when_input_ends() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Execute the run that the environment names."""
    threading.Thread(target=_when_input_ends, daemon=True).start()
    runpy.run_module("prefect.engine", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
