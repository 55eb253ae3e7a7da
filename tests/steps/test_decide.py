"""Decisions: checked whole before anything is written, nothing invented, the same one twice is one (R14, R75, F38)."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffelstab.case.values import Case
from staffelstab.errors import RecordError
from staffelstab.plan.model import Count
from staffelstab.steps import survey
from staffelstab.steps.decide import notes_file, record_decision, sender
from tests.conftest import at
from tests.steps.made import at_desk, folder, put

SESSION, EVENING = "lv-2018-01-19", "2018-01-19 21:30"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path / "work")


def case(root: Path, moment: str = EVENING) -> Case:
    return survey.gather_case(at_desk(root, moment))


def test_only_what_is_known_of_the_vote_is_kept(root: Path) -> None:
    """R14: two abstentions, nothing else; no yes count is computed from the seats."""
    record_decision(at_desk(root, EVENING), SESSION, "adopted", vote=Count(abstentions=2))

    (found,) = case(root).decisions
    assert (found.session, found.at, found.outcome) == (SESSION, at(EVENING), "adopted")
    assert (found.vote.yes, found.vote.no, found.vote.abstentions) == (None, None, 2)
    assert (found.notes, found.assumed) == ((), False)


def test_zero_votes_are_known_votes(root: Path) -> None:
    record_decision(at_desk(root, EVENING), SESSION, "adopted", vote=Count(yes=12, no=0))

    (found,) = case(root).decisions
    assert (found.vote.yes, found.vote.no, found.vote.abstentions) == (12, 0, None)


def test_the_points_of_the_discussion_come_from_the_folder(root: Path) -> None:
    """R75; they never pass through a form, and the journal itself does not hold them."""
    run = at_desk(root, EVENING)
    path = notes_file(run, run.plan.session(SESSION))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("- Gespräche sollen auch fragen, was gut läuft.\n\n  Mehr Zeit für Görlitz.  \n", encoding="utf-8")

    entry = record_decision(run, SESSION, "noted")

    assert path.relative_to(root).as_posix() == "sessions/2018-01-19/notizen.txt"
    assert case(root).decisions[0].notes == ("Gespräche sollen auch fragen, was gut läuft.", "Mehr Zeit für Görlitz.")
    assert "Görlitz" not in str(entry.facts)


def test_points_typed_in_an_old_editor_keep_their_letters(root: Path) -> None:
    run = at_desk(root, EVENING)
    path = notes_file(run, run.plan.session(SESSION))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("Mehr Zeit für Görlitz.\r\n".encode("cp1252"))
    record_decision(run, SESSION, "noted")
    assert case(root).decisions[0].notes == ("Mehr Zeit für Görlitz.",)

    path.write_bytes(b"PK\x03\x04" + bytes(range(32)) * 20)
    with pytest.raises(RecordError) as error:
        record_decision(run, SESSION, "adopted")
    assert error.value.text("de") == (
        "notizen.txt ist keine Textdatei. Eingetragen ist noch nichts. Bitte die Punkte der Aussprache als einfachen Text "
        "speichern, einen je Zeile."
    )
    assert [item.outcome for item in case(root).decisions] == ["noted"]


def test_the_same_decision_twice_is_one(root: Path) -> None:
    first = record_decision(at_desk(root, EVENING), SESSION, "noted", notes=["Gut."])
    again = record_decision(at_desk(root, "2018-01-20 09:00"), SESSION, "noted", notes=["Gut."])

    assert first == again
    assert len(case(root, "2018-01-21").decisions) == 1


def test_a_correction_corrected_back_is_the_latest_again(root: Path) -> None:
    """Returned by mistake and put right: the last word counts, though it was said before."""
    for hour, outcome in enumerate(("noted", "returned", "noted"), 21):
        record_decision(at_desk(root, f"2018-01-19 {hour}:00"), SESSION, outcome)

    found = case(root, "2018-01-20")
    assert [item.outcome for item in found.decisions] == ["noted", "returned", "noted"]
    latest = found.decision(SESSION)
    assert latest is not None
    assert latest.outcome == "noted"


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
            "lv-2018-01-19, lv-2018-03-09, lv-2018-04-13, lv-2018-05-18, lv-2018-06-29, lv-2018-08-17.",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    root: Path, moment: str, session: str, outcome: str, vote: Count, sentence: str
) -> None:
    with pytest.raises(RecordError) as error:
        record_decision(at_desk(root, moment), session, outcome, vote=vote)

    assert error.value.text("de") == sentence
    assert case(root).decisions == ()


def test_the_session_day_itself_is_early_enough(root: Path) -> None:
    assert record_decision(at_desk(root, "2018-01-19 00:00:00"), SESSION, "noted").kind == "decided"


def test_a_paper_without_a_sender_is_given_one(root: Path) -> None:
    """And given another, if the first was wrong."""
    put(root, "beitraege/zettel.txt", "Niemand ruft an.\n", at("2017-12-20 10:00"))
    survey.take_in(at_desk(root, "2017-12-21 07:00"))
    assert case(root, "2017-12-21 08:00").papers[0].sender is None

    for hour, actor in ((9, "Beisitz 3"), (10, "lv-beisitz-04")):
        sender(at_desk(root, f"2017-12-21 {hour:02d}:00"), "B01", actor)

    (paper,) = case(root, "2017-12-22").papers
    assert paper.sender is not None
    assert paper.sender.name == "Beisitz 4"


@pytest.mark.parametrize(
    ("paper", "actor", "key"),
    [("B02", "Beisitz 3", "steps.unknown_paper"), ("B01", "Beisitz 99", "steps.unknown_actor")],
)
def test_nobody_knows_that_paper_or_that_office(root: Path, paper: str, actor: str, key: str) -> None:
    put(root, "beitraege/zettel.txt", "Niemand ruft an.\n", at("2017-12-20 10:00"))
    survey.take_in(at_desk(root, "2017-12-21 07:00"))

    with pytest.raises(RecordError) as error:
        sender(at_desk(root, "2017-12-21 09:00"), paper, actor)
    assert error.value.key == key
