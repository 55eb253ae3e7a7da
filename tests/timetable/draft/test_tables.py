"""Timetables as tables: a column of dates, a column of what happens."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.timetable.draft.score import drafted

GERMAN = """Satzungsreform

Beschluss des Kreisvorstands vom 3. Februar 2025

Termin\tWas
10.02.2025 – 31.03.2025\tSammlung von Änderungswünschen
01.04.2025 – 30.04.2025\tAuswertung
08.05.2025\tKreisvorstand: Vorstellung der Auswertung
12.05.2025 – 15.06.2025\tEntwurf der neuen Satzung
20.06.2025\tKreisvorstand beschließt den Entwurf
20.09.2025\tKreisparteitag
"""
ENGLISH = """# New by-laws

Adopted by the Board on 4 March 2026

| When | What |
|------|------|
| March to May 2026 | Listening to the branches |
| 1 June 2026 | Closing date for proposals |
| 12 June 2026 | Board discusses the proposals |
| June to August 2026 | Drafting |
| 19 September 2026 | General Meeting |
"""


def test_rows_with_a_range_are_phases_rows_with_a_day_are_sessions_and_events(tmp_path: Path) -> None:
    (tmp_path / "tabelle.txt").write_text(GERMAN, encoding="utf-8")
    plan = drafted(tmp_path / "tabelle.txt")
    assert [(phase.number, phase.name, phase.start.day, phase.end.day) for phase in plan.phases] == [
        (1, "Sammlung von Änderungswünschen", dt.date(2025, 2, 10), dt.date(2025, 3, 31)),
        (2, "Auswertung", dt.date(2025, 4, 1), dt.date(2025, 4, 30)),
        (3, "Entwurf der neuen Satzung", dt.date(2025, 5, 12), dt.date(2025, 6, 15)),
    ]
    assert [(session.date.day, session.phase, session.item) for session in plan.sessions] == [
        (dt.date(2025, 5, 8), 2, "presentation"),
        (dt.date(2025, 6, 20), 3, "adoption"),
    ]
    assert [(event.name, event.date.day) for event in plan.events] == [("Kreisparteitag", dt.date(2025, 9, 20))]


def test_months_become_days_that_are_derived_and_not_adopted(tmp_path: Path) -> None:
    (tmp_path / "table.md").write_text(ENGLISH, encoding="utf-8")
    plan = drafted(tmp_path / "table.md")
    assert [(phase.start.day, phase.end.day, phase.start.status) for phase in plan.phases] == [
        (dt.date(2026, 3, 1), dt.date(2026, 5, 31), "derived"),
        (dt.date(2026, 6, 1), dt.date(2026, 8, 31), "derived"),
    ]
    assert [(call.name, call.deadline.day) for call in plan.calls] == [
        ("Call: Listening to the branches", dt.date(2026, 6, 1))
    ]
    assert [(session.name, session.date.day) for session in plan.sessions] == [("Board meeting", dt.date(2026, 6, 12))]


def test_a_deadline_without_a_year_gets_the_year_of_its_phase(tmp_path: Path) -> None:
    text = (
        "Beschluss des Vorstands vom 3. Februar 2025\n\nSchritt 1: Sammeln\n1. März 2025 bis 31. Dezember 2025\n\n"
        "Schritt 2: Nachreichen\n1. Februar 2026 bis 30. April 2026\n"
        "Alle Ortsgruppen werden gebeten, Anregungen bis zum 15. März an die Geschäftsstelle zu schicken.\n"
    )
    (tmp_path / "frist.txt").write_text(text, encoding="utf-8")
    [call] = drafted(tmp_path / "frist.txt").calls
    assert (call.phase, call.deadline.day, call.deadline.added) == (2, dt.date(2026, 3, 15), "year")
