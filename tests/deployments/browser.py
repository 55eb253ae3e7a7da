"""A headless Chromium, spoken to by its DevTools protocol: opens pages, notes whom they ask, takes pictures."""

from __future__ import annotations

import base64
import json
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from websockets.sync.client import connect
from websockets.sync.connection import Connection

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)
LOCAL = frozenset({"127.0.0.1", "localhost", ""})


class Browser:
    """One page of the browser. `asked` holds every address the page wanted to ask; `refused` what the policy forbade."""

    def __init__(self, socket: Connection) -> None:
        self._socket, self._count = socket, 0
        self.asked: set[str] = set()
        self.refused: set[str] = set()
        for domain in ("Page", "Network", "Log", "Audits"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **params: object) -> dict[str, Any]:
        """Ask the browser for something and return its answer."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=60))
            if message.get("id") == self._count:
                assert "error" not in message, message
                return dict(message["result"])
            self._note(message)

    def open(self, address: str, awaited: str, patience: float = 60) -> str:
        """Open a page and wait until its text contains `awaited`. Returns the text."""
        self.send("Page.navigate", url=address)
        until = time.monotonic() + patience
        text = ""
        while awaited not in text:
            assert time.monotonic() < until, f"{awaited!r} is not on {address}: {text[:500]}"
            text = str(self.run("document.body ? document.body.innerText : ''"))
        return text

    def run(self, script: str) -> object:
        """The value of a JavaScript expression on the page."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return answer["result"].get("value")

    def picture(self, path: Path) -> None:
        """Save what is seen as PNG."""
        path.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))

    @property
    def foreign(self) -> set[str]:
        """Hosts other than this machine that a page wanted to ask and was let."""
        return {urlsplit(address).hostname or "" for address in self.asked - self.refused} - LOCAL

    def _note(self, message: dict[str, Any]) -> None:
        params = message.get("params", {})
        if message.get("method") == "Network.requestWillBeSent":
            address = params["request"]["url"]
            if urlsplit(address).scheme not in ("data", "blob"):
                self.asked.add(address)
        if message.get("method") == "Network.webSocketCreated":
            self.asked.add(params["url"])
        if message.get("method") == "Audits.issueAdded":
            details = params["issue"]["details"].get("contentSecurityPolicyIssueDetails", {})
            self.refused.add(details.get("blockedURL", ""))


@contextmanager
def browser(folder: Path, width: int = 1400, height: int = 900) -> Generator[Browser]:
    """A browser with an empty profile in `folder`, German, of this size."""
    process = subprocess.Popen(
        [
            "chromium",
            *FLAGS,
            "--lang=de",
            f"--window-size={width},{height}",
            f"--user-data-dir={folder}",
            "about:blank",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with connect(_page(folder / "DevToolsActivePort", process), max_size=None) as socket:
            one = Browser(socket)
            one.send(
                "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
            )
            yield one
    finally:
        process.terminate()
        process.wait()


def _page(file: Path, process: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + 30
    while not file.is_file() or not file.read_text().strip():
        assert process.poll() is None, "chromium has ended"
        assert time.monotonic() < until, "chromium does not start"
    port = file.read_text().split()[0]
    pages = httpx.get(f"http://127.0.0.1:{port}/json/list").json()
    return str(next(page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page"))
