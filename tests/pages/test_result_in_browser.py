"""In a real browser, behind the middleware of the server: the policies let our own forms through, and focus is where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import require
from tests.deployments.keyboard import Keyboard, page_of
from tests.pages.conftest import Visited
from tests.pages.served import served
from tests.pages.test_sessions import decision

pytestmark = [require("chromium"), pytest.mark.slow]


def press(page: Keyboard, button: str, awaited: str) -> None:
    """Press a button and wait for what follows."""
    page.page.locator(f"button[value={button}]").click()
    page.wait_for(awaited)


def focused(page: Keyboard, what: str) -> None:
    """Wait until what has these classes has the focus: a browser gives it a moment after the page is there."""
    page.page.locator(f"{what}:focus").wait_for()


def test_a_result_is_entered_and_mistakes_have_the_focus(visited: Visited, tmp_path: Path) -> None:
    pages = visited("2018-01-22 07:00")
    with served(pages.browser.app) as port, page_of(width=390) as page:
        address = f"http://127.0.0.1:{port}/{pages.plan}/"
        page.open(f"{address}sessions/lv-2018-01-19", "Was hat die Sitzung getan?")
        press(page, "preview", "Bitte wählen, was die Sitzung getan hat.")
        focused(page, ".refused.mistakes")
        page.page.locator("input[value=noted]").click()
        press(page, "preview", "Noch ist nichts eingetragen.")
        focused(page, ".frozen")
        press(page, "enter", "Der Tageslauf ist bestellt")
        assert page.run("document.documentElement.scrollWidth") == 390
        page.open(f"{address}sessions/lv-2018-01-19/dossier.html", "Vorlage zur Vorstellung")
        assert page.run("[...document.images].every(image => image.naturalWidth > 0)") is True
        assert page.foreign == set()
    found = decision(pages)
    assert found is not None
    assert found.outcome == "noted"
