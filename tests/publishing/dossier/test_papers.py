"""The six papers of the year, each of its own kind (R108), read as the board reads them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import at
from tests.year import THE_YEAR, Year

pytestmark = THE_YEAR

DAYS = ("2018-01-19", "2018-03-09", "2018-04-13", "2018-05-18", "2018-06-29", "2018-08-17")


def plain(text: str) -> str:
    """Markdown without the backslashes that make quoted text inert."""
    return re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", text)


@cache
def sections(path: Path) -> dict[str, str]:
    """A paper by its headings of the first level, in order; quoted text makes no heading."""
    parts = re.split(r"^# (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {plain(heading): plain(body) for heading, body in zip(parts[1::2], parts[2::2], strict=True)}


def file(year: Year, day: str) -> Path:
    return year.root / "sessions" / day / "dossier.md"


def paper(year: Year, day: str) -> str:
    return plain(file(year, day).read_text(encoding="utf-8"))


def section(year: Year, day: str, heading: str) -> str:
    return sections(file(year, day))[heading]


def table(text: str) -> list[list[str]]:
    """The rows of the first pipe table, head apart."""
    lines = text[text.index("\n|") :].strip("\n").split("\n\n", 1)[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.mark.parametrize(
    ("day", "title", "purpose"),
    [
        ("2018-01-19", "Vorlage zur Vorstellung", "gewertet wird noch nicht"),
        ("2018-03-09", "Vorlage zur Vorstellung und Diskussion", "werden vorgestellt und diskutiert"),
        ("2018-04-13", "Vorlage zur Präsentation und Diskussion", "Die Perspektiven sind zusammengeführt"),
        ("2018-05-18", "Vorlage zur Vorstellung und Debatte", "die Möglichkeiten der Umsetzung debattiert"),
        ("2018-06-29", "Bericht", "dass einer scheitert, ist ein Ergebnis"),
        ("2018-08-17", "Beschlussvorlage", "Zu beschließen ist über das Konzept"),
    ],
)
def test_six_kinds_each_with_its_own_purpose(year: Year, day: str, title: str, purpose: str) -> None:
    """R108."""
    text = paper(year, day)

    assert text.startswith(f"# {title}: Landesvorstand, ")
    assert purpose in section(year, day, "Worum es heute geht")
    assert "Grundlage im Beschluss: „" in section(year, day, "Worum es heute geht")


def test_every_paragraph_of_every_paper_stands_in_the_first_picture_with_its_source(year: Year) -> None:
    """R64: in the very paper the board was handed."""
    case = year.case(at("2018-01-17 07:00"))

    shown = " ".join(section(year, "2018-01-19", "Erstes Bild").split())
    for statement in (statement for paper in case.papers for statement in paper.statements):
        assert " ".join(statement.text.split()) in shown, statement.ref
        assert f"— {statement.ref}" in shown


def test_late_papers_are_in_and_marked(year: Year) -> None:
    """R62."""
    text = paper(year, "2018-01-19")

    assert "Eingegangen sind 16 Beiträge, davon 1 nach der Frist; auch er ist aufgenommen." in text
    assert "## B16 – Beisitz 12 (verspätet)" in text
    assert ["B16", "Beisitz 12", "15.01.2018 00:00", "3", "verspätet"] in table(
        section(year, "2018-01-19", "Register der Beiträge")
    )


@pytest.mark.parametrize(
    ("day", "rows"),
    [
        (
            "2018-03-09",
            [
                ["Beiträge", "16", "17"],
                ["davon verspätet", "1", "2"],
                ["Aussagen (Absätze der Beiträge)", "73", "76"],
                ["geführte Gespräche", "2", "30"],
                ["Gesprächsprotokolle", "2", "14"],
                ["Befunde", "0", "12"],
            ],
        ),
        ("2018-04-13", [["Befunde", "12", "16"]]),
        (
            "2018-05-18",
            [["Beiträge", "17", "27"], ["Aussagen (Absätze der Beiträge)", "76", "108"], ["Vorhaben", "0", "14"]],
        ),
        (
            "2018-08-17",
            [["Bewertungen", "0", "13"], ["Absätze des Konzepts", "0", "24"], ["Meilensteine", "0", "8"]],
        ),
    ],
)
def test_since_the_last_session(year: Year, day: str, rows: list[list[str]]) -> None:
    """U6: what has changed against the figures of the paper before, and nothing else."""
    assert table(section(year, day, "Seit der letzten Sitzung")) == rows


def test_the_first_paper_has_nothing_before_it(year: Year) -> None:
    assert section(year, "2018-01-19", "Seit der letzten Sitzung").strip() == "Dies ist die erste Vorlage."


def test_what_was_said_is_carried_into_the_next_paper(year: Year) -> None:
    """R75: points of the discussion feed the next phase."""
    said = section(year, "2018-04-13", "Seit der letzten Sitzung")

    assert "sie wurde diskutiert" in said
    assert "- Streitpunkt: verbindliche Standards oder Angebote." in said


def test_the_needs_of_each_association_are_shown_and_who_rated_none_is_named(year: Year) -> None:
    """R73: the ranking by rank and tier, then each association by itself, its own order."""
    results = section(year, "2018-03-09", "Ergebnisse der Analyse")
    _, ranking = results.split("## Was die Gliederungen am dringendsten brauchen")
    ranking, own = ranking.split("## Was jede Gliederung am dringendsten braucht")
    by_name = dict(table(own))

    assert table(ranking)[0] == [
        "1",
        "1",
        "Beschreibung und Schulung für Mitgliederbeauftragte",
        "4,14",
        "3,5 bis 5,0",
        "7 von 13",
    ]
    assert len(by_name) == 13
    assert by_name["Meißen"] == (
        "Entlastung der Ehrenamtlichen 5,0; Nachwuchs für Vorstände und Ämter 4,0; "
        "Einladungen auf Papier 3,0; Gepflegte Mitgliederdaten 2,0"
    )


def test_ideas_are_shown_by_target_group_and_level(year: Year) -> None:
    """R21, R23: their balance, over everything the plan wants considered."""
    assert table(section(year, "2018-05-18", "Die Vorhaben").split("So verteilen sich")[1]) == [
        ["Neumitglieder", "7", "V01, V02, V06, V07, V09, V11, V14"],
        ["Langjährige", "7", "V03, V04, V05, V08, V10, V12, V13"],
        ["Ort", "3", "V02, V08, V14"],
        ["Kreis", "8", "V01, V03, V04, V06, V09, V10, V11, V13"],
        ["Land", "3", "V05, V07, V12"],
    ]


def test_who_was_not_heard_tells_refused_vacant_and_not_asked_apart(year: Year) -> None:
    """U8, R104; printed in each paper."""
    silent = section(year, "2018-03-09", "Wer nicht gehört wurde")

    assert "Von 20 Angeschriebenen haben 16 etwas geschickt." in silent
    assert "Stellvertretender Landesvorsitz III, Beisitz 4, Beisitz 8 und Beisitz 11" in silent
    assert "26 von 39 geführt" in silent
    rows = dict(row for row in table(silent) if len(row) == 2)
    assert rows["Görlitz"] == "Vorsitz: keine Antwort; Mitgliederbeauftragte: unbesetzt"
    assert rows["Vogtland"] == "Vorsitz: abgelehnt; Mitgliederbeauftragte: nicht angefragt"
    assert "Noch gar nicht zu Wort gekommen: Fraktionen." in silent
    assert "Ortsvorsitzende" in silent
    assert all("# Wer nicht gehört wurde" in paper(year, day) for day in DAYS)


def test_an_uncertain_date_is_never_a_fact(year: Year) -> None:
    """R45, U4: neither in the title of the paper nor in what lies ahead."""
    text = paper(year, "2018-08-17")

    assert text.startswith("# Beschlussvorlage: Landesvorstand, voraussichtlich 17. August 2018\n")
    assert (
        "voraussichtlich 17. August 2018 (zu bestätigen; in Frage kommen 17. August 2018 und 18. August 2018)" in text
    )
    for day in DAYS:
        for line in paper(year, day).splitlines():
            if "Sitzung" in line and "17. August 2018" in line:
                assert "voraussichtlich 17. August 2018" in line, (day, line)


def test_a_derived_deadline_and_a_proposed_audience_are_shown_as_such(year: Year) -> None:
    """R82, R83."""
    call = section(year, "2018-04-13", "Zweiter Call for Papers")

    assert "Einsendeschluss ist 9. Mai 2018 (abgeleitet)" in call
    assert "Der Beschluss sagt es nicht. Vorgeschlagen sind:" in call


def test_the_resubmission_has_no_day(year: Year) -> None:
    """R103."""
    path = year.root / "batons" / "6-publication" / "data" / "dossier" / "dossier.md"
    again = sections(path)["Wiedervorlage"]

    assert "Auswertung der Wahlen des Jahres 2019" in again
    assert "Wann: noch unbekannt; in Frage kommen 14. Juni 2019 und 20. September 2019" in again


def test_no_vote_is_invented(year: Year) -> None:
    """R14: two abstentions in December 2017; the yes votes were not handed down."""
    for day in DAYS:
        sources = section(year, day, "Woher die Angaben stammen")
        assert "2 Enthaltungen" in sources
        assert "Ja- und Nein-Stimmen" in sources or "Ja-Stimmen" in sources


def test_the_synthesis_shows_four_headings_and_the_lone_voice(year: Year) -> None:
    """R76, R78."""
    text = paper(year, "2018-04-13")
    headings = re.findall(r"^## (Was .*läuft)$", text, re.MULTILINE)

    assert headings == ["Was schlecht läuft", "Was gut läuft", "Was zu wenig läuft", "Was gar nicht läuft"]
    assert text.count("(nur eine Seite)") == 1
    assert "Getragen von: allen Perspektiven" in text


def test_a_failed_trial_is_told_like_any_other(year: Year) -> None:
    """R89."""
    text = paper(year, "2018-06-29")

    assert "- Ergebnis: gescheitert" in text
    assert "- Ergebnis: abgebrochen" in text
    assert "Wer nicht gehört wurde, hat nicht zugestimmt." in text


def test_open_points_by_strength(year: Year) -> None:
    """R109."""
    text = section(year, "2018-03-09", "Offene Punkte")

    assert text.index("Pflicht, noch nicht erfüllt") < text.index("Soll, noch nicht erfüllt") < text.index("Zu klären")
    assert "wird die Phase mit diesen Lücken übergeben" in text
