"""What the Prefect UI is given: short, true on its day, and without a word anybody submitted."""

from __future__ import annotations

import base64
import datetime as dt
import re

import pytest

from staffelstab.submissions.records.record_kinds import RECORDS
from tests.conftest import at
from tests.year import THE_YEAR, Year

pytestmark = THE_YEAR


PICTURE = re.compile(r"!\[(.*)\]\(data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)\)")


def plain(text: str) -> str:
    """Markdown without its escapes, on one line."""
    return " ".join(re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", text).split())


def todo(year: Year, day: str) -> list[str]:
    """The lines under "Heute zu tun" in the last pass of a day."""
    text = year.overview(None, dt.date.fromisoformat(day)).split("\n## ", 1)[0]
    return [plain(line.removeprefix("- ")) for line in text.splitlines() if line.startswith("- ")]


def test_no_overview_holds_a_paragraph_of_any_paper(year: Year) -> None:
    """The canary: every paragraph of every paper and of all minutes, against everything that was ever shown.

    Left out are headings so short that our own templates use the same words ("Was fehlt", B13.6).
    """
    case = year.case(at("2019-10-01"))
    shown = "\n".join(plain(text) for _, _, text in year.shown)
    paragraphs = [item for paper in (*case.papers, *case.minutes) for item in paper.statements]
    long = [item for item in paragraphs if len(item.text) > 15]

    assert len(paragraphs) == 160
    assert len(long) > 150
    assert [item.ref for item in long if plain(item.text) in shown] == []


def test_no_overview_holds_what_stands_in_the_sheets(year: Year) -> None:
    """Findings, ideas, trials, verdicts, passages, milestones, points of discussion: their texts stay out of Prefect."""
    case = year.case(at("2019-10-01"))
    shown = "\n".join(plain(text) for _, _, text in year.shown)
    names = ("text", "title", "reason", "lesson", "hypothesis", "need", "note", "criterion", "answer", "cause")
    rows = [row for kind in RECORDS for row in getattr(case, kind)]
    cells = [cell for row in rows for name in names if (cell := getattr(row, name, ""))]
    notes = [note for decision in case.decisions for note in decision.notes]

    assert len(cells) > 200
    assert [text for text in (*cells, *notes) if plain(text) in shown] == []


def test_no_overview_is_empty_or_endless(year: Year) -> None:
    assert len(year.shown) > 80
    assert {number for _, number, _ in year.shown} == {None, 0, 1, 2, 3, 4, 5, 6}
    assert max(len(PICTURE.sub("", text)) for _, _, text in year.shown) < 12_000
    assert max(len(text) for _, _, text in year.shown) < 45_000, "Prefect keeps every one of them"


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        ("2017-12-15", ["Heute: Beschluss des Zeitplans, Beginn der Phase „Take-Off“ und Call for Papers beginnt."]),
        (
            "2018-01-14",
            ["Heute: Ende der Phase „Take-Off“ und Einsendeschluss: Call for Papers."],
        ),
        ("2018-03-09", ["Heute: Ende der Phase „Analyse“ und Sitzung des Landesvorstands."]),
        (
            "2018-03-10",
            [
                "Im Postausgang liegen 9 Briefe, der älteste seit dem 15. Dezember 2017. Bitte freigeben, oder selbst "
                "verschicken und dort „Ist verschickt“ eintragen.",
                "Nächster Termin: in 2 Tagen, am 12. März 2018: Beginn der Phase „Auswertung“.",
            ],
        ),
        (
            "2018-08-17",
            [
                "Heute: Ende der Phase „Finalisierung“ und "
                "Erste Sitzung des Landesvorstands nach der Sommerpause (Tag noch zu bestätigen)."
            ],
        ),
        ("2019-06-14", ["Heute: Wiedervorlage des Konzepts (Tag noch zu bestätigen)."]),
    ],
)
def test_today_in_three_lines(year: Year, day: str, lines: list[str]) -> None:
    """U17; and a day nobody has confirmed is no fact (R45, R103)."""
    found = todo(year, day)

    assert found[: len(lines)] == lines
    assert len(found) <= 3


def test_on_the_morning_of_a_session_its_result_is_asked_for(year: Year) -> None:
    morning = next(text for moment, of, text in year.shown if of is None and moment == at("2018-03-09 07:00"))

    assert "Nach der Sitzung heute das Ergebnis eintragen." in plain(morning)


def test_the_phase_says_how_long_it_has_and_what_is_missing(year: Year) -> None:
    text = plain(year.overview(1, dt.date(2018, 3, 2)))

    assert "wartet auf die Sitzung, noch 7 Tage bis zum 9. März 2018." in text
    assert "**Sitzung:** 9. März 2018; die Vorlage steht fest." in text
    assert "**Pflicht, noch nicht erfüllt:** Gespräche in den Stadt- und Kreisverbänden: 8 von 39" in text
    assert "Im bisherigen Tempo bleiben 8 Gespräche bis zum Ende der Phase ungeführt." in text
    assert "An 1 Stelle passen die Mitgliederzahlen nicht zusammen." in text
    assert "| Vogtland | abgelehnt | geführt | nicht angefragt |" in text


def test_the_overlap_shows_two_phases_running(year: Year) -> None:
    """R40."""
    text = plain(year.overview(None, dt.date(2018, 1, 7)))

    assert "| 0 | Take-Off | 15.12.2017 – 14.01.2018 | läuft |" in text
    assert "| 1 | Analyse | 02.01.2018 – 09.03.2018 | läuft |" in text
    assert "laufen „Take-Off“ und „Analyse“ nebeneinander (13 Tage)" in text


def test_the_open_ended_phase_gets_no_end(year: Year) -> None:
    """R39."""
    assert "| 6 | Publikation & Implementierung | 25.08.2018 – offen |" in plain(
        year.overview(None, dt.date(2018, 8, 31))
    )


def test_the_timetable_is_a_picture_that_says_the_same_in_words(year: Year) -> None:
    text = year.overview(None, dt.date(2018, 3, 2))
    [(alt, drawn)] = PICTURE.findall(text)
    drawing = base64.b64decode(drawn).decode()

    assert "17.8./18.8. ?" in drawing
    assert "Stand: 2. März 2018" in drawing
    assert "voraussichtlich 17. August 2018 oder 18. August 2018" in plain(alt)


def test_nothing_german_in_the_choirs_overviews(choir: Year) -> None:
    """The same code, another plan, another language."""
    shown = " ".join(plain(text) for _, _, text in choir.shown)

    assert not re.search(r"\b(und|der|Phase \d \(.*\): \d+ Frage|Heute|Sitzung|Beiträge)\b", shown)
    assert "Today: " in shown
