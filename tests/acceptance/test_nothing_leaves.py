"""No mail leaves by itself: nothing we ship can speak to a mail server, and only Prefect's own server is ever asked."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.conftest import ROOT

SHIPPED = ("commands", "deployments", "flows", "tasks", "staffelstab")
SENDERS = {"smtplib", "imaplib", "poplib", "ftplib", "telnetlib", "aiosmtplib", "requests", "urllib.request", "aiohttp"}
ASKING = {"commands/run.py", "deployments/server/process.py"}
"""Where httpx is used: to see whether the Prefect server is there."""


def imports(path: Path) -> set[str]:
    """The modules a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


FILES = {path.relative_to(ROOT).as_posix(): imports(path) for name in SHIPPED for path in (ROOT / name).rglob("*.py")}


def test_no_file_can_send_anything() -> None:
    assert {name: found & SENDERS for name, found in FILES.items() if found & SENDERS} == {}


def test_only_a_look_at_the_prefect_server_goes_over_the_network() -> None:
    assert {name for name, found in FILES.items() if "httpx" in found} <= ASKING


def test_a_forbidden_import_would_be_found(tmp_path: Path) -> None:
    inside = tmp_path / "inside.py"
    inside.write_text("def send():\n    from urllib import request\n    import smtplib\n", encoding="utf-8")
    assert imports(inside) & SENDERS == {"urllib.request", "smtplib"}
