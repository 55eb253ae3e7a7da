"""A decision that was corrected: whoever reads of it learns that, when, and what stood there before."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from staffelstab.documents.rendering.templates import environment
from staffelstab.language import Language
from staffelstab.phases.gate import gate
from staffelstab.phases.kinds.publication import published
from staffelstab.publishing.artifacts.phase_overview import overview
from staffelstab.publishing.dossier.phrasing import Phrasing
from staffelstab.service import survey
from staffelstab.service.compile_dossier import compile_dossier
from staffelstab.service.decide import record_decision
from staffelstab.service.hand_off import hand_off
from staffelstab.simulation.story import happenings
from staffelstab.submissions.case.contents import Decision
from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Count
from staffelstab.workspace import find
from tests.conftest import at
from tests.publishing.outbox.cases import whole_case
from tests.service.small_folder import folder, put, run_at
from tests.year import CHOIR, DirectExecutor

SESSION = "lv-2018-01-19"
SENTENCE = (
    "Dieser Eintrag ist am 20. Januar 2018 berichtigt worden; vorher stand dort: zurückverwiesen (bei 2 Enthaltungen)."
)
FIRST = Decision(SESSION, at("2018-01-19 21:00"), "returned", Count(abstentions=2), met=dt.date(2018, 1, 19))
SECOND = replace(FIRST, at=at("2018-01-20 09:00"), outcome="discussed", vote=Count(), former=FIRST)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first session's paper was frozen and returned; on the next morning that is corrected."""
    made = folder(tmp_path_factory.mktemp("corrected") / "work")
    put(made, "beitraege/zettel.txt", "Von: Beisitz 3\n\nNiemand ruft an.\n", at("2018-01-11 10:00"))
    DirectExecutor().daily_pass(str(made), at("2018-01-17 07:00"))
    returned = run_at(made, "2018-01-19 21:00")
    record_decision(returned, SESSION, "returned", vote=Count(abstentions=2), notes=["Görlitz noch einmal fragen."])
    record_decision(run_at(made, "2018-01-20 09:00"), SESSION, "discussed", correction=True)
    return made


def plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def test_the_next_paper_says_it_and_repeats_the_points_of_the_discussion(root: Path) -> None:
    run = run_at(root, "2018-01-22 07:00", 1)
    case = survey.gather_case(run)

    compile_dossier(run, case, survey.survey_of(run, case))

    text = plain((root / "sessions/2018-03-09/dossier.md").read_text(encoding="utf-8"))
    assert f"sie wurde diskutiert. {SENTENCE}" in text
    assert "Görlitz noch einmal fragen." in text


def test_the_overview_says_it(root: Path) -> None:
    run = run_at(root, "2018-01-22 07:00", 0)
    case = survey.gather_case(run)
    found = survey.survey_of(run, case)

    assert f"die Vorlage steht fest. {SENTENCE}" in plain(overview(case, found, gate(case, run.of, found)))


def test_the_hand_over_holds_both(root: Path) -> None:
    run = run_at(root, "2018-01-22 07:00", 0)
    case = survey.gather_case(run)
    hand_off(run, case, survey.survey_of(run, case))

    decision = json.loads((root / "batons/0-call/data/decision.json").read_bytes())
    assert (decision["met"], decision["at"][:10], decision["outcome"]) == ("2018-01-19", "2018-01-20", "discussed")
    assert decision["notes"] == decision["corrects"]["notes"] == ["Görlitz noch einmal fragen."]
    assert (decision["corrects"]["outcome"], decision["corrects"]["vote"]["abstentions"]) == ("returned", 2)
    assert "corrects" not in decision["corrects"]


def test_the_story_tells_a_correction_apart(root: Path) -> None:
    run = run_at(root, "2018-01-22 07:00")
    with find(root).open(read_only=True) as ledger:
        told = [item.text for item in happenings(run.plan, ledger.entries("decided"))]

    assert told == [
        "Sitzung am 19. Januar 2018: zurückverwiesen.",
        "Sitzung am 19. Januar 2018, Eintrag berichtigt: diskutiert.",
    ]


def test_what_is_published_tells_the_day_of_the_session_all_votes_and_the_correction() -> None:
    """The 41 votes in favour were dropped; an adoption entered on the 20th was told as adopted on the 20th."""
    case = whole_case("2018-09-01")
    session = dt.date(2018, 8, 17)
    first = Decision("lv-2018-08-17", at("2018-08-17 22:40"), "adopted", Count(abstentions=3), met=session)
    latest = replace(first, at=at("2018-08-20 09:00"), vote=Count(yes=41, abstentions=2), former=first)
    case = replace(case, decisions=(first, latest))

    words = Language("de")
    text = (
        environment("de")
        .get_template("publication/concept.md.j2")
        .render(
            plan=case.plan,
            content=published(case, case.plan.phases[-1]).content,
            words=words,
            phrasing=Phrasing(case.plan),
        )
    )

    assert plain(text).lstrip().splitlines()[0] == (
        "Beschlossen am 17. August 2018 bei 41 Ja-Stimmen und 2 Enthaltungen. Dieser Eintrag ist am 20. August 2018 "
        "berichtigt worden; vorher stand dort: beschlossen (bei 3 Enthaltungen)."
    )


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        (FIRST, ""),
        (SECOND, SENTENCE),
        (
            replace(FIRST, at=at("2018-01-20 09:00"), notes=("Neu.",), former=FIRST),
            "Die Punkte aus der Aussprache sind am 20. Januar 2018 berichtigt worden.",
        ),
    ],
)
def test_a_correction_in_words(decision: Decision, sentence: str) -> None:
    assert Phrasing(whole_case("2018-01-21").plan).corrected(decision) == sentence


def test_a_correction_in_english() -> None:
    assert Phrasing(load_plan(CHOIR)).corrected(SECOND) == (
        "This entry was corrected on 20 January 2018; before, it read: referred back (2 abstentions)."
    )
