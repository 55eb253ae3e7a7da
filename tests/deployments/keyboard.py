"""A person in a real Chromium, mostly without a mouse: reaches what a page offers by Tab, presses keys, sees what keeps people out
and whom a page asks."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, Request, sync_playwright

MOST_TABS = 300
PATIENCE = 60_000
"""Milliseconds a page may take to show what is awaited."""
FOCUSED = """() => {
    const at = document.activeElement;
    const label = at.labels && at.labels.length ? at.labels[0].innerText : '';
    return (label || at.getAttribute('aria-label') || at.innerText || at.value || '').trim();
}"""


@dataclass
class Keyboard:
    """A page, everything it wanted to ask, what the policy refused of that, and what its console has said."""

    page: Page
    asked: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        protocol = self.page.context.new_cdp_session(self.page)
        protocol.on("Audits.issueAdded", self._note_issue)
        protocol.send("Audits.enable")
        self.page.on("request", self._note)
        self.page.on("websocket", lambda socket: self.asked.append(socket.url))
        self.page.on("console", lambda message: self.said.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _note(self, request: Request) -> None:
        self.asked.append(request.url)

    def _note_issue(self, event: dict[str, Any]) -> None:
        details = event["issue"]["details"].get("contentSecurityPolicyIssueDetails", {})
        self.refused.add(details.get("blockedURL", ""))

    def open(self, address: str, awaited: str) -> None:
        """Open a page and wait until its text contains `awaited`."""
        self.page.goto(address)
        self.wait_for(awaited)

    def wait_for(self, awaited: str) -> None:
        """Wait until the page's text contains `awaited`, whatever it was led to meanwhile."""
        self.page.locator("body", has_text=awaited).wait_for(timeout=PATIENCE)

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression on the page."""
        return self.page.evaluate(script)

    def reach(self, name: str) -> None:
        """Tab until what is called so has the focus."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if str(self.page.evaluate(FOCUSED)).startswith(name):
                return
        raise AssertionError(f"{name!r} cannot be reached by Tab on {self.page.title()}")

    def follow(self, name: str, awaited: str) -> None:
        """Reach a link or a button, press Enter, and wait for what follows."""
        self.reach(name)
        self.page.keyboard.press("Enter")
        self.page.get_by_text(awaited).first.wait_for()

    def type(self, name: str, text: str) -> None:
        """Reach a field and type."""
        self.reach(name)
        self.page.keyboard.type(text)

    def faults(self) -> list[str]:
        """What axe-core finds on the page: rule and place, nothing that a person could read."""
        found = Axe().run(self.page).response["violations"]
        return [f"{item['id']}: {node['target']}" for item in found for node in item["nodes"]]

    @property
    def foreign(self) -> set[str]:
        """Hosts other than this machine that were asked, and not refused by the policy."""
        let = (urlsplit(url) for url in set(self.asked) - self.refused)
        return {url.hostname or "" for url in let if url.scheme in ("http", "https", "ws", "wss")} - {"127.0.0.1"}


@contextmanager
def chromium() -> Generator[Chromium]:
    """The browser of this machine, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def page_of(width: int = 1400, height: int = 900) -> Generator[Keyboard]:
    """One page of a browser of its own, German, of this size."""
    with chromium() as browser:
        context = browser.new_context(locale="de-DE", viewport={"width": width, "height": height})
        yield Keyboard(context.new_page())


@contextmanager
def person_at(browser: Chromium, link: str, *, width: int = 1280) -> Generator[Keyboard]:
    """Somebody with a browser of their own who follows the link that signs in."""
    context = browser.new_context(locale="de-DE", viewport={"width": width, "height": 900})
    try:
        person = Keyboard(context.new_page())
        person.page.goto(link)
        person.page.get_by_role("heading", level=1).wait_for()
        yield person
    finally:
        context.close()
