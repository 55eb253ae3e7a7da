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
from staffelstab.timetable.plan.model import Plan
from tasks.next_run import pass_deployment

PATIENCE_SECONDS = 5.0
MOST = 5
"""So many runs that ended in anything but success are told."""
BACK = dt.timedelta(days=7)
_UNDER_WAY = ("RUNNING", "PENDING", "CANCELLING")
_WENT_WRONG = ("FAILED", "CRASHED", "CANCELLED")

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

    def _told(self, plan: Plan, runs: Mapping[str, object], order: str) -> tuple[RunShown, ...] | None:
        asked = {"flow_runs": {**runs, "tags": {"all_": [plan.id]}}, "sort": order, "limit": MOST}
        try:
            with self._client() as client:
                found = client.post("/flow_runs/filter", json=asked).raise_for_status().json()
                return tuple(_shown(item, plan) for item in found)
        except (httpx.HTTPError, KeyError, ValueError):
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
        sentence=str(state.get("message") or ""),
        since=dt.datetime.fromisoformat(started).astimezone(plan.zone) if started else None,
        address=f"/v2/runs/flow-run/{run['id']}",
    )
