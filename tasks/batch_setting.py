"""Which workers read very many papers in batches, by two variables of the environment (`tasks/environment.py`).

This module knows neither Prefect nor Dask, so that a command can look at the setting at once.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from staffelstab.errors import StaffelstabError
from tasks.environment import BATCH_CERTIFICATES, BATCH_WORKERS

MOST = 64
"""So many workers on one machine at most."""

NEEDED = ("distributed", "prefect_dask")
FILES = ("ca.pem", "cert.pem", "key.pem")

_SCHEDULER = re.compile(r"tls://[A-Za-z0-9.-]+:[0-9]{1,5}|tls://\[[0-9A-Fa-f:]+\]:[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Workers:
    """So many on this machine, or those of a scheduler, to which certificates lead."""

    count: int = 0
    scheduler: str = ""
    certificates: Path = Path()

    @property
    def told(self) -> str:
        """As it was set."""
        return self.scheduler or str(self.count)


def workers_set(variables: Mapping[str, str]) -> Workers | None:
    """The workers that are set; None if none are. Raises StaffelstabError if they cannot be used as they are set."""
    given = variables.get(BATCH_WORKERS, "").strip()
    if not given or given == "0":
        return None
    if given.isascii() and given.isdigit() and int(given) <= MOST:
        found = Workers(int(given))
    elif _SCHEDULER.fullmatch(given):
        found = Workers(scheduler=given, certificates=_checked(variables.get(BATCH_CERTIFICATES, "")))
    else:
        raise StaffelstabError("batches.error.setting", given=given, most=MOST)
    if not all(map(find_spec, NEEDED)):
        raise StaffelstabError("batches.error.not_installed")
    return found


def _checked(given: str) -> Path:
    """The folder of the certificates. Raises StaffelstabError if a file is missing, or others may read the key or change any."""
    place = Path(given)
    if not given or not all((place / name).is_file() for name in FILES):
        raise StaffelstabError("batches.error.certificates", folder=given, files=", ".join(FILES))
    for path in (place, *(place / name for name in FILES)):
        seen, others = path.stat(), 0o077 if path.name == FILES[-1] else 0o022
        if seen.st_uid not in (os.getuid(), 0) or stat.S_IMODE(seen.st_mode) & others:
            raise StaffelstabError("batches.error.key", file=str(path))
    return place
