"""Every letter of the year: when it is due, to whom, and what it never says."""

from __future__ import annotations

import datetime as dt
import itertools
import tomllib
from collections.abc import Mapping
from dataclasses import replace

import msgspec
import pytest

from staffelstab.language import LANGUAGES
from staffelstab.publishing.outbox.due_letters import OCCASIONS, due_letters
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.publishing.outbox.mail_draft import as_eml, file_name
from staffelstab.publishing.outbox.session_letters import enclosed
from staffelstab.publishing.outbox.writing import compose, wrapped
from staffelstab.submissions.case.contents import Case, Frozen
from staffelstab.timetable.agenda.appointments import agenda
from staffelstab.timetable.agenda.report_days import current_report
from staffelstab.timetable.plan.actors import actors
from staffelstab.timetable.plan.model import Reports, Responsible
from staffelstab.timetable.plan.recipients import deliveries, resolved
from tests.conftest import ROOT, at
from tests.publishing.outbox.cases import ADOPTED, EXAMPLES, FROZEN, example, paper, whole_case

LAST = "2019-09-20 07:00:00"


def letters(now: str) -> dict[str, Letter]:
    return {letter.key: letter for letter in due_letters(whole_case(now))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_occasion_has_its_subject_and_its_text_and_there_are_no_others(language: str) -> None:
    folder = ROOT / "templates" / language
    subjects = tomllib.loads((folder / "messages/outbox.toml").read_text(encoding="utf-8"))["subject"]
    texts = {path.name.removesuffix(".txt.j2") for path in (folder / "letters").iterdir()}

    assert {key.removesuffix("_overdue") for key in subjects} == set(OCCASIONS)
    assert texts - {"layout"} == set(OCCASIONS)


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_whatever_writes_the_letters_of_an_occasion_writes_no_others(occasion: str) -> None:
    cases = [
        whole_case(f"{day} 08:00:00") for day in ("2017-12-15", "2018-01-07", "2018-04-13", "2018-08-25", "2019-06-14")
    ]
    assert {letter.occasion for case in cases for letter in OCCASIONS[occasion](case)} <= {occasion}


def days(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + dt.timedelta(days=offset) for offset in range((last - first).days + 1)]


def test_the_letters_of_the_year_in_their_order() -> None:
    """Each on the day on which it becomes due; a call or a resubmission that was overtaken is due no longer."""
    matter = {item.day for item in agenda(example())} | {item.at.date() for item in FROZEN}
    found = {
        key: letter for day in sorted(matter) for key, letter in letters(f"{day} 07:00:00").items() if day.year < 2020
    }
    assert [
        (letter.day.isoformat(), letter.key)
        for letter in found.values()
        if letter.occasion not in {"report", "reminder"}
    ] == [
        ("2017-12-15", "distribution:resolution"),
        ("2017-12-15", "publicity:resolution"),
        ("2017-12-15", "call:call-1"),
        ("2018-01-17", "papers:lv-2018-01-19"),
        ("2018-04-06", "papers:lv-2018-04-13"),
        ("2018-04-06", "results:phase-2"),
        ("2018-04-13", "call:call-2"),
        ("2018-08-25", "answer:B01"),
        ("2018-08-25", "answer:B02"),
        ("2018-08-25", "answer:B04"),
        ("2018-08-25", "answer:B05"),
        ("2018-08-25", "answer:G01"),
        ("2019-06-14", "resubmission:2019-06-14"),
        ("2019-09-20", "resubmission:2019-09-20"),
    ]


def test_nothing_is_due_before_the_resolution() -> None:
    assert letters("2017-12-14 23:59:59") == {}


def test_the_resolution_goes_to_its_twelve_groups_verbatim_on_the_day_of_the_vote() -> None:
    letter = letters("2017-12-15 20:00:00")["distribution:resolution"]
    assert [actor.name for actor in letter.to] == [recipient.name for recipient in example().recipients]
    assert len(letter.to) == 12
    assert letter.attachments == ("resolution.txt", "calendar/timetable.ics")
    assert "Abstimmung: Bei 2 Enthaltungen beschlossen\n" in letter.body


def test_whoever_is_responsible_for_the_resolution_publishes_it_otherwise_the_coordination() -> None:
    plan = example()
    responsible = Responsible(office="landesgeschaeftsfuehrung")
    plans = [
        msgspec.structs.replace(plan, resolution=msgspec.structs.replace(plan.resolution, responsible=office))
        for office in (responsible, None)
    ]
    found = [publicity(Case(item, at("2017-12-15 20:00"))) for item in plans]
    assert [[actor.name for actor in letter.to] for letter in found] == [
        ["Landesgeschäftsführer"],
        ["Wahlkampfmanager"],
    ]


def test_the_resolution_goes_with_the_request_to_publish_it_if_its_text_is_at_hand() -> None:
    now = at("2017-12-15 20:00")
    without = msgspec.structs.replace(example(), source="")
    assert publicity(Case(example(), now)).attachments == ("resolution.txt",)
    assert publicity(Case(without, now)).attachments == ()
    [sent] = [letter for letter in due_letters(Case(without, now)) if letter.occasion == "distribution"]
    assert sent.attachments == ("calendar/timetable.ics",)


def publicity(case: Case) -> Letter:
    [letter] = [item for item in due_letters(case) if item.occasion == "publicity"]
    return letter


def test_who_is_in_two_groups_gets_one_copy_and_groups_nobody_knows_are_named() -> None:
    found = {delivery.actor.id: delivery.groups for delivery in deliveries(example())}
    assert found["lv-jugend"] == ("Landesvorstandsmitglieder", "Jugendkoordinator")
    assert found["bautzen/vorsitz"] == ("Kreisvorsitzende",)
    assert len(found) == 20 + 13 + 6 + 1
    assert tuple(item.name for item in example().recipients if not resolved(example(), item)) == (
        "Landesratsmitglieder",
        "Ortsvorsitzende",
        "sächsische Mitglieder im Bundesausschuss",
        "Pressesprecher der Fraktion DIE LINKE im Sächsischen Landtag",
        "Fraktionsgeschäftsführer der Fraktion DIE LINKE im Sächsischen Landtag",
        "Landesparteitagsdelegierte",
        "sächsische Bundesparteitagsdelegierte",
    )


def test_the_paper_goes_to_the_body_once_it_is_frozen() -> None:
    assert "papers:lv-2018-01-19" not in letters("2018-01-17 06:59:59")
    letter = letters("2018-01-17 07:00:00")["papers:lv-2018-01-19"]
    assert [actor.id for actor in letter.to] == ["landesvorstand"]
    assert letter.attachments == ("sessions/2018-01-19/dossier.pdf", "sessions/2018-01-19/dossier.odt")
    assert "Termin: Freitag, 19. Januar 2018 (Sitzung des Landesvorstands)" in letter.body


def test_the_paper_for_a_day_that_is_not_certain_says_why() -> None:
    frozen = Frozen("lv-2018-08-17", at("2018-08-10 07:00"), {"pdf": "1"}, {})
    [letter] = [item for item in due_letters(Case(example(), frozen.at, frozen=(frozen,))) if item.occasion == "papers"]

    note = example().session("lv-2018-08-17").date.note
    assert f"Zum Termin: {note} In Frage kommen: 17. August 2018 und 18. August 2018." in " ".join(letter.body.split())
    assert "Zum Termin" not in letters("2018-01-17 07:00:00")["papers:lv-2018-01-19"].body


@pytest.mark.parametrize(
    ("formats", "names"),
    [("md html pdf docx odt", ["pdf", "odt"]), ("md odt", ["odt"]), ("md html docx", ["docx"]), ("md", ["md"])],
)
def test_what_can_be_printed_and_written_in_goes_with_the_letter_otherwise_one_file(
    formats: str, names: list[str]
) -> None:
    frozen = Frozen("lv-2018-01-19", at("2018-01-17 07:00"), dict.fromkeys(formats.split(), "1"), {})
    assert enclosed(example(), example().session(frozen.session), frozen) == tuple(
        f"sessions/2018-01-19/dossier.{name}" for name in names
    )


def test_results_reach_everyone_who_wrote_or_was_talked_to_once() -> None:
    letter = letters("2018-04-06 07:00:00")["results:phase-2"]
    assert [actor.name for actor in letter.to] == [
        "Beisitz 1",
        "Beisitz 2",
        "Landesvorsitz",
        "Bautzen (Vorsitz)",
        "Dresden (Kreisgeschäftsführung)",
    ]
    assert letter.attachments == ("sessions/2018-04-13/dossier.pdf", "sessions/2018-04-13/dossier.odt")


def test_a_report_goes_to_those_whom_the_plan_names() -> None:
    """`Die Koordination berichtet dem Vorstand alle vier Wochen`, and every report went to the members' meeting."""
    plan, readers = example(), ("lv-vorsitz", "landesgeschaeftsstelle")
    named = msgspec.structs.replace(plan, reports=Reports(every="P4W", to=readers))
    day = next(day for day in days(plan.resolution.date, dt.date(2018, 12, 31)) if current_report(plan, day) == day)

    written = [due_letters(Case(plan=item, now=at(f"{day} 07:00"))) for item in (plan, named)]
    [[of_the_body], [to_the_named]] = [[letter for letter in found if letter.occasion == "report"] for found in written]
    assert [actor.id for actor in of_the_body.to] == ["landesvorstand"]
    assert tuple(actor.id for actor in to_the_named.to) == readers


def test_a_report_fills_every_gap_longer_than_four_weeks() -> None:
    plan = example()
    year = days(plan.resolution.date, dt.date(2018, 12, 31))
    reports = [day.isoformat() for day in year if current_report(plan, day) == day]
    assert reports == [
        "2018-01-12",
        "2018-02-16",
        "2018-04-06",
        "2018-05-11",
        "2018-06-15",
        "2018-07-27",
        "2018-09-14",
        "2018-10-12",
        "2018-11-09",
        "2018-12-07",
    ]
    contacts = sorted(
        {*map(dt.date.fromisoformat, reports), *(item.date.day for item in plan.sessions), plan.resolution.date}
    )
    assert max(later - earlier for earlier, later in itertools.pairwise(contacts)) <= dt.timedelta(weeks=4)


def test_a_missed_report_is_made_up_for_once_until_a_session_overtakes_it() -> None:
    held = {
        now: [key for key in letters(now) if key.startswith("report")]
        for now in ("2018-02-15", "2018-02-25", "2018-03-09")
    }
    assert held == {"2018-02-15": [], "2018-02-25": ["report:2018-02-16"], "2018-03-09": []}


def test_a_report_made_up_for_speaks_of_the_day_it_is_written() -> None:
    [letter] = [item for item in due_letters(Case(plan=example(), now=at("2018-02-25"))) if item.occasion == "report"]
    assert letter.subject.startswith("Stand der Arbeit am 25. Februar 2018")
    assert "16. Februar" not in letter.body


def test_a_report_says_plainly_when_there_is_nothing_yet() -> None:
    [letter] = [item for item in due_letters(Case(plan=example(), now=at("2018-01-12"))) if item.occasion == "report"]
    body = " ".join(letter.body.split())
    assert (
        "Bisher liegt vor: - noch kein Beitrag Noch offen: - Call for Papers: Von 20 Angesprochenen ist bisher noch nichts da;"
        in body
    )


def test_an_answer_names_the_passages_and_the_paragraphs_they_go_back_to() -> None:
    body = " ".join(letters("2018-08-25 07:00:00")["answer:B01"].body.split())
    assert "- K01 (Neumitglieder einbinden): Jedes neue Mitglied wird angerufen. [aus B01.1 und B01.2]" in body
    assert "K02" not in body


def test_everyone_gets_an_answer_also_the_unused_the_unread_the_late_and_the_nameless() -> None:
    found = letters("2018-08-25 07:00:00")
    said = {key: " ".join(letter.body.split()) for key, letter in found.items()}
    to = {
        key.removeprefix("answer:"): [actor.name for actor in letter.to]
        for key, letter in found.items()
        if "answer" in key
    }
    assert to == {
        "B01": ["Beisitz 1"],
        "B02": ["Wahlkampfmanager"],
        "B04": ["Beisitz 2"],
        "B05": ["Landesvorsitz"],
        "G01": ["Bautzen (Vorsitz)"],
    }
    assert "von wem dieser Beitrag stammt, ist nicht bekannt" in said["answer:B02"]
    assert "Der Absatz steht im Register und hat zum Bild der Lage gehört." in said["answer:B02"]
    assert (
        "- K02 (Rolle der Landesweiten Zusammenschlüsse): Alle benennen eine Ansprechperson. [aus B04]"
        in said["answer:B04"]
    )
    assert "Er kam nach dem Einsendeschluss" in said["answer:B05"]
    assert "vielen Dank für das Gespräch vom 30. Januar 2018" in said["answer:G01"]


def test_an_answer_lists_paragraphs_in_the_order_of_the_paper() -> None:
    """B01.10 after B01.2, whichever of them the finding names first."""
    case = whole_case("2018-08-25 07:00:00")
    long = paper("B01", "lv-beisitz-01", "2018-01-03", texts=tuple(f"Satz {n}." for n in range(1, 12)))
    finding = replace(case.findings[0], sources=("B01.10", "B01.2", "B01.11"))
    changed = replace(case, papers=(long, *case.papers[1:]), findings=(finding,))

    [letter] = [item for item in due_letters(changed) if item.key == "answer:B01"]

    assert "[aus B01.2, B01.10 und B01.11]" in " ".join(letter.body.split())


def test_an_answer_says_when_it_was_decided_and_whether_the_text_comes_back() -> None:
    body = " ".join(letters("2018-08-25 07:00:00")["answer:B01"].body.split())
    assert "Am 17. August 2018 ist beschlossen worden, was aus allen Beiträgen entstanden ist." in body
    assert "Der Text kommt wieder auf den Tisch (Auswertung der Wahlen des Jahres 2019)." in body

    plan = msgspec.structs.replace(example(), resubmission=None)
    assert plan.occasion is None
    found = due_letters(replace(whole_case("2018-08-25 07:00:00"), plan=plan))
    assert [letter.key for letter in found if "wieder auf den Tisch" in letter.body] == []


def test_minutes_that_name_a_unit_but_no_role_are_answered_to_the_unit() -> None:
    case = whole_case("2018-08-25 07:00:00")
    talk = replace(case.minutes[0], role="", sender=None)
    [letter] = [item for item in due_letters(replace(case, minutes=(talk,))) if item.key == "answer:G01"]
    assert [actor.name for actor in letter.to] == ["Bautzen"]


def test_the_answer_to_a_paper_from_a_role_nobody_gave_a_unit_goes_to_its_sender() -> None:
    case = whole_case("2018-08-25 07:00:00")
    one = replace(case.papers[0], role="vorsitz")
    [letter] = [item for item in due_letters(replace(case, papers=(one,))) if item.key == "answer:B01"]
    assert [actor.name for actor in letter.to] == ["Beisitz 1"]


def test_answers_wait_for_the_vote_and_for_the_phase_of_publication() -> None:
    case = whole_case("2018-08-25 07:00:00")
    returned = replace(case, decisions=(replace(ADOPTED, outcome="returned"),))
    found = [whole_case("2018-08-24 23:59:59"), returned]
    assert [[letter.key for letter in due_letters(item) if letter.occasion == "answer"] for item in found] == [[], []]


def test_the_resubmission_reaches_its_owners_even_when_nothing_else_is_known() -> None:
    bare = Case(plan=example(), now=at("2019-06-14"))
    letter = {letter.key: letter for letter in due_letters(bare)}["resubmission:2019-06-14"]
    assert [actor.name for actor in letter.to] == [
        "Mitarbeiter*in für Mitgliederbetreuung",
        "Landesgeschäftsführer",
        "Landesvorsitz",
    ]
    assert letter.attachments == ("calendar/resubmission.ics",)
    assert letter.body.endswith("\nMitarbeiter*in für Mitgliederbetreuung\nDIE LINKE. Sachsen\n")


def test_a_resubmission_speaks_of_its_day_as_today_and_afterwards_as_over() -> None:
    def told(now: str) -> str:
        return " ".join(
            {letter.occasion: letter for letter in due_letters(whole_case(now))}["resubmission"].body.split()
        )

    assert "heute ist ein Tag, der für diese Wiedervorlage vorgemerkt war" in told("2019-06-14 23:59:59")
    assert "der 14. Juni 2019 war für diese Wiedervorlage vorgemerkt und ist schon vorbei" in told("2019-06-15 00:00")


def test_for_an_office_that_is_vacant_its_deputy_is_written_to_and_nobody_twice() -> None:
    """The post for members is filled on 1 May 2018; until then the coordination acts for it."""
    plan = example()
    to = tuple(actors(plan)[name] for name in ("mitgliederbetreuung", "koordination"))

    def written_to(day: dt.date) -> list[str]:
        letter = compose(plan, "answer:B01", day, to, {"ref": "B01"}, ANSWER)
        return [actor.id for actor in letter.to]

    assert written_to(dt.date(2018, 4, 30)) == ["koordination"]
    assert written_to(dt.date(2018, 5, 1)) == ["mitgliederbetreuung", "koordination"]


ANSWER: Mapping[str, object] = {
    "ref": "B01",
    "known": True,
    "minutes": False,
    "arrived": dt.date(2018, 1, 3),
    "late": False,
    "readable": True,
    "paragraphs": 1,
    "cited": (),
    "decided": dt.date(2018, 8, 17),
    "returns": "",
}
"""What the text of an answer speaks of."""


def test_text_is_wrapped_between_words_only() -> None:
    address = f"https://example.org/{'a' * 80}"
    hyphens = "Mitglieder-und-Interessierten-Betreuung " * 3
    assert wrapped(f"  eingerückt   \n\n\n\n- {'Punkt ' * 14}\n{address}\n{hyphens}\n") == "\n".join(
        [
            "eingerückt",
            "",
            f"- {'Punkt ' * 10}Punkt",
            "  Punkt Punkt Punkt",
            address,
            "Mitglieder-und-Interessierten-Betreuung",
            "Mitglieder-und-Interessierten-Betreuung",
            "Mitglieder-und-Interessierten-Betreuung",
            "",
        ]
    )


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_on_no_day_does_a_letter_fail_repeat_itself_or_name_a_person(name: str, language: str) -> None:
    plan = msgspec.structs.replace(example(name), language=language)
    last = max(dt.date(2019, 10, 1) if name == EXAMPLES[0] else dt.date(2026, 6, 1), plan.resolution.date)
    base = whole_case(LAST) if name == EXAMPLES[0] else Case(plan=plan, now=plan.starts(last))
    drafted: dict[str, bytes] = {}
    matter = {item.day for item in agenda(plan)} | set(days(plan.resolution.date, last)[::7])
    for day in sorted(matter):
        case = replace(base, plan=plan, now=plan.starts(day))
        found = due_letters(case)
        assert len({letter.key for letter in found}) == len(found)
        for letter in found:
            if letter.key not in drafted:
                drafted[letter.key] = as_eml(letter, plan, case.now)
                assert file_name(letter).isascii()
    text = b"".join(drafted.values()).decode()
    assert [word for word in ("Jahns", "Dudzak", "{{", "None", "{%") if word in text] == []
    assert len(drafted) > 8


def test_the_same_case_gives_the_same_letters() -> None:
    assert due_letters(whole_case(LAST)) == due_letters(whole_case(LAST))


def test_a_plan_without_a_phase_of_publication_answers_on_the_day_of_the_vote() -> None:
    plan = example("choir-statute")
    session = next(item for item in plan.sessions if item.item == "adoption")
    decision = replace(ADOPTED, session=session.id, at=at(f"{session.date.day} 20:00:00"))
    base = Case(plan=plan, now=decision.at, papers=(paper("P01", "", "2025-11-01", call=plan.calls[0].id),))
    [letter] = [item for item in due_letters(replace(base, decisions=(decision,))) if item.occasion == "answer"]
    assert (letter.key, letter.day) == ("answer:P01", session.date.day)
    assert [item for item in due_letters(base) if item.occasion == "answer"] == []


@pytest.mark.parametrize("name", ["Niemand ruft an", "Doch, manche"])
def test_no_letter_quotes_a_paper(name: str) -> None:
    """The only one of these words in any letter is the finding the coordinator wrote down."""
    bodies = [letter.body for key, letter in letters(LAST).items() if key != "call:call-2"]
    assert [body for body in bodies if name in body] == []
