"""A pass that has its papers read by Dask workers comes to the same, also if one is killed; and nobody else gets at them."""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL

import dask.config
import distributed
import pytest

from deployments.server.process import rehearsal_server
from flows.daily_pass import daily_pass
from staffelstab.documents.extraction import batches
from staffelstab.errors import StaffelstabError
from staffelstab.files import write
from tasks.batch_setting import FILES
from tasks.begin import open_pass
from tasks.daily import take_stock
from tasks.dask_workers import SILENT, local_cluster
from tasks.decorators import directly, procedure
from tasks.environment import BATCH_CERTIFICATES, BATCH_WORKERS
from tests.acceptance.outputs import deliverables, journal
from tests.conftest import ROOT, at, within
from tests.deployments.free_port import free_port
from tests.processes import descendants, listening, parent_of, told
from tests.service.small_folder import folder, put

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("batches")]

PAPERS, SIZE = 120, 20
NOW = at("2018-01-10 07:00")
LOCAL = "0100007F"
"""127.0.0.1, as Linux writes it."""

OPTIONS = ("--tls-ca-file", "--tls-cert", "--tls-key")
CANARY = "Zwölf gelbe Zeisige zählen Zettel"


@dataclass
class Passes:
    """The same folder four times: read by the pass alone, by workers of whom one was killed, by those of a scheduler, and with a
    setting that cannot be used.
    """

    alone: Path
    helped: Path
    distant: Path
    wrong: Path
    home: Path
    error: StaffelstabError | None = None
    killed: list[int] = field(default_factory=list)
    listening: set[tuple[str, int]] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    modes: set[int] = field(default_factory=set)

    def task_runs(self) -> list[tuple[str, str]]:
        """Names and states of the runs in which batches were read."""
        with closing(sqlite3.connect(self.home / "prefect.db")) as database:
            return database.execute("SELECT name, state_type FROM task_run WHERE name LIKE '%Stapel%'").fetchall()


@pytest.fixture(scope="module")
def passes(tmp_path_factory: pytest.TempPathFactory) -> Passes:
    base = tmp_path_factory.mktemp("batches")
    alone, helped, distant, wrong = (folder(base / name) for name in ("alone", "helped", "distant", "wrong"))
    made = Passes(alone, helped, distant, wrong, base / "prefect")
    for root in (alone, helped, distant, wrong):
        for number in range(PAPERS):
            text = f"Von: Beisitz {number % 3 + 1}\n\n{CANARY}. Blatt {number}."
            put(root, f"beitraege/{number:03}-zeisig.txt", text, at("2018-01-09 12:00"))
    within(made.alone, lambda: directly(daily_pass, now=NOW))
    with pytest.MonkeyPatch.context() as patch, rehearsal_server(made.home):
        patch.setattr(batches, "PAPERS", SIZE)
        patch.setattr(batches, "FEW", 1)
        patch.setenv(BATCH_WORKERS, "2")
        with killing_one(made):
            within(made.helped, daily_pass, NOW)
        with a_scheduler(base / "dask") as (address, certificates):
            patch.setenv(BATCH_WORKERS, address)
            patch.setenv(BATCH_CERTIFICATES, str(certificates))
            within(made.distant, only_look, NOW)
        patch.setenv(BATCH_WORKERS, "tcp://127.0.0.1:8786")
        with pytest.raises(StaffelstabError) as refused:
            within(made.wrong, daily_pass, NOW)
        made.error = refused.value
    return made


@procedure("daily-pass")
def only_look(now: dt.datetime | None = None) -> None:
    """The first step of a pass."""
    take_stock(open_pass(now))


@contextmanager
def a_scheduler(place: Path) -> Generator[tuple[str, Path]]:
    """A scheduler and a worker as somebody else starts them (docs/operations.md): its address, and the certificates."""
    place.mkdir(mode=0o700)
    made = distributed.Security.temporary()
    for name, text in zip(FILES, (made.tls_ca_file, made.tls_client_cert, made.tls_client_key), strict=True):
        write(place / name, text.encode())
    files = [word for name, option in zip(FILES, OPTIONS, strict=True) for word in (option, str(place / name))]
    port = free_port()
    address = f"tls://127.0.0.1:{port}"
    at_all = [sys.executable, "-P", "-m", "dask"]
    scheduler = ["scheduler", "--protocol", "tls", "--host", "127.0.0.1", "--port", str(port)]
    worker = ["worker", address, "--nthreads", "1", "--memory-limit", "0", "--local-directory", str(place)]
    apart = ["--no-dashboard", "--dashboard-address", "127.0.0.1:0", *files]
    with ExitStack() as stack:
        for command in (scheduler, worker):
            process = subprocess.Popen([*at_all, *command, *apart], stdout=DEVNULL, stderr=DEVNULL, cwd=ROOT)
            stack.callback(process.wait, 30)
            stack.callback(process.terminate)
        yield address, place


@contextmanager
def killing_one(made: Passes) -> Generator[None]:
    """Within the block the first Dask worker that has begun to read is killed; what the others look like is noted."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.02):
            ours = list(descendants(os.getpid()))
            workers = [pid for pid in ours if told(pid, "cmdline").startswith("dask worker")]
            readers = {parent_of(pid) for pid in ours if "worker_main" in told(pid, "cmdline")}
            for pid in workers:
                made.listening |= set(listening(pid))
                made.said.add(told(pid, "cmdline") + told(pid, "environ"))
            if not made.killed and (reading := readers & set(workers)):
                made.modes |= {path.stat().st_mode & 0o777 for path in (made.helped / ".tmp").iterdir()}
                made.listening |= set(listening(os.getpid()))
                made.killed.append(reading.pop())
                os.kill(made.killed[0], signal.SIGKILL)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield
    finally:
        ended.set()
        watching.join()


def test_a_worker_was_killed_and_everything_was_read_once_in_the_order_of_the_papers(passes: Passes) -> None:
    assert passes.killed
    received = [entry.subject for entry in journal(passes.helped, "received")]
    assert [entry.subject for entry in journal(passes.helped, "read")] == received
    assert len(set(received)) == PAPERS


def test_ledger_and_documents_are_the_same_as_without_workers(passes: Passes) -> None:
    alone, helped, distant = (
        [entry.hash for entry in journal(root)] for root in (passes.alone, passes.helped, passes.distant)
    )
    assert helped == alone
    assert distant == alone[: len(distant)]
    assert len(journal(passes.distant, "read")) == PAPERS
    assert deliverables(passes.helped) == deliverables(passes.alone)


def test_there_is_one_task_run_for_each_batch_and_all_have_ended(passes: Passes) -> None:
    names = {f"Eingänge lesen, Stapel {number} ({SIZE} Papiere)" for number in range(1, PAPERS // SIZE + 1)}
    assert sorted(passes.task_runs()) == sorted((name, "COMPLETED") for name in names for _ in ("helped", "distant"))


def test_a_setting_that_cannot_be_used_is_told_and_everything_is_read_all_the_same(passes: Passes) -> None:
    assert passes.error is not None
    assert passes.error.key == "batches.error.setting"
    assert len(journal(passes.wrong, "read")) == PAPERS
    assert deliverables(passes.wrong, of=("sessions", "outbox")) == deliverables(
        passes.alone, of=("sessions", "outbox")
    )


@pytest.mark.attack("batch")
def test_no_word_of_a_paper_and_no_name_reaches_prefect_or_a_process_list(passes: Passes) -> None:
    words = [word.encode() for word in (CANARY, "Zeisige", "-zeisig.txt")]
    files = [path for path in passes.home.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files for word in words if word in path.read_bytes()]
    assert not [said for said in passes.said if "eisig" in said or "BEGIN" in said]


@pytest.mark.attack("batch")
def test_workers_listen_on_this_machine_only_and_leave_nothing_behind(passes: Passes) -> None:
    assert {address for address, _ in passes.listening} == {LOCAL}
    assert passes.modes == {0o700}
    assert not (passes.helped / ".tmp").exists()
    assert not [pid for pid in descendants(os.getpid()) if told(pid, "cmdline").startswith("dask worker")]


# -- attacks ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ports() -> Iterator[list[int]]:
    """Every port of a scheduler and a worker at work, the scheduler's first."""
    with dask.config.set(SILENT), local_cluster(1) as cluster:
        first = cluster.scheduler.port
        pids = [os.getpid(), *descendants(os.getpid())]
        yield sorted((port for pid in pids for _, port in listening(pid)), key=lambda port: port != first)


def tls(security: distributed.Security | None) -> ssl.SSLContext:
    """A client that believes everybody, with a certificate or without."""
    if security is None:
        return ssl._create_unverified_context()
    context: ssl.SSLContext = security.get_connection_args("client")["ssl_context"]
    context.verify_mode = ssl.CERT_NONE
    return context


def answer(port: int, sent: bytes, context: ssl.SSLContext | None) -> bytes:
    """What comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as plain:
        try:
            connected = context.wrap_socket(plain) if context else plain
            connected.sendall(sent)
            return connected.recv(1 << 16)
        except OSError:
            return b""


HELLO = b"\x01\0\0\0\0\0\0\0\x1c\0\0\0\0\0\0\0\x82\xa2op\xa8identity\xa5reply\xc3"
GET = b"GET /info/main/workers.html HTTP/1.0\r\n\r\n"


@pytest.mark.attack("batch")
@pytest.mark.parametrize("how", ["plain", "no certificate", "a certificate of one's own"])
@pytest.mark.parametrize("sent", [HELLO, GET])
def test_whoever_has_no_certificate_of_the_pass_gets_no_answer(ports: list[int], how: str, sent: bytes) -> None:
    own = distributed.Security.temporary() if "own" in how else None
    context = None if how == "plain" else tls(own)
    assert len(ports) == 3  # scheduler, nanny, worker
    assert [answer(port, sent, context) for port in ports] == [b"", b"", b""]


ATTACK = """
import pathlib, sys
import distributed
mark, *addresses = sys.argv[1:]
for address in addresses:
    for security in (None, distributed.Security.temporary()):
        try:
            client = distributed.Client(address, security=security, timeout=2)
            client.submit(pathlib.Path(mark).write_text, "run").result(timeout=5)
        except Exception as error:
            print(type(error).__name__)
"""


@pytest.mark.attack("batch")
def test_another_process_can_have_nothing_executed(ports: list[int], tmp_path: Path) -> None:
    mark = tmp_path / "executed"
    addresses = [f"{scheme}://127.0.0.1:{port}" for port in ports[:1] for scheme in ("tcp", "tls")]
    done = subprocess.run(
        [sys.executable, "-c", ATTACK, str(mark), *addresses], capture_output=True, text=True, check=False, timeout=120
    )
    assert len(done.stdout.split()) == 4, done.stderr
    assert not mark.exists()
