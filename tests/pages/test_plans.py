"""Several plans on one server: a list that says what each asks for, in its own language, and pages that keep them apart."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from pages.application import application
from pages.site import Site
from tests.conftest import at
from tests.pages.conftest import Browser, KnownRuns
from tests.pages.test_today import text
from tests.year import CHOIR, PARTY

MORNING = "2018-01-22 07:00"


def several(tmp_path: Path, prepared: Callable[[str, Path], Path]) -> Browser:
    """The pages of the party's folder, of the choir's, and of one whose plan cannot be read."""
    for place, name in ((PARTY, "partei"), (CHOIR, "chor")):
        shutil.copytree(prepared(MORNING, place), tmp_path / name)
    shutil.copytree(tmp_path / "chor", tmp_path / "kaputt")
    (tmp_path / "kaputt" / "plan.toml").write_text("id = ", encoding="utf-8")
    folders = tuple(tmp_path / name for name in ("kaputt", "partei", "chor"))
    return Browser(application(Site(folders, None, lambda: at(MORNING), KnownRuns())))


def test_the_list_says_what_each_plan_asks_for_in_its_own_language(
    tmp_path: Path, prepared: Callable[[str, Path], Path]
) -> None:
    page = several(tmp_path, prepared).get("/").text
    broken, party, choir = re.findall(r"<li lang.*?</li>", page, re.DOTALL)
    assert "plan.toml" in text(broken)
    assert "Aufgaben, zuerst: Ergebnis der Sitzung vom 19. Januar 2018 eintragen." in text(party)
    assert "Als Nächstes am" in text(party)
    assert 'lang="en"' in choir
    assert "Next, on" in text(choir)
    assert [*re.findall(r'<a href="([^"]+)"', party + choir)] == ["/mitgliederarbeit-2018/", "/choir-statute/"]


def test_each_page_leads_back_to_the_list_and_shows_its_own_plan_only(
    tmp_path: Path, prepared: Callable[[str, Path], Path]
) -> None:
    browser = several(tmp_path, prepared)
    party, choir = browser.get("/mitgliederarbeit-2018/").text, browser.get("/choir-statute/").text
    assert '<a href="/">Alle Zeitpläne</a>' in party
    assert '<a href="/">All timetables</a>' in choir
    assert "Mitgliederarbeit" not in choir
    assert "choir" not in party.lower()


def test_a_plan_that_cannot_be_read_says_so_and_keeps_no_other_from_being_shown(
    tmp_path: Path, prepared: Callable[[str, Path], Path]
) -> None:
    browser = several(tmp_path, prepared)
    answer = browser.get("/kaputt/")
    assert answer.status_code == 503
    assert "plan.toml" in answer.text
    assert browser.get("/mitgliederarbeit-2018/dates").status_code == 200
