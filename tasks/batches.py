"""Very many papers are read in batches by workers, if some are set and Prefect runs the pass.

Without them, and for few papers, a pass reads by itself.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

from prefect.context import FlowRunContext

from staffelstab.documents.extraction.batches import BatchReaders, Helpers
from staffelstab.documents.extraction.reader_pool import reading_by
from staffelstab.errors import StaffelstabError
from tasks.batch_setting import Workers, workers_set


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
