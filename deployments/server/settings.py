"""Hardened settings: what our Prefect server and its clients are told, and why.

Prefect's defaults are open: no login, any origin, a database everybody on the machine may read, usage sent to its makers. Nothing
here relies on a default that matters. Both functions return plain values; `process.py` puts them into force.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from staffelstab.isolation import child_environment
from staffelstab.language import ORIGINAL
from tasks.environment import SHARED

HOST = "127.0.0.1"
LOGIN = "admin"
DOOR_KEY, DOOR_LANGUAGE = "STAFFELSTAB_DOOR_KEY", "STAFFELSTAB_DOOR_LANGUAGE"
SHOWN_FOLDERS, SHOWN_AT = "STAFFELSTAB_SHOWN_FOLDERS", "STAFFELSTAB_SHOWN_AT"

# Services that only something waiting, retried or automated needs. A rehearsal runs one flow after the other and needs none.
IDLE_IN_A_REHEARSAL = (
    "CANCELLATION_CLEANUP",
    "CLEANUP_RECONCILER",
    "EVENT_LOGGER",
    "EVENT_PERSISTER",
    "FOREMAN",
    "LATE_RUNS",
    "PAUSE_EXPIRATIONS",
    "REPOSSESSOR",
    "SCHEDULER",
    "TRIGGERS",
)


def origins(port: int) -> tuple[str, ...]:
    """The addresses under which a browser on this machine may call the server."""
    return f"http://{HOST}:{port}", f"http://localhost:{port}"


def credentials(password: str) -> str:
    """What our own processes say at the door, and what Prefect behind it expects."""
    return f"{LOGIN}:{password}"


@dataclass(frozen=True, slots=True)
class Shown:
    """What our own pages show: working folders, live or all frozen `at` a moment; nothing without a folder.

    `shared`: the plans' runs are told apart by name and tag, see `tasks.shared_server`.
    """

    folders: tuple[Path, ...] = ()
    at: dt.datetime | None = None
    language: str = ORIGINAL
    shared: bool = False


def door_environment(key: bytes, shown: Shown) -> dict[str, str]:
    """What the server process needs besides, to sign people in and to show our pages: key to their tickets, what is shown."""
    folders, at = json.dumps([str(folder) for folder in shown.folders]), shown.at.isoformat() if shown.at else ""
    told = {DOOR_KEY: key.hex(), DOOR_LANGUAGE: shown.language, SHOWN_FOLDERS: folders, SHOWN_AT: at}
    return told | {SHARED: "1" if shown.shared else ""}


def server_environment(home: Path, port: int, password: str, *, live: bool, database: str = "") -> dict[str, str]:
    """The environment of the server process: ours without any setting of the user's own for Prefect and Python, plus the profile.

    `live` serves people: user interface, scheduler, late runs, events. Otherwise only what records runs is started. `database`: an
    address for Prefect's runs instead of a file under `home`.
    """
    place = database or f"sqlite+aiosqlite:///{home / 'prefect.db'}"
    return (
        child_environment() | _closed(home, port, password, place) | (_for_people(home) if live else _for_a_rehearsal())
    )


def _closed(home: Path, port: int, password: str, database: str) -> dict[str, str]:
    return {
        "DO_NOT_TRACK": "1",
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_API_AUTH_STRING": credentials(password),
        "PREFECT_SERVER_API_HOST": HOST,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": ",".join(origins(port)),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": database,
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_METRICS_ENABLED": "false",
        "PREFECT__SERVER_FINAL": "1",  # this process makes one server only: 50 MB less
    }


def _for_people(home: Path) -> dict[str, str]:
    return {
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_SERVICES_SCHEDULER_MAX_SCHEDULED_TIME": "P800D",  # 100 days would hide the end of a plan
        "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",  # a moved date shows at once
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_UI_STATIC_DIRECTORY": str(home / "ui"),  # else it writes into the installation
    }


def _for_a_rehearsal() -> dict[str, str]:
    return {f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in IDLE_IN_A_REHEARSAL} | {
        "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
        "PREFECT_UI_ENABLED": "false",
    }


def client_settings(home: Path, port: int, password: str, *, live: bool) -> dict[str, Any]:
    """Settings, by their path, for flows that run against the server.

    Logs stay on this machine and results are not kept: both could hold what people wrote. In a rehearsal no heartbeat: nobody looks
    for crashed runs there, and ending its thread costs almost a second per flow.
    """
    settings: dict[str, Any] = {
        "api.auth_string": credentials(password),
        "api.key": None,
        "api.tls_insecure_skip_verify": True,  # plain HTTP on this machine: reading certificates would cost 70 ms a flow
        "api.url": f"{origins(port)[0]}/api",
        "client.csrf_support_enabled": live,
        "home": home,
        "logging.level": "WARNING",
        "logging.to_api.enabled": False,
        "results.default_serializer": "json",
        "results.local_storage_path": home / "results",
        "results.persist_by_default": False,
        "server.ephemeral.enabled": False,
    }
    return settings if live else settings | {"flows.heartbeat_frequency": None}
