"""Moving 9 March, the convention, a call: every consequence before and after (U10, R40, R41, R45, R46)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from commands.previews import text
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.requests import Wish, requested, wall
from tests.timetable.amend.previews import CHOIR, PARTY, Day, rippled, said, section
from tests.timetable.plan.conftest import SMALL

NINTH_TO_SIXTEENTH = """\
  Was                                              bisher         neu            Abstand
  -----------------------------------------------  -------------  -------------  ----------------
  Sitzung des Landesvorstands                      Fr 09.03.2018  Fr 16.03.2018  +7 Tage, verlegt
  Sitzung des Landesvorstands: Vorlage steht fest  Fr 02.03.2018  Fr 09.03.2018  +7 Tage, folgt
  Bericht an: Landesvorstand                       Fr 06.04.2018  –              entfällt"""

ALONG_WITH_THE_PHASE = """\
  Was                                              bisher         neu            Abstand
  -----------------------------------------------  -------------  -------------  ----------------
  Sitzung des Landesvorstands                      Fr 09.03.2018  Fr 16.03.2018  +7 Tage, verlegt
  Ende von Phase 1 „Analyse“                       Fr 09.03.2018  Fr 16.03.2018  +7 Tage, verlegt
  Sitzung des Landesvorstands: Vorlage steht fest  Fr 02.03.2018  Fr 09.03.2018  +7 Tage, folgt
  Bericht an: Landesvorstand                       Fr 06.04.2018  –              entfällt"""

THE_RUNS = """\
  Vorlage feststellen · Sitzung am 16.      Fr 02.03.2018 06:30  Fr 09.03.2018 06:30  +7 Tage, folgt
    März 2018
  Unterlagen durchsehen · Sitzung am 16.    Do 08.03.2018 12:00  Do 15.03.2018 12:00  +7 Tage, folgt
    März 2018
  Ergebnis eintragen · Sitzung am 16. März  Fr 09.03.2018 22:00  Fr 16.03.2018 22:00  +7 Tage, folgt
    2018"""


def test_from_9_to_16_march_the_paper_and_the_runs_follow() -> None:
    seen = rippled(PARTY, "lv-2018-03-09", "2018-03-16")
    assert "\n".join(section(seen, "Was sich ändert")) == NINTH_TO_SIXTEENTH
    assert "\n".join(section(seen, "Läufe, die mitrücken")) == THE_RUNS


def test_a_report_that_falls_away_is_explained_and_names_the_body_in_english() -> None:
    """R51."""
    told = " ".join(text(rippled(PARTY, "lv-2018-03-09", "2018-03-16")).split())
    assert "entfällt Die Berichte folgen aus den Sitzungen: Fällig ist einer nur dort, wo sonst zu lange" in told
    assert "Die Berichte" not in text(rippled(PARTY, "call-1.deadline", "2018-01-21"))
    choir = rippled(CHOIR, "committee-january", "2026-03-06")
    assert {row.label for row in choir.rows if row.kind == "report"} == {"Report to: Committee"}


def test_the_phase_that_ended_with_the_session_does_not_follow_by_itself() -> None:
    seen = rippled(PARTY, "lv-2018-03-09", "2018-03-16")
    assert said(seen, "Was nicht von selbst folgt") == [
        "Ende von Phase 1 „Analyse“: bleibt beim 9. März 2018. Soll es mitrücken: --with phase-1.end (dann 16. März 2018). "
        "Vom 12. März 2018 bis zum 16. März 2018 laufen die Phasen 1 und 2 nebeneinander (5 Tage).",
        "Phase 2 „Auswertung“ beginnt am 12. März 2018; was sie aus Phase 1 übernimmt, steht erst nach der Sitzung am "
        "16. März 2018 fest (4 Tage später).",
    ]
    assert [(item.item, item.day) for item in seen.stays] == [("phase-1.end", Day(2018, 3, 16)), ("", None)]


def test_moved_along_the_phase_overlaps_the_next() -> None:
    """R40: allowed, and shown."""
    seen = rippled(PARTY, "lv-2018-03-09", "2018-03-16", "phase-1.end")
    assert "\n".join(section(seen, "Was sich ändert")) == ALONG_WITH_THE_PHASE
    assert said(seen, "Überschneidungen und Lücken") == [
        "Vom 12. März 2018 bis zum 16. März 2018 laufen die Phasen 1 und 2 nebeneinander (5 Tage)."
    ]
    assert seen.told == ("landesvorstand", "koordination", "kreisverbaende", "lwz")


def test_slack_to_every_wall_and_both_readings_of_the_time_that_is_left() -> None:
    """R28, R46: 25 August, and "maximal August / September 2018" both ways."""
    seen = rippled(PARTY, "lv-2018-03-09", "2018-03-16")
    assert said(seen, "Wie viel Zeit bleibt") == [
        "Bis „3. Tagung des 14. Landesparteitags“ (25. August 2018) – Sitzung des Landesvorstands: 162 Tage "
        "(110 Arbeitstage), bisher 169 Tage (115 Arbeitstage); Erste Sitzung des Landesvorstands nach der Sommerpause: "
        "8 Tage (5 Arbeitstage), wie bisher.",
        "Bis „Ende der verfügbaren Zeit (enge Lesart: August)“ (31. August 2018) – Sitzung des Landesvorstands: 168 Tage "
        "(114 Arbeitstage), bisher 175 Tage (119 Arbeitstage); Erste Sitzung des Landesvorstands nach der Sommerpause: "
        "14 Tage (9 Arbeitstage), wie bisher.",
        "Bis „Ende der verfügbaren Zeit (weite Lesart: September)“ (30. September 2018) – Sitzung des Landesvorstands: "
        "198 Tage (135 Arbeitstage), bisher 205 Tage (140 Arbeitstage); Erste Sitzung des Landesvorstands nach der "
        "Sommerpause: 44 Tage (30 Arbeitstage), wie bisher.",
    ]


def test_who_has_to_hear_of_it() -> None:
    seen = rippled(PARTY, "lv-2018-04-13", "2018-04-20")
    assert said(seen, "Wer davon erfahren muss") == [
        "Landesvorstand",
        "Stadt- und Kreisverbände",
        "Landesweite Zusammenschlüsse",
        "Landtagsfraktion",
        "Landesgruppe im Deutschen Bundestag",
        "Regionalmitarbeiter*innen",
        "8 weitere Gruppen auf dem Verteiler des Beschlusses",
    ]


def test_a_day_that_is_no_day_for_it() -> None:
    """R44: Good Friday, in the holidays; the check would say so too."""
    seen = rippled(PARTY, "lv-2018-03-09", "2018-03-30")
    assert said(seen, "Tage, an denen kaum jemand arbeitet") == [
        "Sitzung des Landesvorstands: Freitag, 30. März 2018 (Karfreitag und Osterferien)"
    ]
    codes = {finding.code for finding in seen.new}
    assert {"session_on_holiday", "date_in_break"} & codes


def test_a_call_takes_its_reminders_along_on_the_days_they_really_go_out() -> None:
    """R60: 7 days before the 21st is a Sunday; the reminder goes out on the Monday."""
    seen = rippled(PARTY, "call-1.deadline", "2018-01-21")
    days = [(row.kind, row.before, row.after) for row in seen.rows if row.kind != "run"]
    assert days == [
        ("moved", Day(2018, 1, 14), Day(2018, 1, 21)),
        ("reminder", Day(2018, 1, 8), Day(2018, 1, 15)),
        ("reminder", Day(2018, 1, 12), Day(2018, 1, 19)),
    ]
    assert [item.item for item in seen.stays] == ["phase-0.end"]


def test_moving_the_convention_is_refused_and_what_would_follow_is_shown() -> None:
    """R46, R45: a wall; the rule "one week before" gives another day, and phase 6 begins with it."""
    basis = Basis(PARTY)
    moves = requested(basis, Wish("lpt", Day(2018, 9, 1)))
    refusal = wall(basis, moves)
    assert refusal is not None
    line = basis.line("$.events[0].date")
    assert basis.text.splitlines()[line - 1] == "date = 2018-08-25"
    assert refusal.text("de") == (
        "„3. Tagung des 14. Landesparteitags“ (25. August 2018) ist ein festes Ereignis außerhalb des Zeitplans; von hier aus "
        "wird es nicht verlegt, und geändert wurde nichts. Haben die, die den Tag festsetzen, ihn verlegt, bitte plan.toml, "
        f'Zeile {line}, ändern: date = {{ date = 2018-09-01, note = "Ursprünglich 25. August 2018; verlegt durch …" }}. '
        "Alles, was daran hängt, folgt dann; unten steht, was das wäre."
    )
    seen = rippled(PARTY, "lpt", "2018-09-01")
    assert said(seen, "Was nicht von selbst folgt") == [
        "Beginn von Phase 6 „Publikation & Implementierung“: bleibt beim 25. August 2018. Soll es mitrücken: --with "
        "phase-6.start (dann 1. September 2018). Vom 18. August 2018 bis zum 31. August 2018 läuft keine Phase (zwischen "
        "Phase 5 und 6, 14 Tage). Bisher: 18. August 2018 bis 24. August 2018 (7 Tage).",
        "Erste Sitzung des Landesvorstands nach der Sommerpause: bleibt beim 17. August 2018. Die Regel dafür (7 Tage vor "
        "„3. Tagung des 14. Landesparteitags“) ergibt nun den 25. August 2018; das ist neu zu entscheiden: "
        "staffelstab confirm lv-2018-08-17 --date 2018-08-24 --by landesvorstand",
    ]


def test_moved_in_the_file_as_the_refusal_says_the_plan_holds(tmp_path: Path) -> None:
    text = (PARTY / "plan.toml").read_text(encoding="utf-8")
    edited = text.replace(
        "date = 2018-08-25\nwall", 'date = { date = 2018-09-01, note = "Ursprünglich 25. August 2018" }\nwall'
    )
    assert edited != text
    (tmp_path / "plan.toml").write_text(edited, encoding="utf-8")
    assert Basis(tmp_path).plan.events[0].date.date == Day(2018, 9, 1)


def test_the_choirs_plan_speaks_english_and_knows_its_own_holidays() -> None:
    """Five working days before 11 April reach over Easter, before 18 April they do not."""
    seen = rippled(CHOIR, "agm", "2026-05-02")
    assert section(seen, "What changes") == [
        "  What                                             so far          new             By",
        "  -----------------------------------------------  --------------  --------------  -----------------",
        "  Annual General Meeting                           Sat 25/04/2026  Sat 02/05/2026  +7 days, moved",
        "  Committee meeting before the Annual General      Thu 02/04/2026  Mon 13/04/2026  +11 days, follows",
        "    Meeting: paper becomes final",
        "  Committee meeting before the Annual General      Sat 11/04/2026  Sat 18/04/2026  +7 days, follows",
        "    Meeting",
    ]
    assert said(seen, "What does not follow by itself") == [
        "End of phase 3 “The text”: stays on 11 April 2026. To move it along: --with phase-3.end (then 18 April 2026)."
    ]
    assert said(seen, "Who has to hear of it")[0] == "Committee"


@pytest.mark.parametrize(
    ("other", "moved"), [("phase-1.end", Day(2018, 3, 16)), ("phase-1.end=2018-03-23", Day(2018, 3, 23))]
)
def test_with_moves_by_the_same_distance_or_to_a_day(other: str, moved: dt.date) -> None:
    assert requested(Basis(PARTY), Wish("lv-2018-03-09", Day(2018, 3, 16), (other,)))[1].date == moved


def test_another_organisations_plan_in_another_wording(tmp_path: Path) -> None:
    (tmp_path / "plan.toml").write_text(SMALL, encoding="utf-8")
    seen = rippled(tmp_path, "sitzung", "2018-04-13")
    assert [(row.item, row.after) for row in seen.rows if row.item] == [
        ("sitzung", Day(2018, 4, 13)),
        ("sitzung.papers_due", Day(2018, 4, 6)),
    ]
    assert seen.slack == ()
    assert seen.told == ("vorstand",)
