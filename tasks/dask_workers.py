"""Dask workers that read batches, each batch one task run of Prefect: of our own on this machine, or those of a scheduler.

A scheduler of Dask executes whatever it is sent, and so do its workers. Ours talk only on 127.0.0.1 and only to whoever holds a
certificate that is made at the start of each pass and that nobody else has; theirs by certificates that somebody has handed out.
They serve no page, keep nothing on disk and log nothing.

Only `tasks.batches` imports this module, once batches are to be sent: what it needs is an extra of the installation.
"""

from __future__ import annotations

import logging
import os
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import dask.config
import distributed
from distributed.deploy.spec import SpecCluster
from prefect import State, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import task_run
from prefect_dask.task_runners import DaskTaskRunner, PrefectDaskFuture

from staffelstab.documents.extraction.batches import Answer, Batch, BatchRead, read_batch
from staffelstab.errors import StaffelstabError
from staffelstab.language import Language
from staffelstab.ledger.entropy import LIVE
from tasks.batch_setting import Workers
from tasks.decorators import Opaque, failed

HOST = "127.0.0.1"
WORKERS_SECONDS = 60.0
"""So long workers may take to come, at the start and when all have gone."""

PATIENCE = 600.0
"""After so many seconds a batch counts as lost. Its own time, that of the one before it and that of the slowest paper are less."""

_LOOK = 5.0

SILENT: Mapping[str, Any] = {
    "distributed.nanny.pre-spawn-environ": {},  # would be left in the environment of the pass
    "distributed.scheduler.allowed-failures": 3,
    "distributed.worker.profile.enabled": False,
    "distributed.admin.large-graph-warning-threshold": "1 GB",  # one paper may be large
    "distributed.admin.log-length": 0,  # neither what is said
    "distributed.admin.low-level-log-length": 0,  # nor what is done
}
LOGGING, HASH_SEED = "PREFECT_LOGGING_LEVEL", "PYTHONHASHSEED"
"""Variables that we set for the workers, and one that Dask does: both would be left in the environment of the pass."""

LOGGERS = ("distributed", "distributed.client", "distributed.gc", "tornado", "tornado.application")


class _NoPages:
    """Instead of a dashboard, nothing listens."""

    def start_http_server(self, *_: object, **__: object) -> None:
        """Nothing."""


class QuietScheduler(_NoPages, distributed.Scheduler):
    """A scheduler without pages."""


class QuietWorker(_NoPages, distributed.Worker):
    """A worker without pages, and without a word."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        silence()
        super().__init__(*args, **kwargs)


# -- the task ------------------------------------------------------------------------------------------------------------


class Sent(Opaque[Batch]):
    """A batch on its way: looked into neither by Prefect nor by Dask, which would else hash it to give it a name."""

    __slots__ = ("language", "number")

    def __init__(self, batch: Batch, number: int, language: str) -> None:
        super().__init__(batch)
        self.number, self.language = number, language

    def __dask_tokenize__(self) -> str:
        return LIVE.token("batch")


def _name() -> str:
    sent: Sent = task_run.parameters["sent"]
    return Language(sent.language).say("tasks.read_batch", number=sent.number, n=len(sent.value.papers))


def read_sent(sent: Sent) -> Opaque[BatchRead] | State[Any]:
    """Read a batch, where a worker is; a failure is one sentence."""
    try:
        return Opaque(read_batch(sent.value))
    except Exception as error:  # noqa: BLE001 -- as in every task: what a failure says must come from us
        return failed(error, sent.language)


READ = task(name="read_batch", task_run_name=_name, cache_policy=NO_CACHE, persist_result=False)(read_sent)


# -- the workers -----------------------------------------------------------------------------------------------------------


class DaskHelpers:
    """Workers that are there, as `Helpers`."""

    def __init__(self, runner: DaskTaskRunner, language: str) -> None:
        self._runner, self._language, self._number = runner, language, 0

    @property
    def at_once(self) -> int:
        """One batch for each thread of a worker."""
        return max(1, _threads(self._runner.client))

    def send(self, batch: Batch) -> Answer:
        """Have a batch read, as a task run."""
        self._number += 1
        try:
            future = self._runner.submit(READ, {"sent": Sent(batch, self._number, self._language)})
        except Exception as error:
            raise StaffelstabError("batches.error.lost") from error
        return _Answer(self._runner.client, future)


@dataclass(frozen=True, slots=True)
class _Answer:
    client: distributed.Client
    future: PrefectDaskFuture[Any]

    def result(self) -> BatchRead:
        try:
            _wait(self.client, self.future)
            result = self.future.result(timeout=WORKERS_SECONDS, raise_on_failure=False)
        except Exception as error:
            raise StaffelstabError("batches.error.lost") from error
        if not isinstance(result, Opaque):
            raise result if isinstance(result, StaffelstabError) else StaffelstabError("batches.error.lost")
        read: BatchRead = result.value
        return read


def _threads(client: distributed.Client) -> int:
    """Of all workers; none if the scheduler does not answer: each batch will tell."""
    threads: Mapping[str, int] = {}
    with suppress(OSError, RuntimeError, AttributeError):  # a client that has lost its scheduler has None instead
        threads = client.nthreads()
    return sum(threads.values())


def _wait(client: distributed.Client, future: PrefectDaskFuture[Any]) -> None:
    """Until it has ended, somehow. Raises TimeoutError if it does not, or if there has been nobody for long to do it."""
    now = time.monotonic()
    until, seen = now + PATIENCE, now
    while not future.wrapped_future.done():
        future.wait(_LOOK)
        if _threads(client):
            seen = time.monotonic()
        if time.monotonic() > min(until, seen + WORKERS_SECONDS):
            raise TimeoutError


@contextmanager
def dask_helpers(workers: Workers, language: str) -> Generator[DaskHelpers]:
    """Workers as they are set. Raises StaffelstabError if there are none."""
    with dask.config.set(SILENT), _silent(), ExitStack() as stack:
        runner = _of_a_scheduler(workers) if workers.scheduler else _of_our_own(workers.count)
        try:
            stack.enter_context(runner)
            runner.client.wait_for_workers(1, timeout=WORKERS_SECONDS)
        except Exception as error:
            raise StaffelstabError("batches.error.unreachable", workers=workers.told) from error
        yield DaskHelpers(runner, language)


def _of_our_own(count: int) -> DaskTaskRunner:
    def own_cluster() -> SpecCluster:
        return local_cluster(count)

    return DaskTaskRunner(cluster_class=own_cluster)


def local_cluster(count: int) -> SpecCluster:
    """So many workers on this machine, in folders that go with the pass; a certificate of their own keeps others out."""
    security = distributed.Security.temporary()
    here = tempfile.gettempdir()
    shared = {"host": HOST, "protocol": "tls://", "security": security}
    worker = {
        "cls": distributed.Nanny,
        "options": {
            **shared,
            "nthreads": 1,
            "memory_limit": 0,  # nothing is written to disk for want of memory: what is sent is bounded
            "local_directory": here,
            "env": {"TMPDIR": here},
            "worker_class": QuietWorker,
            "silence_logs": logging.CRITICAL,
        },
    }
    return SpecCluster(
        scheduler={"cls": QuietScheduler, "options": {**shared, "port": 0, "dashboard": False}},
        workers=dict.fromkeys(range(count), worker),
        security=security,
        silence_logs=logging.CRITICAL,
    )


def _of_a_scheduler(workers: Workers) -> DaskTaskRunner:
    place = workers.certificates
    security = distributed.Security(
        require_encryption=True,
        tls_ca_file=str(place / "ca.pem"),
        tls_client_cert=str(place / "cert.pem"),
        tls_client_key=str(place / "key.pem"),
    )
    return DaskTaskRunner(address=workers.scheduler, client_kwargs={"security": security, "timeout": WORKERS_SECONDS})


@contextmanager
def _silent() -> Generator[None]:
    """Within the block Dask says nothing in this process, and Prefect nothing on the terminal of those that it starts."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [logger.level for logger in loggers]
    variables = {name: os.environ.get(name) for name in (LOGGING, HASH_SEED)}
    silence()
    os.environ[LOGGING] = "CRITICAL"
    try:
        yield
    finally:
        for name, value in variables.items():
            os.environ.pop(name, None)
            os.environ |= {name: value} if value is not None else {}
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


def silence() -> None:
    """From now on Dask says nothing in this process: of a task that failed it would print the arguments."""
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
