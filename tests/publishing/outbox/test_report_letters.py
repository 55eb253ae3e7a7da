"""The regular report: what is running, what is there, what is open and what comes next on the day it is written."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from staffelstab.publishing.outbox.due_letters import due_letters
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.publishing.outbox.report_letters import report_letters
from staffelstab.submissions.case.contents import Case, HandedOver
from staffelstab.submissions.records.typed_records import Idea, Interview, Trial
from staffelstab.timetable.plan.model import Plan
from tests.conftest import at
from tests.publishing.outbox.cases import ENTERED, MINUTES, PAPERS, example, whole_case
from tests.submissions.records.made import record


def the_report(case: Case) -> Letter:
    [letter] = [item for item in due_letters(case) if item.occasion == "report"]
    return letter


def listed(letter: Letter, heading: str) -> list[str]:
    """The lines below a heading of the letter, each in one."""
    block = letter.body.partition(f"\n{heading}\n")[2].partition("\n\n")[0]
    return block.removeprefix("- ").replace("\n  ", " ").split("\n- ") if block else []


def without_sessions() -> Plan:
    """The example's plan without any session, so that a report holds on every day."""
    return msgspec.structs.replace(example(), sessions=())


def test_the_report_in_spring_as_it_goes_to_the_board() -> None:
    case = replace(
        whole_case("2018-04-12 07:00"),
        ideas=(record(Idea, ENTERED, id="V01"), record(Idea, ENTERED, id="V02")),
        trials=(record(Trial, ENTERED, id="E01"),),
    )
    letter = the_report(case)
    assert [actor.name for actor in letter.to] == ["Landesvorstand"]
    assert letter.subject == (
        "Stand der Arbeit am 12. April 2018: Vorschlag zur Entwicklung eines Konzepts zur Mitgliederarbeit"
    )
    assert (
        letter.body
        == """Guten Tag zusammen,

dies ist der regelmäßige Bericht zum Stand der Arbeit („Vorschlag zur
Entwicklung eines Konzepts zur Mitgliederarbeit“). Stand: 12. April
2018, 07:00 Uhr

Zurzeit:
- Phase 2 „Auswertung“, 12. März 2018 bis 13. April 2018

Bisher liegt vor:
- 4 Beiträge
- davon einer nach dem Einsendeschluss
- 2 geführte Gespräche
- ein Befund
- 2 Vorhaben
- ein Versuch
- 2 Absätze des Konzepts
- ein Meilenstein

Als Nächstes:
- 13. April 2018: Voraussichtlich: Zweiter Call for Papers: Aufruf geht
  hinaus
- 13. April 2018: Sitzung des Landesvorstands (Präsentation und
  Diskussion)
- 16. April 2018: Phase 3 „Ideenentwicklung“ beginnt
- 9. Mai 2018: Voraussichtlich: Zweiter Call for Papers: Einsendeschluss
- 11. Mai 2018: Vorlage steht fest für den 18. Mai 2018 (Sitzung des
  Landesvorstands)

Fragen und Hinweise gern jederzeit an das unten genannte Amt.

Mit freundlichen Grüßen

Wahlkampfmanager
DIE LINKE. Sachsen
"""
    )


def test_on_the_last_day_of_a_call_it_is_still_open_and_what_is_due_today_is_not_to_come() -> None:
    letter = the_report(Case(plan=example(), now=at("2018-01-14 23:59:59"), papers=PAPERS[:1]))

    assert listed(letter, "Zurzeit:") == [
        "Phase 0 „Take-Off“, 15. Dezember 2017 bis 14. Januar 2018",
        "Phase 1 „Analyse“, 2. Januar 2018 bis 9. März 2018",
    ]
    assert listed(letter, "Bisher liegt vor:") == ["ein Beitrag"]
    assert listed(letter, "Noch offen:") == [
        "Call for Papers: Von 20 Angesprochenen ist bisher ein Beitrag da; Einsendeschluss ist der 14. Januar 2018."
    ]
    assert listed(letter, "Als Nächstes:")[0].startswith("17. Januar 2018: Vorlage steht fest")


def test_the_day_after_the_deadline_nothing_is_open_and_the_phase_is_over() -> None:
    letter = the_report(Case(plan=example(), now=at("2018-01-15 00:00"), papers=PAPERS[:1]))

    assert listed(letter, "Zurzeit:") == ["Phase 1 „Analyse“, 2. Januar 2018 bis 9. März 2018"]
    assert "Noch offen:" not in letter.body


def test_a_phase_runs_and_a_call_is_open_from_their_first_day() -> None:
    eve, first = (
        the_report(Case(plan=without_sessions(), now=at(moment))) for moment in ("2018-05-20 23:59", "2018-05-21 00:00")
    )
    assert "Im Augenblick läuft keine Phase." in eve.body
    assert listed(first, "Zurzeit:") == ["Phase 4 „Try & Error“, 21. Mai 2018 bis 29. Juni 2018"]

    opening = the_report(Case(plan=without_sessions(), now=at("2018-04-13 00:00")))
    assert listed(opening, "Noch offen:") == [
        "Zweiter Call for Papers: Von 42 Angesprochenen ist bisher noch nichts da; Einsendeschluss ist der 9. Mai 2018."
    ]


def test_a_talk_counts_once_whether_it_is_known_from_the_sheet_its_minutes_or_both() -> None:
    """Bautzen stands in both, Dresden in the sheet; two minutes name no unit, and one was replaced by a newer version.

    In Leipzig it was refused, and elsewhere it was only asked for.
    """
    nameless = tuple(replace(MINUTES[0], ref=ref, unit="", role="") for ref in ("G02", "G03"))
    replaced = replace(MINUTES[0], ref="G04", unit="leipzig", newer="G05")
    asked = record(Interview, ENTERED, unit="zwickau", role="vorsitz", status="asked")
    case = whole_case("2018-04-12 07:00")
    case = replace(case, minutes=(*MINUTES, *nameless, replaced), interviews=(*case.interviews, asked))

    assert "4 geführte Gespräche" in listed(the_report(case), "Bisher liegt vor:")


def test_no_report_is_written_once_the_last_phase_has_handed_over() -> None:
    case = whole_case("2018-09-14 07:00")
    assert [letter.key for letter in report_letters(case)] == ["report:2018-09-14"]

    assert list(report_letters(replace(case, handed_over=(HandedOver(6, case.now, "0"),)))) == []
