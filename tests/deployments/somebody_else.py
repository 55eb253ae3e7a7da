"""Another user of the same machine: a program of the standard library alone, run under another user's id.

Reads {"address", "routes": [[method, path], …], "folders"} as JSON from standard input; writes what was answered and found.
"""

import base64
import json
import os
import sys
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path

GUESSES = (None, "admin:admin", "admin:pass", "admin:", "staffelstab:", "staffelstab:staffelstab")


def answered(address: str, method: str, path: str, guess: "str | None") -> int:
    """The status of the answer to a request with a guessed credential."""
    headers = {"Content-Type": "application/json"}
    if guess is not None:
        headers["Authorization"] = "Basic " + base64.b64encode(guess.encode()).decode()
    data = b"{}" if method in ("POST", "PUT", "PATCH") else None
    request = urllib.request.Request(address + path, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def readable(folders: "list[str]") -> "list[str]":
    """Whatever can be listed or read in these folders."""
    found: list[str] = []
    for folder in map(Path, folders):
        for place, names, files in os.walk(folder):
            found += [f"{place}/{name}" for name in names + files]
        for name in ("sign-in.json", "prefect.db", "server.log", "ledger.db", "plan.toml"):
            try:
                (folder / name).read_bytes()
                found.append(name)
            except OSError:
                continue
    return found


def environments() -> "list[str]":
    """Processes of others whose environment can be read."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if place.stat().st_uid != os.getuid() and b"PREFECT" in (place / "environ").read_bytes():
                found.append(place.name)
        except OSError:
            continue
    return found


asked = json.load(sys.stdin)
answers = [
    [method, path, guess, answered(asked["address"], method, path, guess)]
    for method, path in asked["routes"]
    for guess in (GUESSES if path.endswith("/filter") else GUESSES[:2])
]
json.dump(
    {
        "uid": os.getuid(),
        "answers": answers,
        "counts": Counter(answer[-1] for answer in answers),
        "files": readable(asked["folders"]),
        "environments": environments(),
    },
    sys.stdout,
)
