"""What our pages want to know of Prefect's runs, and the one thing they ask of it: another daily pass.

They ask over the socket as everybody does, with our own processes' password: one way in, one door.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from deployments.server.settings import LOGIN
from pages.runs import RunShown
from staffelstab.timetable.plan.model import Phase, Plan
from tasks.decorators import flow_name_in
from tasks.next_run import pass_deployment

PATIENCE_SECONDS = 5.0
MOST = 5
"""So many runs that ended in anything but success are told."""
BACK = dt.timedelta(days=7)
_UNDER_WAY = ("RUNNING", "PENDING", "CANCELLING")
_WENT_WRONG = ("FAILED", "CRASHED", "CANCELLED")
_RECENT, _NEXT = 50, 12
"""So many runs of a kind of phase are looked through, so many of those to come are told."""

Json = dict[str, Any]


class PrefectRuns:
    """The runs of the Prefect server at `address`, where `service` is the credential of our own processes."""

    def __init__(self, service: str, address: str) -> None:
        self._auth = (LOGIN, service.partition(":")[2])
        self._address = address

    def under_way(self, plan: Plan) -> tuple[RunShown, ...] | None:
        """The runs of a plan that are under way; None if the server does not say."""
        return self._told(plan, {"state": {"type": {"any_": [*_UNDER_WAY]}}}, "EXPECTED_START_TIME_ASC")

    def went_wrong(self, plan: Plan, now: dt.datetime) -> tuple[RunShown, ...] | None:
        """The last runs of a plan in the week before `now` that did not come to their end; None if the server does not say."""
        since = {"after_": (now - BACK).isoformat()}
        asked = {"state": {"type": {"any_": [*_WENT_WRONG]}}, "start_time": since}
        return self._told(plan, asked, "START_TIME_DESC")

    def of_phase(self, plan: Plan, phase: Phase) -> tuple[RunShown, ...] | None:
        """The last runs of a phase, its own and those within a daily pass, the newest first; None if the server does not say."""
        flows = [phase.kind, flow_name_in(phase.kind, plan.language)]
        begun = {"start_time": {"is_null_": False}, "tags": {"all_": [plan.id]}}
        asked = {"flows": {"name": {"any_": flows}}, "flow_runs": begun}
        found = self._found({**asked, "sort": "START_TIME_DESC", "limit": _RECENT})
        if found is None:
            return None
        mine = [run for run in found if run.get("parameters", {}).get("phase") == phase.number]
        return tuple(_shown(run, plan) for run in mine[:MOST])

    def to_come(self, plan: Plan) -> tuple[RunShown, ...] | None:
        """The next runs that are scheduled, the first first; None if the server does not say."""
        return self._told(plan, {"state": {"type": {"any_": ["SCHEDULED"]}}}, "EXPECTED_START_TIME_ASC", _NEXT)

    def ask_for_pass(self, plan: Plan, reason: str) -> bool:
        """Ask for a daily pass, once for each reason; whether the server has taken it up."""
        try:
            with self._client() as client:
                found = client.get(f"/deployments/name/{pass_deployment(plan)}").raise_for_status().json()
                asked = {"idempotency_key": f"{plan.id}:{reason}", "state": {"type": "SCHEDULED"}}
                client.post(f"/deployments/{found['id']}/create_flow_run", json=asked).raise_for_status()
        except (httpx.HTTPError, KeyError, ValueError):
            return False
        return True

    def _told(
        self, plan: Plan, runs: Mapping[str, object], order: str, most: int = MOST
    ) -> tuple[RunShown, ...] | None:
        asked = {"flow_runs": {**runs, "tags": {"all_": [plan.id]}}, "sort": order, "limit": most}
        found = self._found(asked)
        return None if found is None else tuple(_shown(item, plan) for item in found)

    def _found(self, asked: Mapping[str, object]) -> list[Json] | None:
        """The runs that are asked for; None if the server does not say, or says what nobody understands."""
        try:
            with self._client() as client:
                found: list[Json] = client.post("/flow_runs/filter", json=asked).raise_for_status().json()
                return [run for run in found if run["name"] and run["id"]]
        except (httpx.HTTPError, KeyError, ValueError, TypeError):
            return None

    @contextmanager
    def _client(self) -> Generator[httpx.Client]:
        with httpx.Client(
            base_url=f"{self._address}/api", auth=self._auth, timeout=PATIENCE_SECONDS, trust_env=False
        ) as client:
            token = client.get("/csrf-token", params={"client": "pages"})
            if token.is_success:  # without the protection there is none
                client.headers.update({"prefect-csrf-client": "pages", "prefect-csrf-token": token.json()["token"]})
            yield client


def _shown(run: Json, plan: Plan) -> RunShown:
    started = run["start_time"] or run["expected_start_time"]
    state = run["state"] or {}
    return RunShown(
        name=str(run["name"]),
        state=str(state.get("type", "")).lower(),
        word=_word(state),
        sentence=str(state.get("message") or ""),
        since=dt.datetime.fromisoformat(started).astimezone(plan.zone) if started else None,
        address=f"/v2/runs/flow-run/{run['id']}",
    )


def _word(state: Json) -> str:
    """The name of the state that a run of ours gave itself; "" for one of Prefect's own."""
    kind, name = (str(state.get(key) or "") for key in ("type", "name"))
    return name if kind == "COMPLETED" and name.upper() != kind else ""
