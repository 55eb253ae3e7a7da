"""The pages late in the year: everything decided, handed over and answered, and a plan whose dates were confirmed and moved."""

from __future__ import annotations

import re

from tests.pages.conftest import Pages, pages_of
from tests.pages.reading import text
from tests.year import THE_YEAR, Year

pytestmark = THE_YEAR


def looked_at(year: Year, moment: str) -> Pages:
    return pages_of(year.root, moment)


def test_the_sessions_say_what_was_adopted_and_that_nothing_is_to_come(year: Year) -> None:
    pages = looked_at(year, "2018-09-10 07:00")
    said = text(pages.open("sessions"))
    assert "Es kommt keine Sitzung mehr." in said
    assert re.search(r"Zuletzt entschieden Erste Sitzung des Landesvorstands nach [^:]*: beschlossen \(bei .*\)", said)
    assert "noch nicht begonnen" not in said
    assert "Ergebnis noch nicht eingetragen" not in said


def test_every_page_of_sessions_dates_and_submissions_can_be_opened(year: Year) -> None:
    assert len(reached(looked_at(year, "2019-09-21 07:00"), "sessions|dates|submissions")) > 60
    for moment in ("2017-12-15 12:00", "2018-04-10 07:00", "2018-08-17 22:00"):
        assert len(reached(looked_at(year, moment), "sessions|dates")) > 2 + len(year.plan.sessions)


def reached(pages: Pages, kinds: str) -> set[str]:
    """Every page of these kinds that can be reached from its list, opened once."""
    seen = {*kinds.split("|")}
    waiting = list(seen)
    while waiting:
        page = pages.open(waiting.pop())
        found = {*re.findall(rf'href="/{pages.plan}/((?:{kinds})/[\w.-]+)"', page)}
        waiting += found - seen
        seen |= found
    return seen


def test_every_file_of_a_paper_that_a_session_names_can_be_downloaded(year: Year) -> None:
    pages = looked_at(year, "2018-09-10 07:00")
    for session in year.plan.sessions:
        page = pages.open(f"sessions/{session.id}")
        names = re.findall(rf'href="/{pages.plan}/(sessions/{session.id}/[\w.-]+)"', page)
        assert {"html", "pdf", "odt", "docx", "md"} <= {name.rpartition(".")[2] for name in names}
        for name in names:
            assert pages.browser.get(f"/{pages.plan}/{name}").status_code == 200


def test_a_phase_that_has_handed_over_says_so_before_a_correction(year: Year) -> None:
    pages = looked_at(year, "2018-09-10 07:00")
    sent = {"outcome": "returned", "correction": "1", "do": "preview"}
    said = text(pages.send("sessions/lv-2018-03-09", **sent))
    assert "hat schon übergeben; ihre Übergabe bleibt, wie sie ist." in said
    assert "Es berichtigt:" in said


def test_the_register_holds_what_came_in_by_then(year: Year) -> None:
    pages = looked_at(year, "2018-09-10 07:00")
    refs = re.findall(r'<th scope="row"><a href="[^"]+">(\w+)</a>', pages.open("submissions"))
    assert {"B01", "G01"} <= {*refs}
    assert len(refs) == len({*refs}) > 40
