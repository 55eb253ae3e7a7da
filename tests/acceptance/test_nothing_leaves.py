"""Nothing leaves by itself: our own server is asked, or the one somebody names; messages go only where `alarms.toml` says, and
letters, which somebody has released, through the server that `mail.toml` names.

Two modules speak to the world outside, and only those that tell of alarms or send what was released may have them do it.
"""

from __future__ import annotations

import ast
from pathlib import Path

import httpx

from tests.conftest import ROOT

SHIPPED = ("commands", "deployments", "flows", "pages", "tasks", "staffelstab")
SENDERS = {
    "smtplib",
    "imaplib",
    "poplib",
    "ftplib",
    "telnetlib",
    "aiosmtplib",
    "requests",
    "urllib.request",
    "aiohttp",
    "http.client",
    "apprise",
}
OUTSIDE = "deployments/notify.py"
"""Messages and the heartbeat, to the addresses that the file of the alarms names."""
SENDING = {"deployments.notify.send", "deployments.notify.tell"}
TELLING = {"commands/alarms.py", "deployments/watching.py"}
"""Who may have a message sent."""
LETTERS = "staffelstab/mailing/smtp.py"
"""Letters to one person each, through one mail server."""
POSTING = {"staffelstab/service/sending.py"}
"""Who may hand a letter over."""
OWN_SERVER = "deployments/server/visitor.py"
"""`doctor` signs in to the server on this machine as a person does."""
ASKING = {
    "deployments/server/process.py",
    "deployments/server/runs.py",
    "deployments/server/beside.py",
}
"""Where httpx is used: to see whether the Prefect server is there, and what runs it has."""
WORKERS = {"dask", "distributed", "prefect_dask"}
WITH_WORKERS = {"tasks/dask_workers.py"}
"""Papers go to workers for reading, where somebody has set some, and only through this module."""
CATCHING = {"deployments/steward.py", "deployments/watching.py", "deployments/worker.py"}
"""Where only its errors are known."""


def for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and not node.orelse and ast.unparse(node.test) == "TYPE_CHECKING"


def imports(path: Path) -> set[str]:
    """The modules a file imports, wherever in it; those for types alone are not there when it runs."""
    found: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing = {id(inner) for node in ast.walk(tree) if for_types(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in typing:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


FILES = {path.relative_to(ROOT).as_posix(): imports(path) for name in SHIPPED for path in (ROOT / name).rglob("*.py")}


def test_no_file_can_send_anything_but_the_one_for_alarms() -> None:
    assert {name: found & SENDERS for name, found in FILES.items() if found & SENDERS} == {
        OUTSIDE: {"apprise"},
        LETTERS: {"smtplib"},
        OWN_SERVER: {"urllib.request"},
    }
    assert {name for name, found in FILES.items() if "staffelstab.mailing.smtp.mail_line" in found} == POSTING
    assert {name for name, found in FILES.items() if found & SENDING} == TELLING


def test_only_a_look_at_the_prefect_server_goes_over_the_network() -> None:
    assert {name for name, found in FILES.items() if "httpx" in found} == {OUTSIDE} | ASKING | CATCHING
    for name in CATCHING:
        code = ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8")))
        used = {
            node.attr for node in code if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "httpx"
        }
        errors = {word for word, kind in vars(httpx).items() if isinstance(kind, type) and issubclass(kind, Exception)}
        assert used - errors == set()


def test_a_forbidden_import_would_be_found(tmp_path: Path) -> None:
    inside = tmp_path / "inside.py"
    inside.write_text("def send():\n    from urllib import request\n    import smtplib\n", encoding="utf-8")
    assert imports(inside) & SENDERS == {"urllib.request", "smtplib"}


def test_only_one_module_speaks_to_workers() -> None:
    assert {
        name for name, found in FILES.items() if {word.partition(".")[0] for word in found} & WORKERS
    } == WITH_WORKERS
