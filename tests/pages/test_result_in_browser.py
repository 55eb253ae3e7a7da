"""In a real browser, behind the middleware of the server: the policies let our own forms through, and focus is where it belongs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.conftest import require
from tests.deployments.browser import Browser, browser
from tests.pages.conftest import Visited
from tests.pages.served import served
from tests.pages.test_sessions import decision

pytestmark = [require("chromium"), pytest.mark.slow]


def pressed(page: Browser, button: str, awaited: str) -> str:
    """What one reads after a button was pressed."""
    page.run(f"document.querySelector('button[value={button}]').click()")
    until, said = time.monotonic() + 120, ""
    while awaited not in said:
        assert time.monotonic() < until, said[:500]
        said = str(page.run("document.body ? document.body.innerText : ''"))
    return said


def focused(page: Browser, what: str) -> None:
    """Wait until what is called so has the focus: a browser gives it a moment after the page is there."""
    until = time.monotonic() + 60
    while page.run("document.activeElement.className") != what:
        assert time.monotonic() < until, page.run("document.activeElement.outerHTML")


def test_a_result_is_entered_and_mistakes_have_the_focus(visited: Visited, tmp_path: Path) -> None:
    pages = visited("2018-01-22 07:00")
    with served(pages.browser.app) as port, browser(tmp_path / "profile", width=390) as page:
        address = f"http://127.0.0.1:{port}/{pages.plan}/"
        page.open(f"{address}sessions/lv-2018-01-19", "Was hat die Sitzung getan?")
        pressed(page, "preview", "Bitte wählen, was die Sitzung getan hat.")
        focused(page, "refused mistakes")
        page.run("document.querySelector('input[value=noted]').click()")
        pressed(page, "preview", "Noch ist nichts eingetragen.")
        focused(page, "frozen")
        pressed(page, "enter", "Der Tageslauf ist bestellt")
        assert page.run("document.documentElement.scrollWidth") == 390
        page.open(f"{address}sessions/lv-2018-01-19/dossier.html", "Vorlage zur Vorstellung")
        assert page.run("[...document.images].every(image => image.naturalWidth > 0)") is True
        assert page.foreign == set()
    found = decision(pages)
    assert found is not None
    assert found.outcome == "noted"
