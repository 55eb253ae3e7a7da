"""Whether very many papers are read in batches by workers, and by which; for a pass that Prefect runs.

    STAFFELSTAB_BATCH_WORKERS        a number of workers on this machine, or tls://HOST:PORT of a Dask scheduler
    STAFFELSTAB_BATCH_CERTIFICATES   with a scheduler: the folder of ca.pem, cert.pem and key.pem, which nobody else may read

Without the first, and for few papers, a pass reads by itself.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from prefect.context import FlowRunContext

from staffelstab.documents.extraction.batches import BatchReaders, Helpers
from staffelstab.documents.extraction.reader_pool import reading_by
from staffelstab.errors import StaffelstabError

WORKERS, CERTIFICATES = "STAFFELSTAB_BATCH_WORKERS", "STAFFELSTAB_BATCH_CERTIFICATES"
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
    given = variables.get(WORKERS, "").strip()
    if not given or given == "0":
        return None
    if given.isascii() and given.isdigit() and int(given) <= MOST:
        found = Workers(int(given))
    elif _SCHEDULER.fullmatch(given):
        found = Workers(scheduler=given, certificates=_checked(variables.get(CERTIFICATES, "")))
    else:
        raise StaffelstabError("batches.error.setting", given=given, most=MOST)
    if not all(map(find_spec, NEEDED)):
        raise StaffelstabError("batches.error.not_installed")
    return found


def _checked(given: str) -> Path:
    """The folder of the certificates. Raises StaffelstabError if a file is missing or somebody else may read the key."""
    place = Path(given)
    if not given or not all((place / name).is_file() for name in FILES):
        raise StaffelstabError("batches.error.certificates", folder=given, files=", ".join(FILES))
    seen = (place / FILES[-1]).stat()
    if seen.st_uid != os.getuid() or stat.S_IMODE(seen.st_mode) & 0o077:
        raise StaffelstabError("batches.error.key", file=str(place / FILES[-1]))
    return place


@contextmanager
def reading_in_batches(language: str) -> Generator[list[StaffelstabError]]:
    """Within the block papers are read by the workers that are set, if Prefect runs this. What goes wrong is collected."""
    if FlowRunContext.get() is None:
        yield []
        return
    try:
        workers = workers_set(os.environ)
    except StaffelstabError as error:
        yield [error]
        return
    if workers is None:
        yield []
        return
    with BatchReaders(partial(_helpers, workers, language)) as readers, reading_by(readers):
        yield readers.troubles


def _helpers(workers: Workers, language: str) -> AbstractContextManager[Helpers]:
    from tasks.dask_workers import dask_helpers  # needs an extra, and takes a second

    return dask_helpers(workers, language)
