"""Calls reach everyone called; reminders reach only those who have not delivered (R60, U12)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffelstab.publishing.calendar.entry_text import certainty
from staffelstab.publishing.outbox.call_letters import reminder_letters
from staffelstab.publishing.outbox.due_letters import due_letters
from staffelstab.publishing.outbox.letter import Letter
from staffelstab.submissions.case.contents import Case, Submission
from staffelstab.timetable.plan.actors import audience
from staffelstab.timetable.plan.model import Plan
from staffelstab.timetable.plan.when import When
from tests.conftest import at
from tests.publishing.outbox.cases import PAPERS, example, paper, whole_case

SEATS = [actor.id for actor in audience(example(), ("landesvorstand",))]


def of(case: Case, occasion: str) -> dict[str, Letter]:
    return {letter.key: letter for letter in due_letters(case) if letter.occasion == occasion}


def test_the_first_call_as_it_goes_out_on_the_day_of_the_vote() -> None:
    [letter] = of(whole_case("2017-12-15 00:00:00"), "call").values()
    assert (letter.key, letter.day, letter.attachments) == (
        "call:call-1",
        dt.date(2017, 12, 15),
        ("calendar/timetable.ics",),
    )
    assert [actor.name for actor in letter.to] == ["Landesvorstand"]
    assert letter.subject == "Call for Papers: Beiträge bitte bis 14. Januar 2018"
    assert (
        letter.body
        == """Guten Tag zusammen,

hiermit geht der Aufruf „Call for Papers“ hinaus. Er gehört zu Phase 0
„Take-Off“ im Zeitplan „Vorschlag zur Entwicklung eines Konzepts zur
Mitgliederarbeit“, beschlossen am 15. Dezember 2017.

Angesprochen sind: Landesvorstand.

Gefragt sind jetzt:
- Erfahrungen
- Problembeschreibungen
- Ideen

Form und Umfang sind freigestellt. Ein einziger Satz zählt, fünfzig
Seiten zählen auch. Ob Brief, E-Mail, Textdokument, PDF, Tabelle oder
das Foto einer vollgeschriebenen Seite: Alles wird angenommen, nichts
wird zurückgewiesen.

Beiträge bitte an: Wahlkampfmanager (DIE LINKE. Sachsen)
Einsendeschluss: 14. Januar 2018, 23:59:59 Uhr (Zeitzone Europe/Berlin,
UTC+01:00)

Es zählt, wann ein Beitrag eingeht. Was später kommt, wird ebenfalls
angenommen und als verspätet gekennzeichnet. Hilfreich ist eine erste
Zeile, die sagt, von wem der Beitrag kommt, etwa „Von: Landesvorsitz“.
Mehr Angaben braucht es nicht.

Und was geschieht damit? Jeder Beitrag bekommt eine Nummer und wird
Absatz für Absatz mit seiner Quelle zusammengestellt; weggelassen wird
nichts. Die Zusammenstellung liegt vor, wenn es am 19. Januar 2018 so
weit ist: Sitzung des Landesvorstands. Bis in das fertige Ergebnis lässt
sich zurückverfolgen, worauf eine Aussage beruht, und wer etwas
beiträgt, erfährt am Ende, was daraus geworden ist.

Wir freuen uns auf eure Beiträge. Also: loslegen!

Anlagen: timetable.ics

Mit freundlichen Grüßen

Wahlkampfmanager
DIE LINKE. Sachsen
"""
    )


def test_the_second_call_carries_the_results_and_says_what_the_resolution_does_not() -> None:
    case = whole_case("2018-04-13 08:00:00")
    letter = {letter.key: letter for letter in due_letters(case)}["call:call-2"]
    body = " ".join(letter.body.split())
    for words in (
        "Wen dieser Aufruf erreichen soll, sagt der Beschluss nicht; dieser Kreis ist ein Vorschlag.",
        "Was schlecht läuft: - F01: Niemand ruft an. Daraus folgt: Anrufen.",
        "Was gut läuft: - Hierzu liegt nichts vor. Was zu wenig geschieht:",
        "Einsendeschluss: 9. Mai 2018, 23:59:59 Uhr (Zeitzone Europe/Berlin, UTC+02:00) Der Beschluss nennt keine Frist",
    ):
        assert words in body
    assert [actor.id for actor in letter.to] == [
        "landesvorstand",
        "kreisverbaende",
        "lwz",
        "landtagsfraktion",
        "landesgruppe",
        "regionalmitarbeit",
    ]
    assert "call:call-2" not in {letter.key for letter in due_letters(whole_case("2018-04-12 23:59:59"))}


def call_letter(case: Case, call: str) -> str:
    """The text of a call's letter in one line."""
    return " ".join({letter.key: letter for letter in due_letters(case)}[f"call:{call}"].body.split())


def with_call(plan: Plan, number: int, **changes: object) -> Plan:
    """The plan with something else in one of its calls."""
    calls = list(plan.calls)
    calls[number] = msgspec.structs.replace(calls[number], **changes)
    return msgspec.structs.replace(plan, calls=tuple(calls))


def test_only_a_call_after_a_synthesis_carries_findings_and_only_if_there_are_any() -> None:
    case = whole_case("2018-04-13 08:00:00")
    early = with_call(case.plan, 1, phase=2)
    assert "Was schlecht läuft" in call_letter(case, "call-2")
    assert "Was schlecht läuft" not in call_letter(replace(case, plan=early), "call-2"), "the synthesis is yet to come"
    assert "Was schlecht läuft" not in call_letter(replace(case, now=at("2017-12-20")), "call-1")
    assert "ist die Grundlage für alles Weitere" not in call_letter(replace(case, findings=()), "call-2")


def test_papers_go_to_whoever_the_call_names_otherwise_to_the_coordination() -> None:
    plan = example()
    named, unnamed = (with_call(plan, 0, address=office) for office in ("landesgeschaeftsstelle", ""))
    now = at("2017-12-20")
    assert "Beiträge bitte an: Landesgeschäftsstelle (DIE LINKE. Sachsen)" in call_letter(Case(named, now), "call-1")
    assert "Beiträge bitte an: Wahlkampfmanager (DIE LINKE. Sachsen)" in call_letter(Case(unnamed, now), "call-1")


def test_a_call_without_a_session_does_not_say_when_the_papers_are_put_together() -> None:
    plan = msgspec.structs.replace(example(), sessions=())
    assert "Die Zusammenstellung liegt vor" not in call_letter(Case(plan, at("2017-12-20")), "call-1")


def test_a_deadline_that_follows_from_a_rule_says_from_which() -> None:
    plan = example()
    deadline = msgspec.structs.replace(plan.calls[1].deadline, note="")
    assert deadline.rule
    text = call_letter(Case(with_call(plan, 1, deadline=deadline), at("2018-04-13 08:00")), "call-2")
    assert f"UTC+02:00) {certain_words(deadline)}" in text


def certain_words(deadline: When) -> str:
    """What is said of a derived day."""
    return " ".join(certainty(example(), deadline, "call-2", example().words))


def test_nameless_papers_are_asked_about_in_the_reminder_of_their_own_call() -> None:
    def reminded(*papers: Submission) -> str:
        [letter] = of(Case(plan=example(), now=at("2018-05-03"), papers=papers), "reminder").values()
        return letter.body

    nameless = paper("B90", "", "2018-04-20", call="call-2")
    assert "ohne Absenderangabe" in reminded(nameless)
    assert "ohne Absenderangabe" not in reminded(replace(nameless, call="call-1"))
    assert "ohne Absenderangabe" not in reminded(paper("B91", "lv-beisitz-01", "2018-04-20", call="call-2"))


def test_unreadable_and_replaced_papers_count_as_delivered_and_nameless_ones_are_asked_about() -> None:
    [letter] = of(whole_case("2018-01-12 07:00:00"), "reminder").values()
    assert (letter.key, letter.day) == ("reminder:call-1:2018-01-12", dt.date(2018, 1, 12))
    assert [actor.id for actor in letter.to] == [
        seat for seat in SEATS if seat not in {"lv-beisitz-01", "lv-beisitz-02"}
    ]
    assert "Bis zum Einsendeschluss sind es noch 2 Tage;" in " ".join(letter.body.split())
    assert "ohne Absenderangabe eingegangen" in " ".join(letter.body.split())


def test_a_reminder_holds_from_its_working_day_to_the_last_second_of_the_deadline() -> None:
    keys = {
        now: list(of(whole_case(now), "reminder"))
        for now in ("2018-01-07 23:59:59", "2018-01-08 00:00:00", "2018-01-14 23:59:59", "2018-01-15 00:00:00")
    }
    assert keys == {
        "2018-01-07 23:59:59": [],
        "2018-01-08 00:00:00": ["reminder:call-1:2018-01-07"],
        "2018-01-14 23:59:59": ["reminder:call-1:2018-01-12"],
        "2018-01-15 00:00:00": [],
    }


@given(
    delivered=st.dictionaries(st.sampled_from(SEATS), st.tuples(st.booleans(), st.booleans()), max_size=len(SEATS)),
    day=st.integers(0, 40),
)
def test_whoever_delivered_is_never_reminded_and_whoever_did_not_is(
    delivered: dict[str, tuple[bool, bool]], day: int
) -> None:
    now = at("2017-12-10 07:00:00") + dt.timedelta(days=day)
    papers = tuple(
        paper(f"B{n:02d}", seat, "2017-12-15", texts=("Satz.",) if readable else (), newer="B99" if replaced else "")
        for n, (seat, (readable, replaced)) in enumerate(delivered.items(), 1)
    )
    case = Case(plan=example(), now=now, papers=papers)
    reminders = list(reminder_letters(case))
    assert len(reminders) <= 1
    reminded = [actor.id for letter in reminders for actor in letter.to]
    missing = [seat for seat in SEATS if seat not in delivered]
    holds = dt.date(2018, 1, 8) <= now.date() <= dt.date(2018, 1, 14)
    assert reminded == (missing if holds else [])


def test_when_everyone_has_delivered_nobody_is_written_to() -> None:
    papers = tuple(paper(f"B{n:02d}", seat, "2018-01-02") for n, seat in enumerate(SEATS, 1))
    assert of(Case(plan=example(), now=at("2018-01-09"), papers=papers), "reminder") == {}


def test_a_paper_for_the_first_call_is_none_for_the_second() -> None:
    [letter] = of(Case(plan=example(), now=at("2018-05-03"), papers=PAPERS), "reminder").values()
    assert "lv-beisitz-01" in {actor.id for actor in letter.to}


@pytest.mark.parametrize(("language", "word"), [("de", "Aufruf"), ("en", "Call")])
def test_a_call_named_by_a_draft_is_not_called_a_call_twice(language: str, word: str) -> None:
    """`hiermit geht der Aufruf „Aufruf: Sammlung“ hinaus`, and the subject `Aufruf: Sammlung: Beiträge bitte bis …`."""
    plan = example()
    calls = tuple(msgspec.structs.replace(call, name=f"{word}: Sammlung") for call in plan.calls)
    plan = msgspec.structs.replace(plan, calls=calls, language=language)

    found = {letter.occasion: letter for letter in due_letters(Case(plan=plan, now=at("2018-01-08 07:00")))}

    for letter in (found["call"], found["reminder"]):
        assert "Sammlung" in letter.subject
        assert f"{word}: " not in f"{letter.subject} {letter.body}"
