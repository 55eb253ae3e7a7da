"""Our own pages in a real browser, behind the door and the middleware: forms are sent by a person and taken."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette

from deployments.server.door import Door
from deployments.server.tickets import Sessions, seconds, sign_in_link
from pages.application import application
from pages.site import Site
from staffelstab.workspace import find
from tests.conftest import at, require
from tests.deployments.keyboard import Keyboard, page_of
from tests.pages.conftest import KnownRuns
from tests.pages.served import served
from tests.service.small_folder import folder, put
from tests.year import DirectExecutor

pytestmark = [pytest.mark.slow, require("chromium")]

MORNING = at("2018-01-10 07:00")
KEY = b"k" * 32


@contextmanager
def link_to(root: Path) -> Generator[str]:
    """A link that signs in to the pages of a folder; in Prefect's place behind the door there is nothing."""
    site = Site((root,), None, lambda: MORNING, KnownRuns())
    with served(Door(Starlette(), application(site), "service:x", Sessions(KEY), "de")) as port:
        yield sign_in_link(f"http://127.0.0.1:{port}", KEY, seconds())


def press(page: Keyboard, form: str, awaited: str) -> None:
    """Press the button of a form as a person does, by keyboard, and wait for what follows."""
    page.page.locator(f"{form} button").first.press("Enter")
    page.wait_for(awaited)


def test_a_person_searches_marks_a_letter_as_sent_checks_the_record_and_signs_out_everywhere(tmp_path: Path) -> None:
    root = folder(tmp_path / "akte")
    put(root, "beitraege/zuruf.txt", "Von: Beisitz 3\n\nDer Zaunkönig singt.", at("2018-01-09 12:00"))
    DirectExecutor().daily_pass(str(root), MORNING)
    with link_to(root) as link, page_of() as page:
        page.open(link, "Heute zu tun")
        here = str(page.run("location.href"))

        page.open(f"{here}archive", "Suche in allem")
        page.page.locator("#words").press_sequentially("Zaunkönige")
        press(page, "form.search", "1 Stelle gefunden.")
        assert "Zaun" not in str(page.run("location.href + document.title + JSON.stringify(history.state)"))
        assert page.run("document.querySelector('mark').innerText") == "Zaunkönig"
        page.page.locator(".citations a").first.click()
        page.wait_for("B01.1")
        page.page.go_back()

        page.open(f"{here}outbox/call-call-1", "Ist verschickt")
        press(page, "section.actions form", "Eingetragen: Der Brief ist verschickt.")
        with find(root).open(read_only=True) as ledger:
            assert [entry.subject for entry in ledger.entries("sent")] == ["call:call-1"]

        page.open(f"{here}settings", "Ist die Akte unversehrt?")
        press(page, "#check form", "Unversehrt. Einträge in der Akte:")
        press(page, "#sessions form", "staffelstab login")
        page.open(f"{here}settings", "staffelstab login")
        assert page.foreign == set()
        assert page.refused == set()


def test_every_page_fits_a_telephone(tmp_path: Path) -> None:
    root = folder(tmp_path / "akte")
    DirectExecutor().daily_pass(str(root), MORNING)
    with link_to(root) as link, page_of(width=390) as page:
        page.open(link, "Heute zu tun")
        here = str(page.run("location.href"))
        right = "Math.max(...[...document.querySelectorAll('.phases :is(th, td)')].map(cell => cell.getBoundingClientRect().right))"
        assert page.run(right) <= 390, "how a phase stands is seen without moving the table"
        for path, awaited in (
            ("", "Heute zu tun"),
            ("phases/phase-1", "Wofür diese Phase da ist"),
            ("phases/phase-1/unassigned", "Es gibt keine Aussage, die das Codebuch nicht zuordnet."),
            ("archive/sheets/needs", "Bedürfnisse"),
            ("submissions", "Eingänge"),
            ("dates", "Noch zu bestätigen"),
            ("sessions", "Die nächste Sitzung"),
            ("outbox", "So wird ein Brief verschickt"),
            ("outbox/distribution-resolution", "Ist verschickt"),
            ("archive", "Alle Unterlagen"),
            ("archive/trace", "Das Konzept ist noch nicht geschrieben."),
            ("settings?sheet=ideas", "Überall abmelden"),
        ):
            page.open(f"{here}{path}", awaited)
            assert page.run("document.documentElement.scrollWidth") == 390, path
            assert page.faults() == [], path
