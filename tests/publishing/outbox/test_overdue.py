"""Letters after a standstill: a day that is over is spoken of as over, or the letter is not written (U16)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import msgspec
import pytest

from staffelstab.publishing.outbox.due_letters import due_letters
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.submissions.case.contents import Case, Frozen
from staffelstab.timetable.plan.change import Change, RecordedChange
from tests.conftest import at
from tests.publishing.outbox.cases import EXAMPLES, example, whole_case

FUTURE = (
    "für die nächste Beratung",
    "bis zur Sitzung nicht mehr",
    "Beraten werden sie",
    "nicht später als",
    "wird verlegt",
    "noch am selben Tag fällig",
    "heute ist ein Tag",
    "hiermit geht",
    "the next discussion",
    "before the meeting",
    "will be discussed",
    "no later than",
    "is being moved",
    "due on the same day",
    "today is a day",
)
"""What may be said only while the day is still to come."""


def stopped(now: str, language: str = "de") -> Case:
    """All that had happened by 6 April 2018, looked at later: nothing ran in between."""
    case = whole_case("2018-04-06 07:00")
    return replace(case, now=at(now), plan=msgspec.structs.replace(case.plan, language=language))


def letters(case: Case) -> dict[str, Letter]:
    return {letter.key: letter for letter in due_letters(case)}


def body(letter: Letter) -> str:
    return " ".join(letter.body.split())


def shift(item: str, date: str, **more: object) -> RecordedChange:
    change = Change(item, "amended", dt.date.fromisoformat(date))
    made = RecordedChange(change, at("2018-04-05 09:00"), "landesvorstand", group="g")
    return msgspec.structs.replace(made, **more)


@pytest.mark.parametrize("language", ["de", "en"])
def test_after_a_standstill_no_letter_speaks_of_a_past_day_as_to_come(language: str) -> None:
    moved = shift("lv-2018-04-13", "2018-04-13", former=dt.date(2018, 4, 6), told=("landesvorstand",), seq=1)
    case = replace(stopped("2018-08-24 07:00", language), recorded_changes=(moved,))

    found = letters(case)

    assert {key.partition(":")[0] for key in found} >= {"distribution", "publicity", "papers", "results", "moved"}
    said = {key: [phrase for phrase in FUTURE if phrase in body(letter)] for key, letter in found.items()}
    assert {key: phrases for key, phrases in said.items() if phrases} == {}


@pytest.mark.parametrize("language", ["de", "en"])
def test_on_their_days_they_speak_of_what_is_to_come(language: str) -> None:
    """The phrases above are really those of the letters."""
    moved = shift("lv-2018-04-13", "2018-04-13", former=dt.date(2018, 4, 6), told=("landesvorstand",), seq=1)
    cases = [
        whole_case("2017-12-15 20:00"),
        replace(stopped("2018-04-13 07:00"), recorded_changes=(moved,)),
        Case(plan=example(), now=at("2019-06-14")),
    ]
    plan = msgspec.structs.replace(example(), language=language)
    said = " ".join(body(letter) for case in cases for letter in due_letters(replace(case, plan=plan)))

    of_language = FUTURE[:8] if language == "de" else FUTURE[8:]
    assert [phrase for phrase in of_language if phrase not in said] == []


def test_on_the_day_of_the_session_itself_the_paper_is_still_for_it() -> None:
    """The edge: the day counts to its end."""
    key = "papers:lv-2018-04-13"
    assert "für die nächste Beratung" in body(letters(stopped("2018-04-13 23:59:59"))[key])
    assert "für die nächste Beratung" not in body(letters(stopped("2018-04-14 00:00:00"))[key])


def test_a_paper_handed_in_late_says_whether_the_session_can_have_had_it() -> None:
    key = "papers:lv-2018-04-13"
    case = stopped("2018-04-20 07:00")
    frozen = [replace(item, at=case.now) if item.session == "lv-2018-04-13" else item for item in case.frozen]
    late = letters(replace(case, frozen=tuple(frozen)))[key]

    assert late.subject == "Nachgereicht: Vorlage zur Sitzung am 13. April 2018 (Sitzung des Landesvorstands)"
    assert "erst am 20. April 2018, 07:00 Uhr, festgestellt worden, also nach dem Sitzungstag" in body(late)
    assert "Die Vorlage stand seit dem 6. April 2018, 07:00 Uhr fest" in body(letters(case)[key])


def test_a_paper_that_was_fixed_on_the_day_of_the_session_was_there_in_time() -> None:
    key = "papers:lv-2018-04-13"
    case = stopped("2018-04-20 07:00")

    def frozen_at(moment: str) -> str:
        frozen = [replace(item, at=at(moment)) if item.session == "lv-2018-04-13" else item for item in case.frozen]
        return body(letters(replace(case, frozen=tuple(frozen)))[key])

    assert "Die Vorlage stand seit dem 13. April 2018, 23:59 Uhr fest" in frozen_at("2018-04-13 23:59:59")
    assert "erst am 14. April 2018, 00:00 Uhr, festgestellt worden" in frozen_at("2018-04-14 00:00")


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_call_is_drafted_until_its_deadline_and_never_after(name: str) -> None:
    """After the deadline it would ask for papers by a day that is over; that it was not written says the pass."""
    plan = example(name)
    call = plan.calls[0]
    for moment, due in ((plan.starts(call.deadline.day), True), (plan.ends(call.deadline.day), False)):
        assert (f"call:{call.id}" in letters(Case(plan=plan, now=moment))) is due


def test_of_several_missed_days_of_a_resubmission_only_the_newest_is_told() -> None:
    def told(now: str) -> list[str]:
        case = Case(plan=example(), now=at(now))
        return [letter.key for letter in due_letters(case) if letter.occasion == "resubmission"]

    assert told("2019-06-13 23:59:59") == []
    assert told("2019-06-20") == ["resubmission:2019-06-14"]
    assert told("2019-10-20") == ["resubmission:2019-09-20"]


def test_a_move_of_which_some_days_are_over_marks_those() -> None:
    first = shift("lv-2018-04-13", "2018-04-13", former=dt.date(2018, 4, 6), told=("landesvorstand",), seq=1)
    second = shift("lv-2018-05-18", "2018-05-25", former=dt.date(2018, 5, 18), seq=2)
    case = replace(stopped("2018-04-20 07:00"), recorded_changes=(first, second))

    [letter] = [item for item in due_letters(case) if item.occasion == "moved"]

    text = body(letter)
    assert letter.subject.startswith("Termin verlegt: ")
    assert "wird verlegt" in text
    assert "jetzt Freitag, 13. April 2018 (schon vorbei) - " in text
    assert "jetzt Freitag, 25. Mai 2018 Bitte den bisherigen Tag" in text


def test_a_frozen_dossier_of_a_session_to_come_is_no_late_one() -> None:
    """A session moved back after its paper was frozen: the paper is for a day to come."""
    plan = example()
    session = plan.sessions[0]
    early = Frozen(session.id, plan.starts(session.date.day) - dt.timedelta(days=2), {"pdf": "1"}, {})
    case = Case(plan=plan, now=early.at, frozen=(early,))

    assert letters(case)[f"papers:{session.id}"].subject.startswith("Vorlage für den ")
