"""What runs when: six sessions, two calls and a resubmission become runs one sees coming."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from staffelstab.timetable.agenda.planned_runs import PlannedRun, planned_runs
from staffelstab.timetable.plan.load import load_plan, plan_from
from staffelstab.timetable.plan.model import Plan
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "mitgliederarbeit-2018"
TEXT = (EXAMPLE / "plan.toml").read_text(encoding="utf-8")
WALL = "%Y-%m-%d %H:%M"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(EXAMPLE)


def listed(runs: tuple[PlannedRun, ...]) -> list[str]:
    """Moment in the plan's zone, phase, name."""
    return [f"{run.at:{WALL}} {'-' if run.phase is None else run.phase} {run.name}" for run in runs]


def test_the_example_runs_before_every_session_above_all(plan: Plan) -> None:
    assert listed(tuple(run for run in planned_runs(plan) if not run.repeats)) == [
        "2018-01-15 00:01 0 Einsendeschluss war am 14. Januar 2018 · Call for Papers",
        "2018-01-17 06:30 0 Vorlage feststellen · Sitzung am 19. Januar 2018",
        "2018-01-18 12:00 0 Unterlagen durchsehen · Sitzung am 19. Januar 2018",
        "2018-01-19 22:00 - Ergebnis eintragen · Sitzung am 19. Januar 2018",
        "2018-03-02 06:30 1 Vorlage feststellen · Sitzung am 9. März 2018",
        "2018-03-08 12:00 1 Unterlagen durchsehen · Sitzung am 9. März 2018",
        "2018-03-09 22:00 - Ergebnis eintragen · Sitzung am 9. März 2018",
        "2018-04-06 06:30 2 Vorlage feststellen · Sitzung am 13. April 2018",
        "2018-04-12 12:00 2 Unterlagen durchsehen · Sitzung am 13. April 2018",
        "2018-04-13 22:00 - Ergebnis eintragen · Sitzung am 13. April 2018",
        "2018-05-10 00:01 3 Einsendeschluss war am 9. Mai 2018 · Zweiter Call for Papers (Datum errechnet)",
        "2018-05-11 06:30 3 Vorlage feststellen · Sitzung am 18. Mai 2018",
        "2018-05-17 12:00 3 Unterlagen durchsehen · Sitzung am 18. Mai 2018",
        "2018-05-18 22:00 - Ergebnis eintragen · Sitzung am 18. Mai 2018",
        "2018-06-22 06:30 4 Vorlage feststellen · Sitzung am 29. Juni 2018",
        "2018-06-28 12:00 4 Unterlagen durchsehen · Sitzung am 29. Juni 2018",
        "2018-06-29 22:00 - Ergebnis eintragen · Sitzung am 29. Juni 2018",
        "2018-08-10 06:30 5 Vorlage feststellen · Sitzung am 17. August 2018 (Datum errechnet)",
        "2018-08-16 12:00 5 Unterlagen durchsehen · Sitzung am 17. August 2018 (Datum errechnet)",
        "2018-08-17 22:00 - Ergebnis eintragen · Sitzung am 17. August 2018 (Datum errechnet)",
        "2019-06-14 07:00 - Wiedervorlage des Konzepts · 14. Juni 2019 (Datum offen, vorgemerkt)",
        "2019-09-20 07:00 - Wiedervorlage des Konzepts · 20. September 2019 (Datum offen, vorgemerkt)",
    ]


def test_calls_reminders_drafts_reports_and_the_office_have_runs_of_their_own(plan: Plan) -> None:
    assert listed(tuple(run for run in planned_runs(plan) if run.repeats)) == [
        "2017-12-15 06:45 - Aufruf beginnt · Call for Papers",
        "2018-01-08 06:45 - Erinnerung · Call for Papers · 8. Januar 2018",
        "2018-01-10 06:45 0 Entwurf der Vorlage · Sitzung am 19. Januar 2018",
        "2018-01-12 06:45 - Erinnerung · Call for Papers · 12. Januar 2018",
        "2018-01-12 06:45 - Bericht zum Stand · 12. Januar 2018",
        "2018-02-16 06:45 - Bericht zum Stand · 16. Februar 2018",
        "2018-02-23 06:45 1 Entwurf der Vorlage · Sitzung am 9. März 2018",
        "2018-03-29 06:45 2 Entwurf der Vorlage · Sitzung am 13. April 2018",
        "2018-04-06 06:45 - Bericht zum Stand · 6. April 2018",
        "2018-04-13 06:45 - Aufruf beginnt · Zweiter Call for Papers (Datum errechnet)",
        "2018-05-02 06:45 - Erinnerung · Zweiter Call for Papers · 2. Mai 2018 (Datum errechnet)",
        "2018-05-04 06:45 3 Entwurf der Vorlage · Sitzung am 18. Mai 2018",
        "2018-05-11 06:45 - Bericht zum Stand · 11. Mai 2018",
        "2018-06-15 06:45 4 Entwurf der Vorlage · Sitzung am 29. Juni 2018",
        "2018-06-15 06:45 - Bericht zum Stand · 15. Juni 2018",
        "2018-07-27 06:45 - Bericht zum Stand · 27. Juli 2018",
        "2018-08-03 06:45 5 Entwurf der Vorlage · Sitzung am 17. August 2018 (Datum errechnet)",
        "2018-09-01 06:45 - Übergabe der Koordination prüfen · Wahlkampfmanager (Datum errechnet)",
    ]


def test_a_phase_that_ends_by_time_has_a_run_on_the_morning_after() -> None:
    runs = planned_runs(load_plan(ROOT / "examples" / "choir-statute"))
    assert [f"{run.at:{WALL}} {run.phase}" for run in runs if run.slug.startswith("hand-off-")] == [
        "2025-12-01 06:45 1"
    ]


def test_a_moved_session_keeps_the_slugs_of_its_runs(plan: Plan) -> None:
    moved = plan_from(TEXT.replace("date = 2018-03-09\n", "date = 2018-03-16\n"))
    before, after = (
        {run.slug: run.at for run in planned_runs(one) if not run.slug.startswith("report-")} for one in (plan, moved)
    )
    assert before.keys() == after.keys()
    assert {slug: f"{after[slug]:%d.%m.}" for slug in before if before[slug] != after[slug]} == {
        "draft-lv-2018-03-09": "02.03.",
        "freeze-lv-2018-03-09": "09.03.",
        "eve-lv-2018-03-09": "15.03.",
        "evening-lv-2018-03-09": "16.03.",
    }


def test_the_day_before_a_session_is_a_working_day() -> None:
    after_whitsun = plan_from(TEXT.replace("date = 2018-03-09\n", "date = 2018-05-22\n", 1))
    eve = next(run for run in planned_runs(after_whitsun) if run.slug == "eve-lv-2018-03-09")
    assert f"{eve.at:%A %d.%m.}" == "Friday 18.05."


@pytest.mark.parametrize("folder", sorted((ROOT / "examples").iterdir()), ids=lambda folder: folder.name)
def test_every_run_of_every_example_has_a_name_and_a_slug_of_its_own(folder: Path) -> None:
    runs = planned_runs(load_plan(folder))
    assert runs
    for one, other in itertools.combinations(runs, 2):
        assert one.slug != other.slug
        assert one.name != other.name
