"""The wall clock of a process and of all its children, set from outside, so that days of a live server pass in minutes.

`clock.c` is compiled and preloaded: the programs under test are the real ones and know nothing of it.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("clock.c")


@dataclass(frozen=True)
class WallClock:
    """A clock that runs as fast as the real one and so far ahead of it as its file says; made in `folder`."""

    folder: Path

    def __post_init__(self) -> None:
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", str(self._library), str(SOURCE)], check=True)
        self._file.write_bytes(bytes(8))

    @property
    def _library(self) -> Path:
        return self.folder / "clock.so"

    @property
    def _file(self) -> Path:
        return self.folder / "clock"

    def environment(self, zone: str) -> dict[str, str]:
        """What a process needs to go by this clock, on a machine that is set to `zone`."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
        return own | {"LD_PRELOAD": str(self._library), "CLOCK_FILE": str(self._file), "TZ": zone}

    def turn_to(self, moment: dt.datetime) -> None:
        """Make it `moment` (aware) now; eight bytes at once, so that nobody reads half of them."""
        ahead = round(moment.timestamp() * 1e9) - time.time_ns()
        with self._file.open("r+b", buffering=0) as file:
            file.write(ahead.to_bytes(8, "little", signed=True))

    def now(self) -> dt.datetime:
        """The moment it shows."""
        ahead = int.from_bytes(self._file.read_bytes(), "little", signed=True)
        return dt.datetime.fromtimestamp((time.time_ns() + ahead) / 1e9, dt.UTC)
