"""A living folder of the party's plan whose call has gone into the outbox, with people in its offices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pytest

from staffelstab.people.contact import Contact
from staffelstab.people.holdings import holdings
from staffelstab.people.importing import compare, enter
from staffelstab.people.role_list import ListedRow
from staffelstab.service import correspondence
from staffelstab.service.phase_run import Run, open_run
from staffelstab.workspace import create
from tests.conftest import at
from tests.mailing.mail_server import MailServer
from tests.year import PARTY

CALLED = "2017-12-20 07:00"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder that is no rehearsal: what is released leaves it."""
    return create(PARTY, tmp_path / "akte", now=at("2017-12-15 20:00")).root


def on(root: Path, moment: str) -> Run:
    return open_run(root, at(moment))


def hold(root: Path, people: Iterable[tuple[str, Contact | None]], moment: str = CALLED) -> None:
    """Enter who holds which office."""
    run = on(root, moment)
    rows = [ListedRow(number, actor, contact, None, None) for number, (actor, contact) in enumerate(people)]
    with run.workspace.open() as ledger:
        changes = compare(holdings(ledger, run.now), rows)
        enter(ledger, changes, at=run.now, office=run.office, basis=ledger.newest().seq)


def post(root: Path, moment: str = CALLED) -> None:
    """Draft what is due."""
    run = on(root, moment)
    with run.workspace.open(read_only=True) as ledger:
        case = run.case(ledger)
    correspondence.post(run, case)


def leave_through(root: Path, server: MailServer) -> None:
    """Letters of the folder leave through a server."""
    file = root / "mail.toml"
    file.write_text(
        f'host = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\nsender = "koordination@example.org"\n',
        encoding="utf-8",
    )
    file.chmod(0o600)


@pytest.fixture
def through(root: Path) -> Callable[[MailServer], None]:
    """Letters of the folder leave through a server."""
    return partial(leave_through, root)
