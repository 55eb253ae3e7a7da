"""What cannot be moved says why, and what can be done instead."""

from __future__ import annotations

import datetime as dt

import pytest

from staffelstab.errors import RecordError
from staffelstab.ledger.values import Entry
from staffelstab.timetable.amend.basis import Basis
from staffelstab.timetable.amend.past import Past, already, refuse_the_past
from staffelstab.timetable.amend.preview import preview
from staffelstab.timetable.amend.requests import Wish, requested, undecided
from tests.conftest import at
from tests.timetable.amend.previews import PARTY, Day, rippled

TRIED = "Geändert wurde nichts."
NEAREST = (
    "phase-2.start (Beginn von Phase 2 „Auswertung“, 12. März 2018); lv-2018-03-09 (Sitzung des Landesvorstands, 9. März "
    "2018); phase-1.end (Ende von Phase 1 „Analyse“, 9. März 2018); lv-2018-04-13 (Sitzung des Landesvorstands, 13. April "
    "2018); phase-2.end (Ende von Phase 2 „Auswertung“, 13. April 2018); phase-3.start (Beginn von Phase 3 "
    "„Ideenentwicklung“, 16. April 2018)"
)


def refusal(item: str, day: str, *others: str) -> str:
    basis = Basis(PARTY)
    with pytest.raises(RecordError) as raised:
        preview(basis, requested(basis, Wish(item, Day.fromisoformat(day), others)))
    return raised.value.text("de")


@pytest.mark.parametrize(
    ("item", "day", "said"),
    [
        ("lv-2018-03-09", "2018-03-09", "Sitzung des Landesvorstands: Das ist schon der 9. März 2018."),
        (
            "resolution",
            "2018-01-01",
            "Der Beschluss ist am 15. Dezember 2017 gefasst worden; das lässt sich nicht verlegen.",
        ),
        (
            "wahlauswertung",
            "2019-10-01",
            "Ist er inzwischen bekannt: staffelstab confirm wahlauswertung --date 2019-10-01",
        ),
        (
            "phase-6",
            "2019-10-01",
            "Ende von Phase 6 „Publikation & Implementierung“: Der Beschluss lässt das Ende offen",
        ),
        (
            "lv-2018-03-09.papers_due",
            "2018-03-01",
            "(7 Tage vor „Sitzung des Landesvorstands“) und folgt ihm von selbst",
        ),
        ("call-2.audience", "2018-03-01", "Das ist kein Termin und lässt sich nicht verlegen."),
        (
            "lv-2018-04-13",
            "2018-03-01",
            "Die Sitzung „lv-2018-04-13“ am 1. März 2018 läge vor dem Beginn ihrer Phase (12. März",
        ),
        ("phase-4.end", "2018-05-01", "Phase 4 würde vor ihrem Beginn enden (Beginn 21. Mai 2018, Ende 1. Mai 2018)."),
        (
            "call-1",
            "2017-12-01",
            "Der Aufruf „call-1“ würde am 1. Dezember 2017 schließen, bevor er am 15. Dezember 2017 beg",
        ),
    ],
)
def test_in_a_sentence_about_the_change(item: str, day: str, said: str) -> None:
    text = refusal(item, day)
    assert said in text
    assert "eändert wurde nichts" in text
    assert "Zeile" not in said


def test_an_unknown_name_gets_the_nearest_and_what_is_open() -> None:
    assert refusal("lv-2018-3-9", "2018-03-16") == (
        "„lv-2018-3-9“ gibt es im Zeitplan nicht; geändert wurde nichts. Gemeint ist vielleicht: lv-2018-03-09, "
        "lv-2018-06-29, lv-2018-01-19. Verlegen lassen sich, dem gewünschten Tag am nächsten: " + NEAREST + ". "
        "Alle Kennungen stehen in der Plan-Datei (Sitzungen, Ereignisse, Aufrufe, Ämter, phase-1.end …)."
    )


def test_who_acts_is_no_date_and_what_can_be_moved_is_named_nearest_first() -> None:
    """Neither is it said not to exist, nor is it offered for confirmation when nothing about it is open."""
    assert refusal("landesvorstand", "2018-03-16") == (
        "Wer mit „Landesvorstand“ gemeint ist: Das ist kein Termin und lässt sich nicht verlegen. Geändert wurde nichts. "
        f"Verlegen lassen sich, dem gewünschten Tag am nächsten: {NEAREST}."
    )
    assert refusal("lv-vorsitz", "2018-03-16") == (
        "„lv-vorsitz“ (Landesvorsitz) ist ein Amt, Gremium oder Verband und kein Termin. Geändert wurde nichts. Verlegen "
        f"lassen sich, dem gewünschten Tag am nächsten: {NEAREST}. Wer entschieden hat, gehört hinter --by."
    )


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("phase-1.end=morgen", "„phase-1.end=morgen“ ist bei --with nicht zu verstehen."),
        ("wahlauswertung", "Bitte den Tag dazuschreiben: --with wahlauswertung=JJJJ-MM-TT."),
        ("lv-2018-03-09", "„lv-2018-03-09“ soll zweimal verlegt werden."),
        ("phase-9.end", "„phase-9.end“ gibt es im Zeitplan nicht"),
    ],
)
def test_what_cannot_move_along(other: str, said: str) -> None:
    assert said in refusal("lv-2018-03-09", "2018-03-16", other)


def test_a_proposed_day_is_shown_but_confirmed_rather_than_moved() -> None:
    basis = Basis(PARTY)
    reason = undecided(basis, requested(basis, Wish("lv-2018-08-17", Day(2018, 8, 18))))
    assert reason is not None
    assert "staffelstab confirm lv-2018-08-17 --date 2018-08-18 --by …" in reason.text("de")
    assert undecided(basis, requested(basis, Wish("lv-2018-03-09", Day(2018, 3, 16)))) is None


def entry(kind: str, subject: str = "", key: str = "", day: str = "2018-03-02", **facts: object) -> Entry:
    return Entry(1, at(day), kind, "koordination", subject, "", key, facts, None, None, "", "")


@pytest.mark.parametrize(
    ("item", "day", "now", "entries", "key"),
    [
        ("lv-2018-03-09", "2018-01-01", "2018-01-22", [], "past"),
        ("lv-2018-01-19", "2018-02-01", "2018-01-22", [], "held"),
        ("lv-2018-03-09", "2018-03-16", "2018-03-09 21:00", [entry("decided", "lv-2018-03-09")], "held"),
        ("phase-1.end", "2018-03-16", "2018-03-10", [entry("handed_over", number=1, hash="0")], "handed_over"),
        ("call-1.opens", "2018-01-02", "2017-12-15 12:00", [], "begun"),
        ("phase-1.start", "2018-02-02", "2018-01-03", [], "begun"),
    ],
)
def test_what_has_happened_is_not_moved(item: str, day: str, now: str, entries: list[Entry], key: str) -> None:
    basis = Basis(PARTY)
    moves = requested(basis, Wish(item, Day.fromisoformat(day)))
    with pytest.raises(RecordError) as raised:
        refuse_the_past(basis.plan, moves, Past(at(now), entries))
    assert raised.value.key == f"amend.error.{key}"


def test_on_the_day_of_the_session_it_can_still_be_moved() -> None:
    basis = Basis(PARTY)
    refuse_the_past(basis.plan, requested(basis, Wish("lv-2018-03-09", Day(2018, 3, 16))), Past(at("2018-03-09 08:00")))


def test_a_frozen_paper_and_written_letters_are_named() -> None:
    entries = [
        entry("letter", key="letter:distribution:resolution", day="2017-12-15", to=[]),
        entry("frozen", "lv-2018-03-09"),
        entry("letter", key="letter:papers:lv-2018-03-09", to=["landesvorstand"]),
        entry("letter", key="letter:papers:lv-2018-01-19", to=["landesvorstand"]),
    ]
    past = Past(at("2018-03-05 07:00"), entries)
    seen = rippled(PARTY, "lv-2018-03-09", "2018-03-16", past=past)
    assert already(seen.before, seen.rows, past) == seen.already
    assert seen.already == (
        "Die Vorlage für den 9. März 2018 (Sitzung des Landesvorstands) steht seit dem 2. März 2018, 00:00 Uhr fest; durch die "
        "Verlegung ändert sie sich nicht.",
        "Die Einladung mit der Vorlage (Sitzung des Landesvorstands) liegt seit dem 2. März 2018 als Entwurf im Postausgang; "
        "falls sie schon verschickt ist, haben die Angeschriebenen den bisherigen Tag.",
        "Sitzung des Landesvorstands: Vorlage steht fest: Der 2. März 2018 ist vorbei; was an ihm geschehen ist, bleibt.",
        "Der Brief mit dem Zeitplan an den Verteiler (12 Gruppen) liegt seit dem 15. Dezember 2017 als Entwurf im "
        "Postausgang; falls er schon verschickt ist, sind dort die bisherigen Termine bekannt.",
    )


def test_a_phase_that_would_begin_after_a_long_time_overflows_into_a_sentence() -> None:
    with pytest.raises(RecordError) as raised:
        requested(Basis(PARTY), Wish("lv-2018-03-09", dt.date.max, ("lv-2018-04-13",)))
    assert raised.value.key == "amend.error.no_distance"
