"""What a server's first start leaves in its database: made once for all tests, copied to where a start would make it anew.

Prefect brings an empty database up to date in some hundred steps, which takes longer than all else of a start. That servers start
with nothing at all, tests/commands/test_first_start.py and tests/deployments/test_rehearsal_server.py show.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from staffelstab.files import PRIVATE_FOLDER
from staffelstab.isolation import BARE, child_environment
from tests.conftest import SHARED

UPGRADE = (sys.executable, "-m", "prefect", "server", "database", "upgrade", "-y")


def prepared(home: Path) -> Path:
    """The home of a server that was started before and ran nothing."""
    home.mkdir(PRIVATE_FOLDER, parents=True, exist_ok=True)
    file = home / "prefect.db"
    file.touch(0o600)
    shutil.copyfile(_database(), file)
    return home


@cache
def _database() -> Path:
    """The file of the database; whoever of the workers comes first makes it."""
    place = Path(os.environ[SHARED])
    made = place / "prefect.db"
    with (place / "prefect.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make(place / "making.db")
            (place / "making.db").rename(made)
    return made


def _make(file: Path) -> None:
    settings = {
        "PREFECT_HOME": str(file.parent / "prefect"),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{file}",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "DO_NOT_TRACK": "1",
    }
    subprocess.run(UPGRADE, cwd=BARE, env=child_environment() | settings, stdout=subprocess.DEVNULL, check=True)
    assert [path.name for path in file.parent.glob(f"{file.name}-*")] == [], "nothing of it lies beside it"
