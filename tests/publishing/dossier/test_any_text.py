"""Whatever text stands in a title, an idea, a need, a note or a paper: the dossier of every phase is printed in all formats."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from staffelstab.documents.rendering.render import FORMATS, printed
from staffelstab.phases.methods.codebook import Codebook
from staffelstab.phases.registry import PHASE_KINDS
from staffelstab.publishing.dossier.assemble import dossier
from staffelstab.submissions.case.contents import Case, Decision, Statement, Submission
from staffelstab.submissions.records.typed_records import Answer, Finding, Idea, Milestone, Need, Passage, Trial
from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Count
from tests.conftest import ROOT, at
from tests.submissions.records.made import holding

PLAN = load_plan(ROOT / "examples" / "mitgliederarbeit-2018")
CODEBOOK = Codebook.default(PLAN.language)
NOW = at("2018-06-20").astimezone(PLAN.zone)


ONCE_FATAL = ("Räume 🙂", "Stammtisch 欢迎", "𝗙𝗲𝘁𝘁 geschrieben", "x \u1fef", "a\u202eb \ud800\x00 Z" + "\u0338" * 99)


def case_of(text: str) -> Case:
    """A case in which people wrote this text wherever they can write."""
    plan = structs.replace(PLAN, title=text.strip() or "x")
    said = tuple(Statement(f"B01.{number}", part) for number, part in enumerate([text, f"{text}\n- {text}"], 1))
    paper = Submission(
        "a" * 8, "B01", "papers", at("2018-01-10"), "txt", "read", call=PLAN.calls[0].id, statements=said
    )
    session = PLAN.sessions[0]
    case = Case(
        plan, NOW, papers=(paper,), decisions=(Decision(session.id, at("2018-01-19"), "noted", Count(), (text,)),)
    )
    entered = at("2018-01-20")
    return holding(
        case,
        Need(entered=entered, unit="bautzen", role=PLAN.hearings[0].roles[0], need=text or "x", severity=3.0),
        Finding(entered=entered, id="F1", heading="bad", text=text, cause=text, category=text, sources=("B01.1", text)),
        Idea(entered=entered, id=text or "V1", title=text, text=text, effort=text, target=text, findings=("F1",)),
        Idea(entered=entered, id="V2", title=text, text=text, term="short"),
        Trial(
            entered=entered,
            id=text or "T1",
            idea=("V2",),
            place="bautzen",
            owner="bautzen",
            start=NOW.date(),
            hypothesis=text,
        ),
        Passage(entered=entered, id="K1", section=text, text=text),
        Answer(entered=entered, question="form", answer=text, reason=text),
        Milestone(entered=entered, id="M1", year=2019, title=text, owner="bautzen", date=NOW.date(), criterion=text),
    )


def assert_all_is_printed(text: str) -> None:
    case = case_of(text)
    for phase in case.plan.phases:
        report = PHASE_KINDS[phase.kind].survey(case, phase, CODEBOOK)
        done = printed(dossier(case, report, case.plan.session_of(phase), final=True))
        assert (list(done.files), done.missing, done.left_out) == (list(FORMATS), {}, {}), phase.kind


@pytest.mark.attack("C4")
@pytest.mark.parametrize("text", ONCE_FATAL)
def test_what_once_stopped_a_dossier_is_printed(text: str) -> None:
    assert_all_is_printed(text)


@pytest.mark.attack("C4")
@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=40))
def test_any_text_of_any_plane_is_printed(text: str) -> None:
    assert_all_is_printed(text)
