"""A person looks at everything, starts runs as they are deployed, stops and repeats them; nothing else changes anything."""

from __future__ import annotations

import json

import pytest

from deployments.server.permissions import may

ID = "0b7e9c1a-2b1d-4f5e-9a3c-1d2e3f4a5b6c"
START, STATE = f"/api/deployments/{ID}/create_flow_run", f"/api/flow_runs/{ID}/set_state"
pytestmark = pytest.mark.attack("C1")


def allowed(method: str, path: str, **body: object) -> bool:
    answer = may(method, path)
    return answer(json.dumps(body).encode()) if callable(answer) else answer


@pytest.mark.parametrize(
    "path",
    [
        "/api/flow_runs/filter",
        "/api/flow_runs/paginate",
        "/api/logs/filter",
        "/api/artifacts/latest/filter",
        "/api/ui/flow_runs/history",
        "/api/events/count-by/day",
        "/api/block_documents/filter",
        "/api/work_pools/default/queues/filter",
    ],
)
def test_what_pages_ask_in_order_to_show_something_is_answered(path: str) -> None:
    assert allowed("POST", path)
    assert allowed("POST", f"{path}/") or path.startswith("/api/block")
    assert not allowed("PUT", path)
    assert not allowed("POST", f"{path}/more")


def test_looking_is_free_but_for_secrets_and_the_list_of_doors() -> None:
    assert allowed("GET", f"/api/flow_runs/{ID}")
    assert allowed("HEAD", "/api/admin/settings")
    refused = ["/api/block_documents/x", "/api/block_types/slug/secret/block_documents/name/x", "/docs", "/api/docs"]
    refused += [f"/api/block_documents/{ID}\n", f"/api/flow_runs/{ID}\n", "/api/block_documents/\n/x"]
    assert [path for path in [*refused, "/openapi.json", "/api/openapi.json", "/redoc"] if allowed("GET", path)] == []
    assert not allowed("POST", "/api/block_documents/filter", include_secrets=True)


def test_a_run_is_started_with_a_forms_answers_now_or_later() -> None:
    assert allowed("POST", START)
    assert allowed("POST", START, parameters={"session": "x"}, name="", job_variables={}, work_queue_name=None)
    assert allowed("POST", START, parameters={}, enforce_parameter_schema=True, empirical_policy={"retries": 0})
    assert allowed("POST", START, parameters={"session": "x", "now": None}, enforce_parameter_schema=True)
    assert allowed("POST", START, state={"type": "SCHEDULED", "state_details": {"scheduled_time": "2027-03-01T07:00Z"}})


DETAILS = {"deferred": False, "untrackable_result": False, "pause_reschedule": False}
POLICY = {"resuming": False, "max_retries": 0, "retry_delay_seconds": 0, "retries": 0, "retry_delay": 0}
QUICK = {"state": {"type": "SCHEDULED", "message": "Run from the Prefect UI with defaults", "state_details": DETAILS}}
CUSTOM = {
    "name": "Unbranded-Fish",
    "work_queue_name": None,
    "empirical_policy": POLICY,
    "state": {"type": "SCHEDULED", "state_details": {**DETAILS, "scheduled_time": None}, "message": ""},
    "tags": ["mitgliederarbeit-2018"],
    "job_variables": {},
    "enforce_parameter_schema": True,
    "parameters": {"session": "lv-2018-03-09", "outcome": "noted"},
}


@pytest.mark.parametrize("body", [QUICK, CUSTOM], ids=["quick run", "custom run"])
def test_what_the_pages_of_the_interface_send_starts_a_run(body: dict[str, object]) -> None:
    """As Chromium sent it when somebody clicked there."""
    assert allowed("POST", START, **body)


@pytest.mark.parametrize(
    "body",
    [
        {"parameters": {"workspace": "/elsewhere"}},
        {"parameters": {"now": "2038-01-19T00:00:00Z"}},
        {"parameters": [1]},
        {"job_variables": {"env": {"PYTHONPATH": "/tmp"}}},
        {"work_queue_name": "mine"},
        {"infrastructure_document_id": ID},
        {"enforce_parameter_schema": False},
        {"enforce_parameter_schema": 0},
        {"parameters": {"__prefect_kind": "json", "value": '{"now": "2038-01-19T00:00:00Z"}'}},
        {"parameters": {"session": [{"a": {"__prefect_kind": "jinja"}}]}},
        {"state": {"type": "RUNNING"}},
        {"state": "SCHEDULED"},
        {"anything_new": 1},
    ],
)
def test_where_and_how_a_run_works_nobody_chooses(body: dict[str, object]) -> None:
    assert not allowed("POST", START, **body)


def test_a_body_that_cannot_be_read_starts_nothing() -> None:
    rule = may("POST", START)
    assert callable(rule)
    assert [body for body in (b"[]", b"{", b"\xff", b"[" * 100_000, b'"x"') if rule(body)] == []


def test_a_run_is_stopped_or_repeated_but_not_said_to_have_ended() -> None:
    assert [kind for kind in ("CANCELLING", "CANCELLED", "SCHEDULED") if allowed("POST", STATE, state={"type": kind})]
    assert not any(allowed("POST", STATE, state={"type": kind}) for kind in ("COMPLETED", "FAILED", "RUNNING", ""))
    assert allowed("POST", STATE, state={"type": "CANCELLING"}, force=True), "as the interface asks it"
    assert not allowed("POST", STATE, state={"type": ["CANCELLED"]})
    assert not allowed("POST", STATE)
