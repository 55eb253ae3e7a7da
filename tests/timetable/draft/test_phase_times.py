"""Times of a phase that are no days: what the text says of them is never lost and never denied."""

from __future__ import annotations

import datetime as dt

from staffelstab.timetable.draft.compose import draft_of
from staffelstab.timetable.draft.plan_entries import Phase
from staffelstab.timetable.plan.when import When

_HEAD = "Beschluss des Vorstands vom 12. Februar 2025\n\n"


def test_a_part_of_a_month_is_assumed_and_asked_for_in_the_words_of_the_text() -> None:
    first, second = _phases(
        "Schritt 1: Entwurf (Anfang Juli bis Mitte November 2025)\nEntwerfen.\n\n"
        "Schritt 2: Druck (Mitte Dezember 2025 bis Anfang Mai 2026)\nDrucken.\n"
    )
    assert [first.start, first.end, second.start, second.end] == [
        When(dt.date(2025, 7, 1), "assumed", note="Im Text steht „Anfang Juli“, kein Tag."),
        When(dt.date(2025, 11, 15), "assumed", note="Im Text steht „Mitte November 2025“, kein Tag."),
        When(dt.date(2025, 12, 15), "assumed", note="Im Text steht „Mitte Dezember 2025“, kein Tag."),
        When(dt.date(2026, 5, 10), "assumed", note="Im Text steht „Anfang Mai 2026“, kein Tag."),
    ]
    assert first.questions[1] == (
        "Im Text steht „Mitte November 2025“. Welcher Tag ist gemeint? Angenommen ist der 15. November 2025."
    )


def test_the_end_of_a_month_is_its_last_day_and_still_asked_for() -> None:
    first, _ = _phases(
        "Schritt 1: A (1. März bis Ende Juni 2025)\nText.\n\nSchritt 2: B (1. Juli bis 2. August 2025)\nText.\n"
    )
    assert (first.end.date, first.end.status) == (dt.date(2025, 6, 30), "assumed")
    assert "„Ende Juni 2025“" in first.questions[-1]


def test_a_time_in_brackets_that_is_no_day_is_asked_for_verbatim_and_no_part_of_the_name() -> None:
    first, second, third = _phases(
        "Schritt 1: Bestand (bis Weihnachten 2026)\nZählen.\n\n"
        "Schritt 2: Gespräche (Hausbesuche) (11. Januar bis 26. März 2027)\nReden.\n\n"
        "Schritt 3: Auswertung (nach Ostern bis 19. Mai 2027)\nAuswerten.\n"
    )
    assert [phase.name for phase in (first, second, third)] == [
        "Bestand",
        "Gespräche (Hausbesuche)",
        "Auswertung",
    ]
    assert first.questions[-1] == "Wann endet Phase 1? Der Text sagt: „bis Weihnachten 2026“; welcher Tag ist gemeint?"
    assert first.end.note.startswith("Der Text sagt „bis Weihnachten 2026“")
    assert first.quote == "Schritt 1: Bestand (bis Weihnachten 2026)"
    assert first.start.note == "Der Text nennt keinen Beginn."
    assert third.questions == (
        "Wann beginnt Phase 3? Der Text sagt: „nach Ostern bis 19. Mai 2027“; welcher Tag ist gemeint?",
    )
    assert third.end == When(dt.date(2027, 5, 19))


def _phases(steps: str) -> tuple[Phase, ...]:
    draft, _ = draft_of(_HEAD + steps, "de")
    assert draft is not None
    return draft.phases


def test_a_kind_that_the_name_does_not_tell_is_only_assumed() -> None:
    phases = _phases(
        "Schritt 1: Bestand (1. März bis 2. Juni 2025)\nZählen.\n\nSchritt 2: Auswertung (3. Juni bis 2. August 2025)\nText.\n"
    )
    assert [(phase.kind, phase.kind_assumed) for phase in phases] == [("call", True), ("synthesis", False)]


def test_a_report_goes_to_the_bodies_its_sentence_names() -> None:
    draft, _ = draft_of(
        "Beschluss der Mitgliederversammlung vom 12. Februar 2025\n\nDer Vorstand bereitet vor. Die Koordination berichtet dem "
        "Vorstand alle vier Wochen.\n\nPhase 1: Auswertung (3. Juni bis 2. August 2025)\nDer Vorstand berät in seiner Sitzung am "
        "1. August 2025.\n",
        "de",
    )
    assert draft is not None
    assert draft.reports is not None
    bodies = {body.id: body.name for body in draft.bodies}
    assert (draft.reports.every, [bodies[reader] for reader in draft.reports.to]) == ("P4W", ["Vorstand"])
