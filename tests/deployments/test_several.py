"""Two organisations on one server, and a third whose plan cannot be read: `staffelstab up FILE` as a person calls it."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import PrefectClient

from deployments.wall_clock import now
from staffelstab.workspace import create, find
from tests.acceptance.cli import environment
from tests.deployments.club import SCRIPT, children
from tests.deployments.garden import PLAN
from tests.deployments.person import Person, signed_in
from tests.deployments.test_up import Opened, told, up
from tests.year import CHOIR

pytestmark = [pytest.mark.slow, pytest.mark.server]

CLUB_PLAN, CHOIR_PLAN, OTHER_PLAN = "wasserordnung-2027", "choir-statute", "wasserordnung-2"
PATIENCE_SECONDS = 120


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """A file that names a club's folder, a choir's, and one whose plan cannot be read yet."""
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "plan.toml").write_text(PLAN, encoding="utf-8")
    create(tmp_path / "plan", tmp_path / "verein", now=now())
    create(CHOIR, tmp_path / "chor", now=now())
    create(tmp_path / "plan", tmp_path / "kaputt", now=now())
    (tmp_path / "kaputt" / "plan.toml").write_text("id = ", encoding="utf-8")
    file = tmp_path / "installation.toml"
    file.write_text('folders = ["verein", "chor", "kaputt"]\n', encoding="utf-8")
    file.chmod(0o600)
    return file


def wait_for(what: str, there: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not there():
        assert time.monotonic() < until, what
        time.sleep(0.3)  # between two looks


def passes(root: Path) -> int:
    with find(root).open(read_only=True) as ledger:
        return len(ledger.entries("pass"))


def refused(*words: str | Path) -> str:
    done = subprocess.run(
        [str(SCRIPT), *map(str, words)], env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 3, done.stdout
    return done.stderr


def deployments_by_tag(person: Person) -> dict[str, set[str]]:
    async def asked(client: PrefectClient) -> Any:
        return await client.read_deployments(limit=200)

    found: dict[str, set[str]] = {}
    for deployment in person.asked(asked):
        [plan] = set(deployment.tags) - {"staffelstab"}
        found.setdefault(plan, set()).add(f"{deployment.name} in {deployment.work_queue_name}")
    return found


def under_way(person: Person) -> int:
    async def asked(client: PrefectClient) -> Any:
        return await client.read_flow_runs(limit=200)

    return sum(
        run.state_type is not None and run.state_type.value in ("RUNNING", "PENDING") for run in person.asked(asked)
    )


@contextmanager
def opened(file: Path) -> Generator[Opened]:
    with up(file, "--no-browser") as made:
        yield made


def test_two_organisations_at_once(installation: Path) -> None:
    club, choir, broken = (installation.parent / name for name in ("verein", "chor", "kaputt"))
    with opened(installation) as first:
        assert any("plan.toml" in line for line in first.said), "whose plan cannot be read is said"
        person = signed_in(first.link)
        wait_for("both first passes", lambda: passes(club) and passes(choir))

        # Told apart by tag, name and queue.
        found = deployments_by_tag(person)
        assert set(found) == {CLUB_PLAN, CHOIR_PLAN}
        assert all(name.endswith(f"· {plan} in {plan}") for plan, names in found.items() for name in names)

        # Any of the folders gives a link to the one server; nothing else opens or ends it for the others.
        assert signed_in(told("login", choir).split()[-1]).address == person.address
        assert signed_in(told("login", installation).split()[-1]).address == person.address
        for command in ("up", "down"):
            assert str(installation) in refused(command, club)
        rows = {row["key"]: row for row in json.loads(told("doctor", club, "--json"))["checks"]}
        assert (rows["server"]["state"], rows["schedules"]["state"]) == ("good", "good")

        # What was not readable is kept like the others as soon as it is.
        (broken / "plan.toml").write_text(PLAN.replace(CLUB_PLAN, OTHER_PLAN), encoding="utf-8")
        wait_for("the third plan", lambda: OTHER_PLAN in deployments_by_tag(person))
        wait_for("nothing under way", lambda: not under_way(person))
        names = deployments_by_tag(person)[CLUB_PLAN]

        # A copy of another's plan takes nothing from that one.
        (broken / "plan.toml").write_text(PLAN, encoding="utf-8")
        assert deployments_by_tag(person)[CLUB_PLAN] == names
        (broken / "plan.toml").write_text(PLAN.replace(CLUB_PLAN, OTHER_PLAN), encoding="utf-8")

        # A second start takes over, and what is open ends with `down`.
        started = children(first.process.pid)
        assert len(started) >= 2, "server and worker"
        with opened(installation) as second:
            assert first.process.wait(90) == 0
            assert signed_in(second.link).address == person.address
            assert [pid for pid in started if Path(f"/proc/{pid}").exists()] == []
            started = children(second.process.pid)
            assert "beendet" in told("down", installation)
            assert second.process.wait(90) == 0
            assert [pid for pid in started if Path(f"/proc/{pid}").exists()] == []


def test_two_folders_with_one_plan_are_not_opened_on_one_server(tmp_path: Path) -> None:
    for name in ("eins", "zwei"):
        create(CHOIR, tmp_path / name, now=now())
    file = tmp_path / "installation.toml"
    file.write_text('folders = ["eins", "zwei"]\n', encoding="utf-8")
    file.chmod(0o600)
    said = refused("up", file, "--no-browser")
    assert CHOIR_PLAN in said
    assert str(tmp_path / "zwei") in said
