"""A real receiver of messages: a web server on this machine that apprise's `json://` addresses and heartbeats ask."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Receiver:
    """What came in. While `status` is 500 everything is refused."""

    port: int = 0
    status: int = 200
    messages: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0
    beats: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where messages go, as apprise writes it."""
        return f"json://127.0.0.1:{self.port}/told"

    @property
    def heartbeat(self) -> str:
        return f"http://127.0.0.1:{self.port}/beat"


@contextmanager
def receiving() -> Generator[Receiver]:
    """Within the block somebody receives."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if receiver.status == 200:
                receiver.messages.append(json.loads(body))
            else:
                receiver.refused += 1
            self._answer()

        def do_GET(self) -> None:
            if receiver.status == 200:
                receiver.beats.append(self.path)
            self._answer()

        def _answer(self) -> None:
            self.send_response(receiver.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield receiver
        finally:
            server.shutdown()
