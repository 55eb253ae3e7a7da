"""Decisions: checked whole before anything is written, nothing invented, the same one twice is one (R14, R75, F38)."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from staffelstab.errors import RecordError
from staffelstab.service import survey
from staffelstab.service.decide import notes_file, record_decision, sender
from staffelstab.submissions.case.contents import Case
from staffelstab.timetable.plan.model import Count
from tests.conftest import at
from tests.service.small_folder import folder, put, run_at

SESSION, EVENING = "lv-2018-01-19", "2018-01-19 21:30"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path / "work")


def case(root: Path, moment: str = EVENING) -> Case:
    return survey.gather_case(run_at(root, moment))


def test_only_what_is_known_of_the_vote_is_kept(root: Path) -> None:
    """R14: two abstentions, nothing else; no yes count is computed from the seats."""
    record_decision(run_at(root, EVENING), SESSION, "adopted", vote=Count(abstentions=2))

    (found,) = case(root).decisions
    assert (found.session, found.at, found.outcome) == (SESSION, at(EVENING), "adopted")
    assert (found.vote.yes, found.vote.no, found.vote.abstentions) == (None, None, 2)
    assert (found.notes, found.assumed) == ((), False)


def test_zero_votes_are_known_votes(root: Path) -> None:
    record_decision(run_at(root, EVENING), SESSION, "adopted", vote=Count(yes=12, no=0))

    (found,) = case(root).decisions
    assert (found.vote.yes, found.vote.no, found.vote.abstentions) == (12, 0, None)


def test_the_points_of_the_discussion_come_from_the_folder(root: Path) -> None:
    """R75; they never pass through a form, and the journal itself does not hold them."""
    run = run_at(root, EVENING)
    path = notes_file(run, run.plan.session(SESSION))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("- Gespräche sollen auch fragen, was gut läuft.\n\n  Mehr Zeit für Görlitz.  \n", encoding="utf-8")

    entry = record_decision(run, SESSION, "noted").entry

    assert path.relative_to(root).as_posix() == "sessions/2018-01-19/notizen.txt"
    assert case(root).decisions[0].notes == ("Gespräche sollen auch fragen, was gut läuft.", "Mehr Zeit für Görlitz.")
    assert "Görlitz" not in str(entry.facts)


def test_points_typed_in_an_old_editor_keep_their_letters(root: Path) -> None:
    run = run_at(root, EVENING)
    path = notes_file(run, run.plan.session(SESSION))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("Mehr Zeit für Görlitz.\r\n".encode("cp1252"))
    record_decision(run, SESSION, "noted")
    assert case(root).decisions[0].notes == ("Mehr Zeit für Görlitz.",)


@pytest.mark.attack("injection")
@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04" + bytes(range(32)) * 20,
        "Просто текст, который надо угадывать. ".encode("cp1251") * 20,
        b"Ein Punkt.\n" * 100_000,
        "Grüße: ".encode() * 5 + b"\xff",
        None,
    ],
    ids=["binary", "to be guessed at", "endless", "broken", "a link"],
)
def test_points_that_are_no_plain_text_are_refused_with_a_sentence(root: Path, content: bytes | None) -> None:
    run = run_at(root, EVENING)
    path = notes_file(run, run.plan.session(SESSION))
    path.parent.mkdir(parents=True, exist_ok=True)
    if content is None:
        path.symlink_to("/etc/hostname")
    else:
        path.write_bytes(content)

    with pytest.raises(RecordError) as error:
        record_decision(run, SESSION, "adopted")

    assert error.value.text("de") == (
        "notizen.txt lässt sich nicht als einfacher Text lesen oder ist größer, als getippter Text sein kann. Eingetragen ist "
        "noch nichts, und die Datei bleibt, wie sie ist. Bitte den Text als einfache Textdatei (UTF-8) unter diesem Namen "
        "speichern; Punkte der Aussprache einen je Zeile."
    )
    assert case(root).decisions == ()


def test_the_same_decision_twice_is_one(root: Path) -> None:
    """Also if it is said again without its points, as the form does."""
    first = record_decision(run_at(root, EVENING), SESSION, "noted", notes=["Gut."])
    again = record_decision(run_at(root, "2018-01-20 09:00"), SESSION, "noted", notes=["Gut."])
    by_form = record_decision(run_at(root, "2018-01-20 10:00"), SESSION, "noted")

    assert [again, by_form] == [first, first]
    assert len(case(root, "2018-01-21").decisions) == 1


def test_another_decision_for_the_same_session_is_refused(root: Path) -> None:
    """It replaced the first one without a word, notes and all. The refusal says what stands there."""
    vote = Count(yes=12, abstentions=2)
    record_decision(run_at(root, EVENING), SESSION, "discussed", vote=vote, notes=["Gut.", "Mehr Zeit."])

    for outcome, counted, notes in (
        ("adopted", vote, None),
        ("discussed", Count(), None),
        ("discussed", vote, ["Nein."]),
    ):
        with pytest.raises(RecordError) as error:
            record_decision(run_at(root, "2018-01-20 09:00"), SESSION, outcome, vote=counted, notes=notes)
        assert error.value.text("de") == (
            "Für die Sitzung am 19. Januar 2018 ist schon eingetragen: diskutiert (bei 12 Ja-Stimmen und 2 Enthaltungen), "
            "dazu 2 Punkte aus der Aussprache (eingetragen am 19. Januar 2018, 21:30 Uhr). Verändert wurde nichts. Soll das "
            "berichtigt werden, bitte noch einmal mit --correct, im Formular mit dem Feld „Berichtigt, was schon "
            "eingetragen ist“. Was jetzt dort steht, bleibt in der Akte, und die Vorlagen sagen, dass berichtigt wurde."
        )
    assert [item.outcome for item in case(root, "2018-01-21").decisions] == ["discussed"]


def test_a_correction_keeps_what_stood_there_and_the_points_of_the_discussion(root: Path) -> None:
    record_decision(run_at(root, EVENING), SESSION, "noted", vote=Count(yes=12), notes=["Gut.", "Mehr Zeit."])

    done = record_decision(run_at(root, "2018-01-22 09:00"), SESSION, "returned", correction=True)

    first, latest = case(root, "2018-01-23").decisions
    assert (latest.outcome, latest.vote, latest.notes) == ("returned", Count(), ("Gut.", "Mehr Zeit."))
    assert (latest.former, done.former, done.carried, done.handed_over) == (first, first, 2, False)
    with run_at(root, "2018-01-23").workspace.open(read_only=True) as ledger:
        one, two = ledger.entries("decided")
    assert (one.facts.get("corrects"), two.facts["corrects"]) == (None, one.seq)


@pytest.mark.parametrize(("brought", "kept"), [(["Neu."], ("Neu.",)), ([], ()), ([" "], ())])
def test_a_correction_that_brings_points_replaces_them(root: Path, brought: list[str], kept: tuple[str, ...]) -> None:
    """Also by none, if somebody says so: `--note ""`."""
    record_decision(run_at(root, EVENING), SESSION, "noted", notes=["Gut."])

    record_decision(run_at(root, "2018-01-20 09:00"), SESSION, "noted", notes=brought, correction=True)

    latest = case(root, "2018-01-21").decision(SESSION)
    assert latest is not None
    assert latest.notes == kept


def test_a_correction_corrected_back_is_the_latest_again(root: Path) -> None:
    """Returned by mistake and put right: the last word counts, though it was said before."""
    for hour, outcome in enumerate(("noted", "returned", "noted"), 21):
        record_decision(run_at(root, f"2018-01-19 {hour}:00"), SESSION, outcome, correction=hour > 21)

    found = case(root, "2018-01-20")
    assert [item.outcome for item in found.decisions] == ["noted", "returned", "noted"]
    latest = found.decision(SESSION)
    assert latest is not None
    assert (latest.outcome, latest.former) == ("noted", found.decisions[1])


def test_a_correction_said_twice_is_one(root: Path) -> None:
    record_decision(run_at(root, EVENING), SESSION, "noted")
    for minute in (40, 45):
        record_decision(run_at(root, f"2018-01-19 21:{minute}"), SESSION, "returned", correction=True)

    assert [item.outcome for item in case(root, "2018-01-20").decisions] == ["noted", "returned"]


def test_there_must_be_something_to_correct(root: Path) -> None:
    """Whoever corrects a session nobody has recorded anything for has probably named the wrong one."""
    with pytest.raises(RecordError) as error:
        record_decision(run_at(root, EVENING), SESSION, "noted", correction=True)

    assert error.value.key == "steps.nothing_to_correct"
    assert case(root).decisions == ()


def test_a_correction_after_the_hand_over_says_that_the_baton_stays(root: Path) -> None:
    record_decision(run_at(root, EVENING), SESSION, "noted")
    with run_at(root, EVENING).workspace.open() as ledger:
        ledger.append("handed_over", at=at(EVENING), phase="phase-0", key="handed_over:0", facts={"number": 0})

    assert record_decision(run_at(root, "2018-01-20"), SESSION, "returned", correction=True).handed_over


def test_a_decision_has_the_day_of_the_session_and_the_day_it_was_entered(root: Path) -> None:
    """Documents tell the first (design)."""
    record_decision(run_at(root, "2018-01-23 09:00"), SESSION, "noted")

    (found,) = case(root, "2018-01-24").decisions
    assert (found.day, found.at) == (dt.date(2018, 1, 19), at("2018-01-23 09:00"))


def test_of_an_old_entry_the_sessions_day_is_told(root: Path) -> None:
    """Ledgers from before say only when it was entered."""
    facts = {"outcome": "noted", "yes": None, "no": None, "abstentions": None, "assumed": False}
    with run_at(root, EVENING).workspace.open() as ledger:
        ledger.append("decided", at=at("2018-01-23 09:00"), subject=SESSION, facts=facts)

    (found,) = case(root, "2018-01-24").decisions
    assert found.day == dt.date(2018, 1, 19)


def test_of_two_who_record_at_once_one_is_refused(root: Path) -> None:
    """Reading what stands and writing are one transaction, in whatever order the two arrive."""
    outcomes = ["noted", "discussed", "returned", "adopted"]
    refused = []

    def record(outcome: str) -> None:
        try:
            record_decision(run_at(root, EVENING), SESSION, outcome)
        except RecordError as error:
            refused.append(error.key)

    with ThreadPoolExecutor(len(outcomes)) as pool:
        list(pool.map(record, outcomes))

    assert refused == ["steps.decided_already"] * 3
    assert len(case(root).decisions) == 1


@pytest.mark.parametrize(
    ("moment", "session", "outcome", "vote", "sentence"),
    [
        (
            "2018-01-18 23:59:59",
            SESSION,
            "noted",
            Count(),
            "Die Sitzung am 19. Januar 2018 hat noch nicht begonnen; eingetragen wurde nichts. "
            "Bitte am Sitzungstag oder danach eintragen.",
        ),
        (
            EVENING,
            SESSION,
            "gelobt",
            Count(),
            "„gelobt“ ist kein Ergebnis einer Sitzung. Eingetragen wurde nichts. "
            "Möglich sind: noted, discussed, adopted, returned.",
        ),
        (
            EVENING,
            SESSION,
            "adopted",
            Count(yes=-1),
            "-1 Stimmen kann es nicht geben. Eingetragen wurde nichts. Ist eine Zahl unbekannt, bitte weglassen.",
        ),
        (
            EVENING,
            "lv-2018-01-20",
            "noted",
            Count(),
            "Eine Sitzung „lv-2018-01-20“ gibt es im Zeitplan nicht. Eingetragen wurde nichts. Möglich sind: "
            "lv-2018-01-19 (19. Januar 2018), lv-2018-03-09 (9. März 2018), lv-2018-04-13 (13. April 2018), lv-2018-05-18 "
            "(18. Mai 2018), lv-2018-06-29 (29. Juni 2018), lv-2018-08-17 (17. August 2018).",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    root: Path, moment: str, session: str, outcome: str, vote: Count, sentence: str
) -> None:
    with pytest.raises(RecordError) as error:
        record_decision(run_at(root, moment), session, outcome, vote=vote)

    assert error.value.text("de") == sentence
    assert case(root).decisions == ()


def test_the_session_day_itself_is_early_enough(root: Path) -> None:
    assert record_decision(run_at(root, "2018-01-19 00:00:00"), SESSION, "noted").entry.kind == "decided"


def test_a_paper_without_a_sender_is_given_one(root: Path) -> None:
    """And given another, if the first was wrong."""
    put(root, "beitraege/zettel.txt", "Niemand ruft an.\n", at("2017-12-20 10:00"))
    survey.take_in(run_at(root, "2017-12-21 07:00"))
    assert case(root, "2017-12-21 08:00").papers[0].sender is None

    for hour, actor in ((9, "Beisitz 3"), (10, "lv-beisitz-04")):
        sender(run_at(root, f"2017-12-21 {hour:02d}:00"), "B01", actor)

    (paper,) = case(root, "2017-12-22").papers
    assert paper.sender is not None
    assert paper.sender.name == "Beisitz 4"


@pytest.mark.parametrize(
    ("paper", "actor", "key"),
    [("B02", "Beisitz 3", "steps.unknown_paper"), ("B01", "Beisitz 99", "steps.unknown_actor")],
)
def test_nobody_knows_that_paper_or_that_office(root: Path, paper: str, actor: str, key: str) -> None:
    put(root, "beitraege/zettel.txt", "Niemand ruft an.\n", at("2017-12-20 10:00"))
    survey.take_in(run_at(root, "2017-12-21 07:00"))

    with pytest.raises(RecordError) as error:
        sender(run_at(root, "2017-12-21 09:00"), paper, actor)
    assert error.value.key == key
