"""Opening a browser that is signed in already, where there is one to open.

The link is worth a sign-in, and what a program is started with can be read by everybody on the machine. So the browser is told
the name of a private file that leads on to the link, and never the link itself.
"""

from __future__ import annotations

import html
import os
import tempfile
import threading
import webbrowser
from collections.abc import Mapping
from pathlib import Path

PAGE = '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={link}"><title>Staffelstab</title>\n'


def no_browser(environment: Mapping[str, str]) -> str:
    """Why no browser can be opened here: "ssh" or "display"; "" if one can."""
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        return "ssh"
    shown = any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
    return "" if shown else "display"


def open_browser(link: str) -> None:
    """Open the link in the person's browser, without waiting for it; the file that leads there lies in Python's temporary place."""
    descriptor, name = tempfile.mkstemp(suffix=".html", prefix="open-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(PAGE.format(link=html.escape(link)))
    threading.Thread(target=webbrowser.open, args=(Path(name).as_uri(),), daemon=True).start()
