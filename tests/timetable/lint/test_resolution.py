"""What is found about the dates of the resolution of 15 December 2017, in the sentences its coordinator reads."""

from __future__ import annotations

import pytest

from staffelstab.timetable.lint import (
    doubts,
    empty_fields,
    non_working_days,
    overview_rows,
    phase_order,
    quotes,
    recess,
    school_holidays,
)
from staffelstab.timetable.lint import quoted_dates as said_rules
from staffelstab.timetable.lint.finding import Subject
from staffelstab.timetable.plan.model import Strength
from tests.timetable.lint.plans import CHOIR, PARTY, found, found_after, planned, said, source

MODULES = (
    quotes,
    said_rules,
    overview_rows,
    doubts,
    non_working_days,
    school_holidays,
    recess,
    phase_order,
    empty_fields,
)
FOUND: list[tuple[Strength, str, str]] = [
    ("should", "$.phases[0]", "break_at_work"),
    ("should", "$.phases[1]", "break_at_work"),
    ("information", "$.phases[1].end", "ends_with_session"),
    ("information", "$.phases[1].start", "overlap"),
    ("information", "$.phases[2]", "break_in_phase"),
    ("information", "$.phases[4].start", "holiday"),
    ("information", "$.phases[5]", "break_in_phase"),
    ("should", "$.phases[5].end", "gap"),
    ("information", "$.sessions[0].date", "session_after_phase"),
    ("information", "$.sessions[0].papers_due", "papers_derived"),
    ("information", "$.sessions[2].date", "year_added"),
    ("may", "$.sessions[2].papers_due", "date_in_break"),
    ("should", "$.sessions[5].date", "day_proposed"),
    ("may", "$.sessions[5].papers_due", "date_in_break"),
    ("should", "$.offices[0].until", "day_proposed"),
    ("should", "$.offices[1].filled", "day_assumed"),
    ("information", "$.events[1].date", "two_readings"),
    ("may", "$.events[3].date", "day_unknown"),
    ("information", "$.calls[0].deadline", "weekend"),
    ("information", "$.calls[0].opens", "no_lead_time"),
    ("must", "$.calls[1].deadline", "deadline_derived"),
    ("information", "$.calls[1].opens", "day_derived"),
    ("information", "$.resolution.grounds", "empty_fields"),
    ("information", "$.resolution.vote", "votes_unknown"),
]

SENTENCES = {
    "holiday": [  # R37
        "Der Beginn von Phase 4 „Try & Error“ fällt auf einen Feiertag: Montag, der 21. Mai 2018, ist Pfingstmontag "
        "(Sachsen)."
    ],
    "overlap": [  # R40
        "Phase 0 „Take-Off“ und Phase 1 „Analyse“ laufen 13 Tage nebeneinander: 2. bis 14. Januar 2018."
    ],
    "gap": [  # R41
        "Zwischen Phase 5 „Finalisierung“ und Phase 6 „Publikation & Implementierung“ läuft 7 Tage lang keine Phase "
        "(18. bis 24. August 2018), und niemand ist dafür zuständig."
    ],
    "ends_with_session": [  # R42
        "4 Phasen enden am Tag der Sitzung, die sie behandelt: Phase 1 (9. März 2018), Phase 2 (13. April 2018), Phase 3 "
        "(18. Mai 2018) und Phase 4 (29. Juni 2018)."
    ],
    "year_added": [  # R43
        "3 Sätze nennen einen Tag ohne Jahr; ergänzt wurde: 13. April, 18. Mai und 29. Juni 2018."
    ],
    "day_proposed": [  # R45, R54
        "Der Termin „Erste Sitzung des Landesvorstands nach der Sommerpause“ steht noch nicht fest: In Frage kommt der 17. "
        "oder der 18. August 2018 (7 Tage vor „3. Tagung des 14. Landesparteitags“); gerechnet wird mit dem "
        "17. August 2018.",
        "Das Ende der Amtszeit „Wahlkampfmanager“ steht noch nicht fest: In Frage kommt der 31. August oder der "
        "30. September 2018; gerechnet wird mit dem 31. August 2018.",
    ],
    "deadline_derived": [  # R82
        "Für „Zweiter Call for Papers“ nennt der Beschluss keinen Einsendeschluss; abgeleitet ist der 9. Mai 2018 (2 Tage "
        "vor „Sitzung des Landesvorstands am 18. Mai 2018: Vorlage steht fest“)."
    ],
    "two_readings": [  # R28
        "Der Satz lässt sich auf zwei Arten lesen: der 31. August oder der 30. September 2018. Die letzte befristete Phase "
        "endet am 17. August 2018, also 14 Tage vor dem 31. August 2018 und 44 Tage vor dem 30. September 2018."
    ],
    "weekend": ["Der Einsendeschluss von „Call for Papers“ fällt auf einen Sonntag: 14. Januar 2018."],  # R33
    "break_in_phase": [  # R35, R38
        "Von den 33 Tagen der Phase 2 „Auswertung“ liegen 9 in den Ferien (27 %): Osterferien (29. März bis "
        "6. April 2018).",
        "Von den 47 Tagen der Phase 5 „Finalisierung“ liegen 40 in den Ferien (85 %): Sommerferien (2. Juli bis "
        "10. August 2018).",
    ],
    "break_at_work": [  # R70
        "Von den 31 Tagen der Phase 0 „Take-Off“ liegen 11 in den Ferien (35 %): Weihnachtsferien (23. Dezember 2017 bis "
        "2. Januar 2018). Betroffen: „Call for Papers“.",
        "Von den 67 Tagen der Phase 1 „Analyse“ liegen 13 in den Ferien (19 %): Weihnachtsferien (2. Januar 2018) und "
        "Winterferien (12. bis 23. Februar 2018). Betroffen: „Gespräche in den Stadt- und Kreisverbänden“ und „Gespräche "
        "mit den Landesweiten Zusammenschlüssen“.",
    ],
    "empty_fields": [  # R04, R07, R08
        "Auf dem Beschlussblatt sind 3 Felder leer: Begründung, Finanzen und Abstimmung der Vorlage."
    ],
    "votes_unknown": [  # R14
        "Das Abstimmungsergebnis ist nicht vollständig überliefert; unbekannt sind die Ja-Stimmen und die Nein-Stimmen."
    ],
    "no_lead_time": [  # R17
        "„Call for Papers“ beginnt schon am Tag des Beschlusses, dem 15. Dezember 2017. Am selben Tag soll der Beschluss "
        "an 12 Gruppen gehen."
    ],
    "day_unknown": [  # R103
        "Der Termin „Auswertung der Wahlen des Jahres 2019“ ist noch unbekannt; in Frage kommt der 14. Juni oder der "
        "20. September 2019."
    ],
}


def test_everything_that_is_doubtful_about_its_dates() -> None:
    subject = Subject(planned(PARTY), source(PARTY))
    findings = [item for module in MODULES for rule in module.RULES for item in rule(subject)]
    assert sorted((item.severity, item.path, item.code) for item in findings) == sorted(FOUND)


@pytest.mark.parametrize("code", SENTENCES)
def test_each_finding_has_its_sentence(code: str) -> None:
    assert said(found(PARTY), code) == SENTENCES[code]


def test_the_open_session_says_how_it_is_settled() -> None:
    assert said(found(PARTY), "day_proposed", part="proposal")[0] == (
        "Zu bestätigen. Ist der Tag beschlossen, bitte eintragen:\n"
        "staffelstab confirm lv-2018-08-17 akte --date 2018-08-17 --by landesvorstand"
    )


def test_gaps_of_a_mere_weekend_are_only_mentioned() -> None:
    [why] = said(found(PARTY), "gap", part="why")
    assert why.endswith(
        "Unbedenklich sind Lücken, die nur aus einem Wochenende bestehen: 10. bis 11. März 2018, 14. bis 15. April 2018, "
        "19. bis 20. Mai 2018 und 30. Juni bis 1. Juli 2018."
    )


def test_the_office_that_takes_over_lends_its_sentence_to_the_hand_over() -> None:
    handover = next(item for item in found(PARTY) if item.path == "$.offices[0].until")
    assert "Letztere*r soll bis zum September 2018" in handover.quote


def test_the_narrow_reading_of_a_wall_is_missed_sooner_than_the_wide_one() -> None:
    late = found_after(PARTY, ("end = 2018-08-17", "end = 2018-09-05"), ("start = 2018-08-25", "start = 2018-09-06"))
    [finding] = [item for item in late if item.code == "two_readings"]
    assert finding.severity == "should"
    assert said(late, "two_readings")[0].endswith(
        "also 5 Tage nach dem 31. August 2018 und 25 Tage vor dem 30. September 2018."
    )


def test_findings_come_most_binding_first_and_then_in_the_order_of_the_plan() -> None:
    order = ["must", "should", "may", "information"]
    ranks = [order.index(item.severity) for item in found(PARTY)]
    assert ranks == sorted(ranks)
    binding = [item.path for item in found(PARTY) if item.severity == "should" and item.path.startswith("$.phases")]
    assert binding == sorted(binding)


def test_an_english_plan_is_answered_in_english() -> None:
    findings = found(CHOIR)
    assert said(findings, "weekend", "en") == [
        "The deadline of “What must the new statute contain?” falls on a Sunday: 30 November 2025."
    ]
    assert said(findings, "break_in_phase", "en") == [
        "Of the 61 days of phase 2 “Bringing it together” 14 lie in the holidays (23 %): Christmas (22 December 2025 to "
        "4 January 2026)."
    ]
    assert said(findings, "day_derived", "en") == [
        "The date of “Committee meeting before the Annual General Meeting” does not stand in the resolution as a date; "
        "11 April 2026 was derived (14 days before “Annual General Meeting”)."
    ]
