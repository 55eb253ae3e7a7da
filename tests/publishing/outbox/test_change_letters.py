"""The letter about a moved date: what it says, in whose name it was moved, and to whom it goes (F08, F09)."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from staffelstab.publishing.outbox.change_letters import moving_letters
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.change import Change, RecordedChange
from tests.conftest import at
from tests.publishing.outbox.cases import example

SESSION = RecordedChange(
    Change("lv-2018-04-13", "amended", dt.date(2018, 4, 20)),
    at("2018-04-05 09:00"),
    "landesvorstand",
    former=dt.date(2018, 4, 13),
    group="g",
    told=("kreisverbaende",),
    reason="Der Saal ist\nvergeben.",
    seq=7,
)
DEADLINE = RecordedChange(
    Change("call-2.deadline", "amended", dt.date(2018, 5, 16)),
    SESSION.at,
    SESSION.by,
    former=dt.date(2018, 5, 9),
    group="g",
    seq=8,
)


def moving(*changes: RecordedChange, now: str = "2018-04-06 07:00") -> list[Letter]:
    return list(moving_letters(Case(plan=example(), now=at(now), recorded_changes=changes)))


def body(letter: Letter) -> str:
    return " ".join(letter.body.split())


def test_a_moved_session_and_what_moved_with_it_as_it_goes_out() -> None:
    [letter] = moving(SESSION, DEADLINE)

    assert (letter.key, letter.day, letter.attachments) == (
        "moved:lv-2018-04-13:7",
        dt.date(2018, 4, 5),
        ("calendar/timetable.ics",),
    )
    assert letter.subject == "Termin verlegt: Sitzung des Landesvorstands, jetzt 20. April 2018"
    assert (
        letter.body
        == """Guten Tag zusammen,

ein Termin aus dem Zeitplan „Vorschlag zur Entwicklung eines Konzepts
zur Mitgliederarbeit“ wird verlegt. Entschieden hat darüber:
Landesvorstand; festgehalten ist es seit dem 5. April 2018. Der
Beschluss, der den Zeitplan förmlich ändert, lag an diesem Tag als
Entwurf vor.

- Sitzung des Landesvorstands: bisher Freitag, 13. April 2018; jetzt
  Freitag, 20. April 2018
- Zweiter Call for Papers: Einsendeschluss: bisher Mittwoch, 9. Mai
  2018; jetzt Mittwoch, 16. Mai 2018

Begründung: Der Saal ist vergeben.

Bitte den bisherigen Tag streichen. Was an diesen Terminen hängt, ist
mitgerückt; alle Termine, wie sie jetzt gelten, liegen als Kalenderdatei
bei. Wer sie schon übernommen hat, kann sie noch einmal einlesen: Die
Einträge werden dann verschoben und nicht verdoppelt.

Anlagen: timetable.ics

Mit freundlichen Grüßen

Wahlkampfmanager
DIE LINKE. Sachsen
"""
    )


def test_whoever_decided_in_place_of_the_body_is_named_with_whoever_authorised_them() -> None:
    [letter] = moving(replace(SESSION, by="landtagsfraktion", authorised=True))

    assert "Entschieden hat darüber: Landtagsfraktion (ermächtigt durch: Landesvorstand);" in body(letter)


def test_it_goes_to_those_concerned_first_and_then_to_the_distribution_list() -> None:
    [letter] = moving(SESSION)

    names = [actor.name for actor in letter.to]
    assert names[:2] == ["Stadt- und Kreisverbände", "Landesvorstandsmitglieder"]
    assert set(names[1:]) <= {item.name for item in example().recipients}


def test_where_nobody_concerned_is_in_the_plan_any_more_it_goes_to_the_body_that_resolved_it() -> None:
    [letter] = moving(replace(SESSION, told=("an-office-that-was-given-up",)))

    assert [actor.name for actor in letter.to] == ["Landesvorstand"]


def test_a_day_that_was_moved_once_more_is_told_by_the_second_letter_alone() -> None:
    again = replace(SESSION, change=replace(SESSION.change, date=dt.date(2018, 4, 27)), group="h", seq=9)

    [letter] = moving(SESSION, again)

    assert letter.key == "moved:lv-2018-04-13:9"
    assert "jetzt Freitag, 27. April 2018" in body(letter)


def test_of_a_move_overtaken_in_part_the_rest_is_told_and_leads_the_subject() -> None:
    again = replace(SESSION, change=replace(SESSION.change, date=dt.date(2018, 4, 27)), group="h", seq=9)

    [rest, second] = moving(SESSION, DEADLINE, again)

    assert (rest.key, second.key) == ("moved:lv-2018-04-13:7", "moved:lv-2018-04-13:9")
    assert rest.subject == "Termin verlegt: Zweiter Call for Papers: Einsendeschluss, jetzt 16. Mai 2018"
    assert "Freitag, 20. April" not in body(rest)


def test_what_was_moved_together_is_told_in_the_order_in_which_it_was_entered() -> None:
    [letter] = moving(replace(SESSION, seq=8), replace(DEADLINE, seq=7, told=()), now="2018-04-06 07:00")

    assert body(letter).index("Einsendeschluss: bisher") < body(letter).index("Landesvorstands: bisher")


def test_a_confirmed_day_and_a_change_that_concerns_nobody_are_no_reason_to_write() -> None:
    confirmed = replace(SESSION, change=replace(SESSION.change, kind="confirmed"))
    assert moving(confirmed) == moving(replace(SESSION, told=())) == []


def test_only_a_day_that_is_over_is_called_so() -> None:
    on_the_day, after, both_over = (
        moving(SESSION, DEADLINE, now=now)[0] for now in ("2018-04-20 23:59:59", "2018-04-21 00:00", "2018-05-17 00:00")
    )
    assert "schon vorbei" not in on_the_day.body
    assert body(after).count("(schon vorbei)") == 1
    assert "wird verlegt" in body(after)
    assert body(both_over).count("(schon vorbei)") == 2
    assert both_over.subject == "Termin wurde verlegt: Sitzung des Landesvorstands auf 20. April 2018"
