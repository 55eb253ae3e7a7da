"""Sending messages out of the house, by apprise: mail, chat, webhook, whatever its addresses name; and the heartbeat.

Nothing of an address is ever said: it may hold a password. apprise's own log is silent for the same reason.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import httpx

from staffelstab.errors import StaffelstabError
from staffelstab.watch.whom_to_tell import FILE, Settings

if TYPE_CHECKING:
    from apprise import Apprise

PATIENCE_SECONDS = 10.0


def problems(settings: Settings) -> Iterator[StaffelstabError]:
    """The addresses to which nothing can be sent, by their number."""
    from apprise import Apprise

    logging.getLogger("apprise").disabled = True
    for number, address in enumerate(settings.to, 1):
        if not Apprise().add(address):
            yield StaffelstabError("watch.error.address", file=FILE, n=number)


def receivers(addresses: Iterable[str]) -> dict[str, Apprise]:
    """Each single address to which something can be sent, by what tells it from the others; one line may name several."""
    from apprise import Apprise

    logging.getLogger("apprise").disabled = True
    found = {}
    for line in addresses:
        known = Apprise()
        known.add(line)
        for number, server in enumerate(known):
            found[f"{number}:{line}"] = one = Apprise()
            one.add(server)
    return found


def tell(receiver: Apprise, title: str, text: str) -> bool:
    """Send a message to one address; whether it took it."""
    from apprise import NotifyFormat

    return bool(receiver.notify(body=text, title=title, body_format=NotifyFormat.TEXT))


def send(addresses: Sequence[str], title: str, text: str) -> bool:
    """Send a message to every address that can be used; whether at least one took it, and none of the others refused it."""
    answers = [tell(receiver, title, text) for receiver in receivers(addresses).values()]
    return bool(answers) and all(answers)


def beat(address: str) -> bool:
    """Tell a service outside that a pass has run; whether it has heard."""
    try:
        return httpx.get(address, timeout=PATIENCE_SECONDS, follow_redirects=True, trust_env=False).is_success
    except (httpx.HTTPError, httpx.InvalidURL):
        return False
