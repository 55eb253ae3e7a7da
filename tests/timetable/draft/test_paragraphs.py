"""Ordinary numbered paragraphs are phases only where at least two of them tell a range or a deadline."""

from __future__ import annotations

import datetime as dt

from staffelstab.language import Language
from staffelstab.timetable.draft.compose import draft_of
from staffelstab.timetable.plan.when import When

HEAD = "Beschluss des Vorstands vom 12. Februar 2026\n\nDer Vorstand beschließt folgenden Ablauf.\n\n"
STEPS = (
    "1. Bis Weihnachten 2026 sammelt die Geschäftsstelle alle Vorschläge.\n"
    "2. Vom 11. Januar bis 26. März 2027 finden Gespräche statt.\n"
    "3. Entwurf: Er wird bis zum 31. August 2027 geschrieben.\n"
    "4. Bis zum 30. September 2027 beschließt die Mitgliederversammlung.\n"
    "5. Danach wird gedruckt.\n"
)


def test_numbered_paragraphs_with_times_are_phases_and_asked_for() -> None:
    draft, _ = draft_of(HEAD + STEPS, "de")
    assert draft is not None
    phases = draft.phases
    assert [(phase.name, phase.quote[:17]) for phase in phases] == [
        ("Phase 1", "1. Bis Weihnachte"),
        ("Phase 2", "2. Vom 11. Januar"),
        ("Entwurf", "3. Entwurf: Er wi"),
        ("Phase 4", "4. Bis zum 30. Se"),
        ("Phase 5", ""),
    ]
    assert (phases[1].start, phases[1].end) == (When(dt.date(2027, 1, 11)), When(dt.date(2027, 3, 26)))
    assert [phase.end for phase in phases[2:4]] == [When(dt.date(2027, 8, 31)), When(dt.date(2027, 9, 30))]
    said = Language("de")
    assert said.say("draft.ask.phase_end_said", number=1, said="Bis Weihnachten 2026") in phases[0].questions
    assert said.say("draft.ask.phase_paragraphs") in phases[0].questions


def test_one_range_makes_no_timetable() -> None:
    text = STEPS.replace("bis zum 31. August 2027", "zuletzt").replace("Bis zum 30. September 2027", "Dann")
    draft, left = draft_of(HEAD + text, "de")
    assert (draft, [item.line for item in left if item.why == "date"]) == (None, [6])


def test_days_at_the_beginning_of_lines_are_no_numbers() -> None:
    days = "1. März bis 30. April 2027 sammeln wir.\n2. Mai bis 30. Juni 2027 schreiben wir.\n"
    assert draft_of(HEAD + days, "de")[0] is None
