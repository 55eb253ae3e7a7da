"""What a signed-in person may ask of Prefect's interface: to look at everything, to start a run, to stop or repeat one.

Everything else that changes something (deployments, schedules, blocks, variables, automations, work pools, limits) is done by
our own registration, or not at all: a deployment says which code runs, a block or job variable can do the same. A list of what
is allowed, so that what a later Prefect adds is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

_ID = r"[0-9a-f-]{36}"
_READ = re.compile(
    r"/api/(?:"
    r"(?:artifacts|automations|block_types|block_schemas|deployments|flow_runs|flows|logs|saved_searches|task_runs"
    r"|variables|concurrency_limits|v2/concurrency_limits|work_pools|work_queues|events|task_workers)/(?:filter|count|paginate|history|lateness)"
    r"|artifacts/latest/(?:filter|count)"
    r"|deployments/get_scheduled_flow_runs"
    r"|events/count-by/[a-z]+"
    rf"|flow_runs/{_ID}/input/filter"
    r"|work_pools/[^/]+/(?:queues|workers)/filter"
    r"|work_pools/[^/]+/concurrency_status"
    rf"|work_queues/{_ID}/concurrency_status"
    r"|ui/(?:flow_runs/(?:count-task-runs|history)|flows/(?:count-deployments|next-runs)"
    r"|schemas/validate|task_runs/(?:count|dashboard/counts))"
    r"|(?:automations/)?templates/validate"
    r")"
)
_NOT_FOR_READING = re.compile(
    r"(?:/api)?/(?:block_documents|block_types/slug/[^/]+/block_documents|docs|redoc|openapi).*", re.DOTALL
)
_BLOCKS = re.compile(r"/api/block_documents/(?:filter|count)")
_START = re.compile(rf"/api/deployments/{_ID}/create_flow_run")
_STATE = re.compile(rf"/api/flow_runs/{_ID}/set_state")

_OWN = frozenset({"workspace", "now"})
"""Parameters that the server gives, never a person."""
_ASKED = frozenset(
    {"name", "parameters", "state", "tags", "idempotency_key", "enforce_parameter_schema", "empirical_policy"}
)
"""What the interface's pages send about a run; the policy says how often it is tried again."""
_HYDRATED = "__prefect_kind"
"""The key by which Prefect makes another value of one that was sent, after it was looked at here."""
_STATES = frozenset({"CANCELLING", "CANCELLED", "SCHEDULED"})

Body = Mapping[str, Any]


def may(method: str, path: str) -> bool | Callable[[bytes], bool]:
    """Whether a signed-in person may send this; where that depends on the body, what to ask about it."""
    if not path.isprintable():
        return False
    if method in ("GET", "HEAD"):
        return not _NOT_FOR_READING.fullmatch(path)
    if method != "POST":
        return False
    if _START.fullmatch(path):
        return _asked(_starts)
    if _STATE.fullmatch(path):
        return _asked(_sets)
    if _BLOCKS.fullmatch(path):
        return _asked(lambda body: not body.get("include_secrets"))
    return bool(_READ.fullmatch(path.removesuffix("/")))


def _asked(rule: Callable[[Body], bool]) -> Callable[[bytes], bool]:
    def allowed(body: bytes) -> bool:
        try:
            found = json.loads(body or b"{}")
        except (ValueError, RecursionError):
            return False
        return isinstance(found, dict) and rule(found)

    return allowed


def _starts(body: Body) -> bool:
    """A run of what is deployed as it is deployed: with a form's answers, now or later, and nothing about where or how it runs."""
    parameters = body.get("parameters") or {}
    return (
        isinstance(parameters, dict)
        and all(parameters.get(name) is None for name in _OWN)
        and not _is_hydrated(body)
        and all(name in _ASKED or not value for name, value in body.items())
        and (body.get("enforce_parameter_schema") is None or body["enforce_parameter_schema"] is True)
        and _type(body.get("state") or {"type": "SCHEDULED"}) == "SCHEDULED"
    )


def _sets(body: Body) -> bool:
    """A run is stopped, or done once more."""
    return _type(body.get("state")) in _STATES and not _is_hydrated(body)


def _type(state: object) -> str:
    return str(state.get("type")) if isinstance(state, dict) else ""


def _is_hydrated(value: object) -> bool:
    """Whether anything in it would become something else on its way."""
    if isinstance(value, dict):
        return _HYDRATED in value or any(map(_is_hydrated, value.values()))
    return isinstance(value, list) and any(map(_is_hydrated, value))
