"""After a standstill the pass says of every missed appointment what became of it, and never more than it did (U16)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from staffelstab.language import LANGUAGES, Language
from staffelstab.ledger.values import Entry
from staffelstab.service import pass_work
from staffelstab.service.decide import record_decision
from staffelstab.service.move_dates import move
from staffelstab.timetable.agenda.appointments import Appointment, MissedAppointment, Occasion, agenda
from staffelstab.timetable.agenda.catching_up import ANSWERS, KINDS, caught_up, lines
from staffelstab.timetable.amend.authority import Authority
from staffelstab.timetable.amend.requests import Wish
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.when import When
from tests.conftest import at
from tests.publishing.outbox.cases import example
from tests.service.small_folder import folder, run_at
from tests.year import DirectExecutor

NOW = "2018-03-20 07:00"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path / "work")


def told(root: Path, moment: str) -> list[str]:
    """What a pass at that moment says it has caught up with."""
    run = run_at(root, moment)
    missed = pass_work.missed(run)
    DirectExecutor().daily_pass(str(root), run.now)
    with run.workspace.open(read_only=True) as ledger:
        entries = ledger.entries(*KINDS, until=run.now)
    return list(lines(run.plan, caught_up(run.plan, run.now, entries, missed)))


def test_after_a_standstill_each_appointment_is_told_with_what_became_of_it(root: Path) -> None:
    """No reminder is claimed to have been made up for, and no session."""
    assert told(root, "2017-12-15 07:00") == []
    assert told(root, "2018-01-10 07:00") == [
        "2. Januar 2018, Beginn der Phase „Analyse“ – die Phase ist jetzt ausgewertet",
        "7. Januar 2018, Erinnerung: Call for Papers – der Brief liegt jetzt im Postausgang",
    ]
    assert told(root, "2018-01-20 07:00") == [
        "12. Januar 2018, Erinnerung: Call for Papers – nicht mehr möglich, der Einsendeschluss war am 14. Januar 2018; "
        "geschrieben wurde nichts",
        "14. Januar 2018, Ende der Phase „Take-Off“ – noch nicht übergeben; woran es liegt, sagt der Überblick der Phase",
        "14. Januar 2018, Einsendeschluss: Call for Papers – die Phase ist jetzt ausgewertet",
        "17. Januar 2018, Vorlage steht fest: Sitzung des Landesvorstands – die Vorlage steht erst jetzt fest, nach dem "
        "Sitzungstag",
        "19. Januar 2018, Sitzung des Landesvorstands – das Ergebnis ist noch einzutragen: staffelstab record decision "
        "lv-2018-01-19 …",
    ]


def test_the_first_pass_tells_also_what_was_missed_before_it(root: Path) -> None:
    """A folder made after the call had opened: the call is written now, and that is said."""
    assert told(root, "2017-12-18 07:00") == [
        "15. Dezember 2017, Beschluss des Zeitplans – der Brief liegt jetzt im Postausgang",
        "15. Dezember 2017, Beginn der Phase „Take-Off“ – die Phase ist jetzt ausgewertet",
        "15. Dezember 2017, Call for Papers beginnt – der Brief liegt jetzt im Postausgang",
    ]


def test_what_was_moved_counts_where_it_stood_on_its_day(root: Path) -> None:
    """The paper was due on 2 March; on the 5th, before anything ran again, the session was moved by a week."""
    told(root, "2018-03-01 07:00")
    day = dt.date(2018, 3, 16)
    move(run_at(root, "2018-03-05 10:00"), Wish("lv-2018-03-09", day), Authority("Landesvorstand"), "Verlegt.")

    assert [line for line in told(root, "2018-03-20 07:00") if "Landesvorstand" in line] == [
        "2. März 2018, Vorlage steht fest: Sitzung des Landesvorstands – inzwischen verlegt auf den 9. März 2018; zu tun "
        "war nichts",
        "9. März 2018, Vorlage steht fest: Sitzung des Landesvorstands – die Vorlage steht erst jetzt fest, nach dem "
        "Sitzungstag",
        "16. März 2018, Sitzung des Landesvorstands – das Ergebnis ist noch einzutragen: staffelstab record decision "
        "lv-2018-03-09 …",
    ]


def test_what_was_done_in_time_by_others_is_not_claimed(root: Path) -> None:
    """The decision was recorded on the evening, without a pass."""
    told(root, "2018-01-18 07:00")
    record_decision(run_at(root, "2018-01-19 21:30"), "lv-2018-01-19", "noted")

    assert told(root, "2018-01-20 07:00") == [
        "19. Januar 2018, Sitzung des Landesvorstands – das Ergebnis ist eingetragen"
    ]


def entry(kind: str, moment: str, *, subject: str = "", phase: str = "", key: str | None = None) -> Entry:
    return Entry(1, at(moment), kind, "koordination", subject, phase, key, {}, None, None, "", "")


def answer(
    occasion: str, day: str, now: str, entries: Sequence[Entry] = (), plan: Plan | None = None
) -> tuple[str, str]:
    """What becomes of the plan's appointment of that day: its state, and the words."""
    plan = plan or example()
    [item] = [found for found in agenda(plan) if (found.occasion, found.day.isoformat()) == (occasion, day)]
    [found] = caught_up(plan, at(now), entries, [MissedAppointment(item)])
    return found.state, found.text


BEFORE = "2018-01-02 07:00"


@pytest.mark.parametrize(
    ("occasion", "day", "now", "entries", "state", "said"),
    [
        ("resolution", "2017-12-15", BEFORE, [], "not_needed", "nennt niemanden"),
        (
            "resolution",
            "2017-12-15",
            BEFORE,
            [entry("letter", "2017-12-16", key="letter:distribution:resolution")],
            "not_needed",
            "lag schon",
        ),
        ("call_opens", "2017-12-15", "2018-01-14 23:59", [], "open", "noch nicht geschehen"),
        ("call_opens", "2017-12-15", "2018-01-15 00:00", [], "too_late", "Einsendeschluss war am 14. Januar 2018"),
        ("reminder", "2018-01-07", "2018-01-08 07:00", [], "not_needed", "von allen Angesprochenen"),
        ("reminder", "2018-01-07", "2018-01-07 07:00", [], "not_needed", "geht erst am 8. Januar 2018 hinaus"),
        ("reminder", "2018-01-07", "2018-01-13 07:00", [], "too_late", "überholt: Es gilt der 12. Januar 2018"),
        (
            "reminder",
            "2018-01-07",
            "2018-01-13 07:00",
            [entry("letter", "2018-01-08", key="letter:reminder:call-1:2018-01-07")],
            "not_needed",
            "lag schon",
        ),
        ("phase_start", "2018-01-02", NOW, [], "open", "noch nicht geschehen"),
        ("phase_start", "2018-01-02", NOW, [entry("surveyed", BEFORE, phase="phase-1")], "not_needed", "danach schon"),
        (
            "call_deadline",
            "2018-01-14",
            NOW,
            [entry("surveyed", "2018-01-14 23:00", phase="phase-0")],
            "open",
            "noch nicht geschehen",
        ),
        (
            "call_deadline",
            "2018-01-14",
            NOW,
            [entry("surveyed", "2018-01-15", phase="phase-0")],
            "not_needed",
            "danach schon",
        ),
        (
            "call_deadline",
            "2018-01-14",
            NOW,
            [entry("handed_over", "2018-01-15", key="handed_over:0")],
            "not_needed",
            "schon übergeben",
        ),
        ("phase_end", "2018-01-14", NOW, [entry("handed_over", NOW, key="handed_over:0")], "done", "jetzt übergeben"),
        (
            "phase_end",
            "2018-01-14",
            NOW,
            [entry("handed_over", "2018-01-15", key="handed_over:0")],
            "not_needed",
            "war schon übergeben",
        ),
        ("papers_due", "2018-01-17", "2018-01-18 07:00", [], "open", "steht noch nicht fest"),
        (
            "papers_due",
            "2018-01-17",
            "2018-01-19 07:00",
            [entry("frozen", "2018-01-19 07:00", key="frozen:lv-2018-01-19")],
            "done",
            "steht jetzt fest",
        ),
        (
            "papers_due",
            "2018-01-17",
            NOW,
            [entry("frozen", BEFORE, key="frozen:lv-2018-01-19")],
            "not_needed",
            "stand schon fest",
        ),
        ("event", "2018-08-25", "2018-09-01", [], "not_needed", "zu tun war hier nichts"),
        ("handover", "2018-08-31", "2018-09-02", [], "not_needed", "seitdem handelt: Mitarbeiter*in für"),
        ("resubmission", "2019-06-14", "2019-10-01", [], "too_late", "überholt: Es gilt der 20. September 2019"),
        (
            "resubmission",
            "2019-09-20",
            "2019-10-01",
            [entry("letter", "2019-10-01", key="letter:resubmission:2019-09-20")],
            "done",
            "jetzt im Postausgang",
        ),
    ],
)
def test_what_becomes_of_each_kind_of_appointment(
    occasion: str, day: str, now: str, entries: Sequence[Entry], state: str, said: str
) -> None:
    found, text = answer(occasion, day, now, entries)
    assert (found, said in text) == (state, True), text


def test_a_hand_over_to_a_vacant_office_is_not_claimed() -> None:
    """The successor comes a month later: until then somebody else acts."""
    plan = example()
    offices = tuple(
        msgspec.structs.replace(office, filled=When(dt.date(2018, 10, 1)))
        if office.id == "mitgliederbetreuung"
        else office
        for office in plan.offices
    )

    state, text = answer("handover", "2018-08-31", "2018-09-02", plan=msgspec.structs.replace(plan, offices=offices))

    assert (
        state,
        text.startswith("noch nicht geschehen, „Mitarbeiter*in für Mitgliederbetreuung“ ist nicht besetzt"),
    ) == (
        "open",
        True,
    )


def test_what_the_plan_no_longer_has_is_said_to_have_fallen_away() -> None:
    gone = Appointment(dt.date(2018, 3, 1), "event", "chorfest", "Chorfest", When(dt.date(2018, 3, 1)))

    [found] = caught_up(example(), at(NOW), [], [MissedAppointment(gone)])

    assert (found.state, found.text) == ("not_needed", "steht nicht mehr im Zeitplan; zu tun war nichts")


def test_a_day_that_nobody_confirmed_is_not_told_as_a_fact() -> None:
    [item] = [found for found in agenda(example()) if (found.occasion, found.item) == ("session", "lv-2018-08-17")]

    [line] = lines(example(), caught_up(example(), at("2018-08-20"), [], [MissedAppointment(item)]))

    assert line.startswith(
        "17. August 2018, Erste Sitzung des Landesvorstands nach der Sommerpause (Tag noch zu bestätigen) – "
    )


def test_every_kind_of_appointment_has_an_answer_in_every_language() -> None:
    assert set(ANSWERS) == set(get_args(Occasion))
    keys = [
        set(entries) for language in LANGUAGES if isinstance(entries := Language(language).entry("steps.missed"), dict)
    ]
    assert keys[0] == keys[1] != set()
