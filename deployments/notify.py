"""Sending messages out of the house, by apprise: mail, chat, webhook, whatever its addresses name; and the heartbeat.

Nothing of an address is ever said: it may hold a password. apprise's own log is silent for the same reason.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

import httpx

from staffelstab.errors import StaffelstabError
from staffelstab.watch.whom_to_tell import FILE, Settings

PATIENCE_SECONDS = 10.0


def problems(settings: Settings) -> Iterator[StaffelstabError]:
    """The addresses to which nothing can be sent, by their number."""
    from apprise import Apprise

    logging.getLogger("apprise").disabled = True
    for number, address in enumerate(settings.to, 1):
        if not Apprise().add(address):
            yield StaffelstabError("watch.error.address", file=FILE, n=number)


def send(addresses: Sequence[str], title: str, text: str) -> bool:
    """Send a message to every address that can be used; whether at least one took it, and none of the others refused it."""
    from apprise import Apprise, NotifyFormat

    logging.getLogger("apprise").disabled = True
    known = Apprise()
    for address in addresses:
        known.add(address)
    return len(known) > 0 and bool(known.notify(body=text, title=title, body_format=NotifyFormat.TEXT))


def beat(address: str) -> bool:
    """Tell a service outside that a pass has run; whether it has heard."""
    try:
        return httpx.get(address, timeout=PATIENCE_SECONDS, follow_redirects=True, trust_env=False).is_success
    except (httpx.HTTPError, httpx.InvalidURL):
        return False
