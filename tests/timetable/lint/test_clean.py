"""A plan in which there is nothing to find: nothing is found, and each way of spoiling it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffelstab.timetable.lint.rules import lint
from tests.timetable.lint.plans import CLEAN, found, found_after, keys, planned, said


@pytest.mark.parametrize("folder", CLEAN.values(), ids=CLEAN)
def test_nothing_is_found_about_a_clean_plan(folder: Path) -> None:
    assert found(folder) == ()


SPOILT = [
    ('source = "beschluss.txt"\n', "", ("source_unnamed", "$")),
    ("die Unterlagen liegen ihm am 19.", "die Akten liegen ihm am 19.", ("quote_not_there", "$.sessions[0].quote")),
    ("date = 2025-03-26", "date = 2025-03-25", ("other_day", "$.sessions[0].date")),
    ("date = 2025-03-26", "date = 2025-03-25", ("day_not_planned", "$")),
    ("papers_due = 2025-03-19", "papers_due = 2025-03-17", ("day_not_said", "$.sessions[0].papers_due")),
    ("papers_due = 2025-03-19", "papers_due = 2025-03-26", ("papers_on_the_day", "$.sessions[0].papers_due")),
    ("papers_due = 2025-03-19", 'papers_due = "session - P7D"', ("papers_derived", "$.sessions[0].papers_due")),
    ("FEB 25 / MÄR 25", "FEB 25", ("outside_overview", "$.phases[0].end")),
    ("FEB 25 / MÄR 25", "im Frühjahr", ("overview_unreadable", "$.phases[0].overview")),
    ("date = 2025-06-21", '{ status = "unknown" }', ("day_unknown_at_all", "$.events[0].date")),
    ("date = 2025-06-21", 'date = { date = 2025-06-21, status = "assumed" }', ("day_assumed", "$.events[0].date")),
    ("deadline = 2025-03-14", 'deadline = "phase-1.end"', ("deadline_derived", "$.calls[0].deadline")),
    ("deadline = 2025-03-14", "deadline = 2025-03-15", ("weekend", "$.calls[0].deadline")),
    ("from = 2025-06-28", "from = 2025-05-21", ("date_in_break", "$.sessions[1].date")),
    ("from = 2025-06-28", "from = 2025-05-21", ("break_in_phase", "$.phases[1]")),
    (
        "from = 2025-06-28\nuntil = 2025-08-08",
        "from = 2025-03-01\nuntil = 2025-03-09",
        ("break_at_work", "$.phases[0]"),
    ),
    ("end = 2025-03-28", "end = 2025-03-26", ("ends_with_session", "$.phases[0].end")),
    ("end = 2025-03-28", "end = 2025-03-26", ("gap", "$.phases[0].end")),
    ("end = 2025-03-28", "end = 2025-03-25", ("session_after_phase", "$.sessions[0].date")),
    ("end = 2025-03-28", "end = 2025-03-31", ("overlap", "$.phases[1].start")),
    ('finances = "40 Euro für Papier und Porto"', 'finances = "–"', ("empty_fields", "$.resolution.finances")),
    ("no = 0\n", "", ("votes_unknown", "$.resolution.vote")),
    ("opens = 2025-02-10", "opens = 2025-02-04", ("no_lead_time", "$.calls[0].opens")),
]


@pytest.mark.parametrize(("old", "new", "key"), SPOILT, ids=lambda value: value[0] if isinstance(value, tuple) else "")
def test_each_way_of_spoiling_it_is_found(old: str, new: str, key: tuple[str, str]) -> None:
    replacement = f"date = {new}" if old.startswith("date = 2025-06-21") and new.startswith("{") else new
    assert key in keys(found_after(CLEAN["de"], (old, replacement)))


def test_an_owner_in_the_gap_is_all_that_was_missing() -> None:
    shorter = ("end = 2025-03-28", "end = 2025-03-26")
    owner = ('gate = "presentation"', 'gate = "presentation"\nmeanwhile = "schriftfuehrung"')
    assert [
        ("gap", "$.phases[0].end") in keys(found_after(CLEAN["de"], *change))
        for change in ([shorter], [shorter, owner])
    ] == [
        True,
        False,
    ]


def test_a_reminder_for_which_no_working_day_is_left() -> None:
    weekend = ("opens = 2025-02-10\ndeadline = 2025-03-14", "opens = 2025-03-15\ndeadline = 2025-03-16")
    findings = found_after(CLEAN["de"], weekend, ("days_before = [7]", "days_before = [1]"))
    assert said(findings, "reminder_off") == [
        "Die Erinnerung an „Was muss die Gartenordnung regeln?“ einen Tag vor der Frist fällt auf einen freien Tag, "
        "Samstag, den 15. März 2025, und lässt sich nicht verschieben."
    ]


def test_a_year_that_is_not_in_the_sentence_must_be_marked_and_is_then_told(tmp_path: Path) -> None:
    plan = CLEAN["de"] / "plan.toml"
    text = plan.read_text(encoding="utf-8").replace("26. März 2025;", "26. März;")
    resolution = (CLEAN["de"] / "beschluss.txt").read_text(encoding="utf-8").replace("26. März 2025;", "26. März;")
    (tmp_path / "beschluss.txt").write_text(resolution, encoding="utf-8")
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    assert keys(found(tmp_path)) == {("year_not_marked", "$.sessions[0].date")}
    marked = found_after(tmp_path, ("date = 2025-03-26", 'date = { date = 2025-03-26, added = "year" }'))
    assert said(marked, "year_added") == ["Ein Satz nennt einen Tag ohne Jahr; ergänzt wurde: 26. März 2025."]


def test_without_the_text_of_the_resolution_nothing_can_be_compared() -> None:
    [finding] = lint(planned(CLEAN["de"]), None)
    assert (finding.code, finding.path, finding.severity) == ("source_missing", "$.source", "must")


def test_no_session_between_the_last_before_a_pause_and_the_first_after_it() -> None:
    third = """[[sessions]]
id = "vorstand-april"
name = "Sitzung des Vorstands im April"
body = "vorstand"
date = 2025-04-16
papers_due = 2025-04-09
phase = 3
item = "report"
[[phases]]
number = 3
name = "Drucken"
kind = "publication"
start = 2025-04-14
end = 2025-04-25
gate = "deadline"

[[phases]]
number = 1
"""
    last = ('name = "Sitzung des Vorstands im März"', 'name = "Letzte Sitzung vor der Osterpause"')
    first = ('name = "Sitzung des Vorstands im Mai"', 'name = "Erste Sitzung nach der Osterpause"')
    findings = found_after(CLEAN["de"], ("[[phases]]\nnumber = 1\n", third), last, first)
    assert said(findings, "session_in_pause") == [
        "„Sitzung des Vorstands im April“ am 16. April 2025 liegt in der Pause: Die Sitzung am 26. März 2025 heißt im "
        "Beschluss die letzte davor, die am 21. Mai 2025 die erste danach."
    ]


def test_a_meeting_of_several_days_is_known_by_its_first(tmp_path: Path) -> None:
    for name, old, new in (
        ("beschluss.txt", "am 21. Juni 2025.", "am 21. und 22. Juni 2025. Am 23. Juni 2025 wird aufgeräumt."),
        ("plan.toml", "am 21. Juni 2025.", "am 21. und 22. Juni 2025."),
    ):
        text = (CLEAN["de"] / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")
    assert said(found(tmp_path), "day_not_planned") == [
        "Der Beschluss nennt einen Tag, den der Plan nicht kennt: „23. Juni 2025“."
    ]


def test_a_day_of_which_the_text_has_but_the_number_is_shown_in_full(tmp_path: Path) -> None:
    for name in ("beschluss.txt", "plan.toml"):
        text = (CLEAN["de"] / name).read_text(encoding="utf-8")
        more = (
            "am 21. Juni 2025. Aufgeräumt wird vom 5. bis 25. Juli 2025."
            if name == "beschluss.txt"
            else "am 21. Juni 2025."
        )
        (tmp_path / name).write_text(text.replace("am 21. Juni 2025.", more), encoding="utf-8")
    assert said(found(tmp_path), "day_not_planned") == [
        "Der Beschluss nennt einen Tag, den der Plan nicht kennt: 5. Juli 2025.",
        "Der Beschluss nennt einen Tag, den der Plan nicht kennt: „25. Juli 2025“.",
    ]


def test_a_day_that_was_over_when_the_resolution_was_passed_need_not_be_planned(tmp_path: Path) -> None:
    resolution = (CLEAN["de"] / "beschluss.txt").read_text(encoding="utf-8")
    (tmp_path / "beschluss.txt").write_text(
        f"{resolution}\nDer Verein besteht seit dem 3. Mai 1921.\n", encoding="utf-8"
    )
    (tmp_path / "plan.toml").write_bytes((CLEAN["de"] / "plan.toml").read_bytes())
    assert found(tmp_path) == ()
