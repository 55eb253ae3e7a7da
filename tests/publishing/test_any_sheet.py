"""Whatever the cells of a sheet hold: rows are taken or refused, and nothing that is made of them fails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from staffelstab.phases.gate import gate
from staffelstab.phases.kinds.publication import PublicationContent
from staffelstab.phases.methods.codebook import Codebook
from staffelstab.phases.registry import PHASE_KINDS
from staffelstab.publishing.artifacts.phase_overview import overview
from staffelstab.publishing.dossier.annex import annex
from staffelstab.publishing.dossier.assemble import dossier
from staffelstab.publishing.outbox.due_letters import due_letters
from staffelstab.publishing.outbox.mail_draft import as_eml
from staffelstab.publishing.outbox.publication_kit import publication_kit
from staffelstab.submissions.case.contents import Case, Decision
from staffelstab.submissions.records.record_kinds import RECORDS, RecordKind
from staffelstab.submissions.records.sheets import RejectedRow, Row, choice, heading, role_of, rows
from staffelstab.submissions.records.typed_records import Record
from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Count
from tests.conftest import ROOT, at
from tests.submissions.records.made import holding

PLAN = load_plan(ROOT / "examples" / "mitgliederarbeit-2018")
CODEBOOK = Codebook.default(PLAN.language)
ADOPTED = tuple(Decision(item.id, at("2018-12-01"), "adopted", Count()) for item in PLAN.sessions)
DAYS = ("31.12.9999", "01.01.0001", "1.1.1900", "31.12.2999", "23.01.2018", "0000-00-00", "2018-02-30")
NUMBERS = ("1e999", "nan", "-0", "999999999999999", "1000000000", "-1000000000", "3,5", "0", "1900", "2999", "inf")
ODD = (
    "",
    " ",
    "x" * 30_000,
    "x" * 201,
    "🙂",
    "B01",
    "B01.1; V01; G09",
    "V01",
    "V" * 200,
    "\u202e",
    "\x00",
    "=1+1",
    "Z\u0338" * 50,
)
ACTORS = ("Landesvorstand", "Bautzen", "Vorsitz", "Beisitz 3", "Niemand")


def good(kind: RecordKind, name: str) -> st.SearchStrategy[str]:
    """Cells that are likely to be understood."""
    item = kind.field(name)
    chosen: dict[str, Sequence[str]] = {
        "choice": [choice(PLAN.words, word) for word in item.choices],
        "date": ["23.01.2018", "31.12.2999", "1.1.1900"],
        "number": ["1", "2018", "2999", "3,5", "1000000000", "-1000000000"],
        "actor": ["Landesvorstand", "Bautzen"],
        "actors": ["Landesvorstand", "Bautzen; Landesvorstand"],
        "unit": ["Bautzen", "Leipzig"],
        "references": ["B01", "V01", "V01; B01.1"],
        "text": ["V01", "Räume", "Vorsitz", "🙂 " * 60],
    }
    return st.sampled_from(chosen[item.type])


def cells(kind: RecordKind, name: str) -> st.SearchStrategy[str]:
    anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)
    odd = st.sampled_from((*DAYS, *NUMBERS, *ODD, *ACTORS)) | anything
    return st.one_of(good(kind, name), good(kind, name), good(kind, name), odd)


@st.composite
def sheets(draw: st.DrawFn) -> list[Record]:
    """Rows of every kind of sheet, as far as they were taken."""
    made: list[Record] = []
    for kind in RECORDS.values():
        names = [item.name for item in kind.fields]
        head = [heading(PLAN.words, name) for name in names]
        body = draw(st.lists(st.tuples(*(cells(kind, name) for name in names)), max_size=2))
        for row in rows(kind, [head, *map(list, body)], PLAN):
            taken = role_of(PLAN, row) if isinstance(row, Row) and "role" in row.values else row
            assert isinstance(taken, RejectedRow | Row)
            if isinstance(taken, Row):
                made.append(kind.record(taken.values, at("2018-01-20")))
    return made


@pytest.mark.attack("H7", "C4")
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets(), st.sampled_from(["2018-01-20", "2018-06-01", "2018-12-20"]))
def test_no_cell_of_a_sheet_makes_reports_dossiers_letters_or_calendars_fail(made: list[Record], moment: str) -> None:
    case = holding(Case(PLAN, at(moment).astimezone(PLAN.zone), decisions=ADOPTED), *made)
    for phase in PLAN.phases:
        report = PHASE_KINDS[phase.kind].survey(case, phase, CODEBOOK)
        state = gate(case, phase, report)
        assert overview(case, report, state)
        annex(report)
        assert dossier(case, report, PLAN.session_of(phase), final=True).markdown
        if isinstance(report.content, PublicationContent):
            assert publication_kit(case, report.content)
    for letter in due_letters(case):
        assert as_eml(letter, PLAN, case.now)


def test_the_day_it_is_tested_on_is_one_of_the_plan() -> None:
    assert PLAN.starts(PLAN.phases[0].start.day) < at("2018-01-20") + dt.timedelta(days=30)
