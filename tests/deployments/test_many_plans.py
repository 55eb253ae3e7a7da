"""Several plans on one server, their ledgers on a PostgreSQL, executed by workers in networks of their own, one of them cut off."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from deployments.abandoned import GONE, LOOK_SECONDS
from staffelstab.files import write
from tests.deployments.free_port import free_port
from tests.deployments.many_plans import Clubs, clubs, opened, wait_for, worker
from tests.deployments.networks import can_have_networks, network

pytestmark = [
    pytest.mark.slow,
    pytest.mark.server,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not can_have_networks(), reason="no networks of our own on this machine"),
]

SOON = 40
"""Seconds that a machine may take for what it does at once."""
PAPERS = 12


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory, postgres_url: str) -> Generator[Clubs]:
    """Four clubs with papers in their inboxes, open together, and nobody who executes their runs."""
    found = clubs(tmp_path_factory.mktemp("clubs"), 4, postgres_url)
    for folder in found.folders:
        for number in range(PAPERS):
            found.put(folder, f"paper-{number}.txt", f"Birkenweg: Wir brauchen Wasser, zum {number}. Mal gesagt.")
    with opened(found):
        wait_for("announced", found.are_announced)
        yield found


def begun_by(found: Clubs, name: str) -> list[dict[str, Any]]:
    """The daily passes that are under way at a worker."""
    return [run for run in found.under_way() if worker_of(run).startswith(name) and run["state_type"] == "RUNNING"]


def worker_of(run: dict[str, Any]) -> str:
    return str(run["labels"].get("prefect.worker.name", ""))


def is_there(pid: int) -> bool:
    try:
        return "deployments.run_process" in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


def test_one_is_cut_off_and_one_killed_and_nothing_is_lost_or_done_twice(together: Clubs, tmp_path: Path) -> None:
    """Each has begun the first pass of a plan. The others' passes wait for neither, and those two are done by somebody else."""

    def state(one: dict[str, Any]) -> dict[str, Any]:
        return dict(together.run(one["id"])["state"])

    postgres = together.postgres_port
    with ExitStack() as stack:
        far = stack.enter_context(network(tmp_path / "far", together.port, postgres))
        near = stack.enter_context(network(tmp_path / "near", together.port, postgres))
        stack.enter_context(worker(together, "cut", inside=far.inside, at_once=1))
        killed = stack.enter_context(worker(together, "killed", at_once=1, ends=-signal.SIGKILL))
        wait_for("both have begun", lambda: begun_by(together, "cut") and begun_by(together, "killed"))
        [cut_off], [dead] = begun_by(together, "cut"), begun_by(together, "killed")
        far.halt()
        killed.kill()
        stack.enter_context(worker(together, "well", inside=near.inside))

        others = [folder for folder in together.folders if not {folder.name} & {*cut_off["tags"], *dead["tags"]}]
        assert len(others) == 2
        wait_for("the others", lambda: all(together.passes(folder) for folder in others), patience=2 * SOON)
        bound = GONE.total_seconds() + LOOK_SECONDS + SOON
        wait_for("both closed", lambda: {state(cut_off)["type"], state(dead)["type"]} == {"CRASHED"}, patience=bound)
        for one in (cut_off, dead):
            assert state(one)["message"].startswith("Der Rechner, der diesen Lauf ausgeführt hat, ist seit ")
        closed = min(together.run(one["id"])["end_time"] for one in (cut_off, dead))
        begun = [run["start_time"] for folder in others for run in first_passes(together, folder.name)]
        assert len(begun) == 2
        assert max(begun) < closed, "the others did not wait for it"
        wait_for("all passes", lambda: all(map(together.passes, together.folders)), patience=2 * SOON)
        assert is_there(int(cut_off["infrastructure_pid"])), "it still is at work, and knows nothing"
        assert not is_there(int(dead["infrastructure_pid"])), "it has ended with its worker"

        far.resume()
        wait_for("the late one ends", lambda: not is_there(int(cut_off["infrastructure_pid"])), patience=SOON)
        wait_for("nothing is under way", lambda: not together.under_way(), patience=2 * SOON)
        for one in (cut_off, dead):
            [again] = together.runs(flow_runs={"idempotency_key": {"any_": [again_of(one)]}})
            assert worker_of(again).startswith("well")
            assert again["state_type"] == "COMPLETED"
        assert state(cut_off)["type"] in ("CRASHED", "FAILED", "COMPLETED"), (
            "the late one may still have said what it came to"
        )
    for folder in together.folders:
        assert len(together.received(folder)) == len(set(together.received(folder))) == PAPERS
        assert together.sound(folder)


def first_passes(found: Clubs, plan: str) -> list[dict[str, Any]]:
    passes = found.runs(flow_runs={"tags": {"all_": [plan]}, "state": {"type": {"any_": ["COMPLETED"]}}})
    return [run for run in passes if (run["idempotency_key"] or "").startswith(f"{plan}:start:")]


def again_of(run: dict[str, Any]) -> str:
    plan = next(tag for tag in run["tags"] if tag.startswith("club-"))
    return f"{plan}:again:{run['id']}"


def test_a_worker_that_is_asked_to_end_finishes_what_it_has_begun(together: Clubs) -> None:
    asked = together.ask_for_pass(together.plans[0])
    with worker(together, "leaving") as leaving:
        wait_for("it has begun", lambda: together.run(asked)["state_type"] == "RUNNING")
        leaving.send_signal(signal.SIGTERM)
        assert leaving.wait(SOON) == 0
    assert not together.under_way()
    assert together.run(asked)["state_type"] == "COMPLETED"


def test_one_that_cannot_finish_in_time_says_so_and_the_queue_is_free(together: Clubs) -> None:
    asked = together.ask_for_pass(together.plans[0])
    with worker(together, "leaving") as leaving:
        wait_for("it has begun", lambda: together.run(asked)["state_type"] == "RUNNING")
        run = together.run(asked)
        os.kill(int(run["infrastructure_pid"]), signal.SIGSTOP)
        leaving.send_signal(signal.SIGTERM)
        assert leaving.wait(2 * SOON) == 0
    assert not is_there(int(run["infrastructure_pid"]))
    assert not together.under_way()
    ended = together.run(asked)
    assert ended["state"]["message"].startswith("Dieser Lauf wurde unterbrochen, bevor er zu Ende war")
    with worker(together, "next"):
        key = {"idempotency_key": {"any_": [again_of(ended)]}}
        wait_for("another pass", lambda: {run["state_type"] for run in together.runs(flow_runs=key)} == {"COMPLETED"})


def test_a_run_is_stopped_from_the_interface(together: Clubs) -> None:
    asked = together.ask_for_pass(together.plans[2])
    with worker(together, "stopped"):
        wait_for("it has begun", lambda: together.run(asked)["state_type"] == "RUNNING")
        run = together.run(asked)
        os.kill(int(run["infrastructure_pid"]), signal.SIGSTOP)
        with together.client() as client:
            client.post(f"/flow_runs/{asked}/set_state", json={"state": {"type": "CANCELLING"}}).raise_for_status()
        assert together.ended(asked)["state"]["message"].startswith(
            "Dieser Lauf ist in der Oberfläche angehalten worden."
        )
        assert not is_there(int(run["infrastructure_pid"]))
    assert not together.runs(flow_runs={"idempotency_key": {"any_": [again_of(run)]}}), "nobody wants another"


def test_a_ledger_that_cannot_be_reached_is_told_in_the_plans_words(together: Clubs) -> None:
    folder, plan = together.folders[3], together.plans[3]
    address = folder / "ledger.url"
    right = address.read_text(encoding="utf-8")
    write(address, right.replace(f":{together.postgres_port}/", f":{free_port()}/").encode())
    try:
        with worker(together, "without"):
            ended = together.ended(together.ask_for_pass(plan))
    finally:
        write(address, right.encode())
    assert ended["state_type"] == "FAILED"
    assert ended["state"]["message"].startswith("Die Datenbank „club_03_")
    assert together.sound(folder)


# -- whoever may change deployments ------------------------------------------------------------------------------------


@pytest.mark.attack("worker")
def test_a_changed_deployment_starts_nothing_else(together: Clubs, tmp_path: Path) -> None:
    """Another module, a command, a place, variables, steps before and a block to read it from: with our own processes' password."""
    mark = tmp_path / "done"
    shell = {"prefect.deployments.steps.run_shell_script": {"script": f"touch {mark}"}}
    planted = tmp_path / "planted.py"
    planted.write_text(f"open({str(mark)!r}, 'w').write('x')\n")
    process = {
        "command": f"touch {mark}",
        "working_dir": str(tmp_path),
        "env": {"PYTHONPATH": str(tmp_path), "PYTHONSTARTUP": str(planted), "PREFECT__FLOW_ENTRYPOINT": "planted.flow"},
    }
    plan, folder = together.plans[0], together.folders[0]
    with together.client() as client, worker(together, "guard"):
        found = together.deployment(plan)
        right = found["job_variables"]["env"]
        changes: list[tuple[dict[str, Any], str]] = [
            ({"entrypoint": "tests.deployments.tiny.tiny"}, "FAILED"),
            ({"entrypoint": "planted.flow", "path": str(tmp_path)}, "FAILED"),
            ({"entrypoint": f"{planted}:flow", "path": str(tmp_path)}, "FAILED"),
            ({"entrypoint": "flows.daily_pass.daily_pass", "pull_steps": [shell]}, "COMPLETED"),
            ({"pull_steps": None, "job_variables": {**process, "env": process["env"] | right}}, "COMPLETED"),
            ({"job_variables": {"env": {}}}, "FAILED"),
            ({"job_variables": {"env": right | {"STAFFELSTAB_FOLDER": str(tmp_path)}}}, "FAILED"),
            ({"job_variables": {"env": right | {"STAFFELSTAB_FOLDER": "akte"}}}, "FAILED"),
        ]
        before = client.get(f"/deployments/{found['id']}").json()
        try:
            for change, expected in changes:
                client.patch(f"/deployments/{found['id']}", json=change).raise_for_status()
                asked = together.ask_for_pass(plan)
                ended = together.ended(asked)["state"]
                assert ended["type"] == expected, (change, ended)
                if expected == "FAILED":
                    said = "ein anderer Ablauf" if "entrypoint" in change else "gibt es den Arbeitsordner"
                    assert said in ended["message"]
        finally:
            kept = {name: before[name] for name in ("entrypoint", "path", "pull_steps", "job_variables")}
            client.patch(f"/deployments/{found['id']}", json=kept).raise_for_status()
    assert not mark.exists()
    assert together.sound(folder)


@pytest.mark.attack("worker")
def test_no_password_is_where_others_look(together: Clubs) -> None:
    secret = together.password
    with worker(together, "quiet"):
        asked = together.ask_for_pass(together.plans[1])
        wait_for("it has begun", lambda: together.run(asked)["state_type"] == "RUNNING")
        lists = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
        assert "deployments.run_process" in lists
        assert secret not in lists
        together.ended(asked)
    kept = {path: path.stat().st_mode & 0o077 for path in [together.file, *together.place.rglob("ledger.url")]}
    logs = [path for path in together.place.rglob("*.log") if path.is_file()]
    assert {path.name for path in logs} >= {"server.log"}
    kept |= {path: path.stat().st_mode & 0o077 for path in logs if "-prefect" in str(path.parent)}
    assert {path: mode for path, mode in kept.items() if mode} == {}
    assert [path for path in logs if secret in path.read_text(errors="replace")] == []
    assert secret not in str(together.runs())
