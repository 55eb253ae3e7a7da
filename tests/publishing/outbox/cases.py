"""Cases as the tests of letters need them, built by hand on the example plans."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from staffelstab.submissions.case.contents import Case, Decision, Frozen, Statement, Submission
from staffelstab.submissions.records.typed_records import Finding, GroupChange, Interview, Milestone, Passage, Record
from staffelstab.timetable.plan.actors import actors
from staffelstab.timetable.plan.load import load_plan
from staffelstab.timetable.plan.model import Count, Plan
from tests.conftest import ROOT, at
from tests.submissions.records.made import holding, record

EXAMPLES = ("mitgliederarbeit-2018", "choir-statute")


@cache
def example(name: str = EXAMPLES[0]) -> Plan:
    place = ROOT / "examples" / name / "plan.toml"
    if not place.is_file():
        pytest.skip(f"no examples/{name}")
    return load_plan(place)


def paper(
    ref: str,
    sender: str,
    arrived: str,
    *,
    call: str = "call-1",
    texts: tuple[str, ...] = ("Ein Satz.",),
    late: bool = False,
    newer: str = "",
) -> Submission:
    """A paper from an office; "" if nobody knows from whom. Without texts it could not be read."""
    return Submission(
        id=f"id-{ref}",
        ref=ref,
        source="papers",
        arrived=at(arrived),
        form="txt",
        status="read" if texts else "unreadable",
        call=call,
        late=late,
        newer=newer,
        sender=actors(example()).get(sender),
        statements=tuple(Statement(f"{ref}.{n}", text) for n, text in enumerate(texts, 1)),
    )


def minutes(ref: str, unit: str, role: str, held_on: dt.date) -> Submission:
    return Submission(
        id=f"id-{ref}",
        ref=ref,
        source="interviews",
        arrived=at("2018-02-05"),
        form="docx",
        status="read",
        unit=unit,
        role=role,
        held_on=held_on,
        sender=actors(example()).get(unit),
        statements=(Statement(f"{ref}.1", "Es hängt an einer Person."),),
    )


PAPERS = (
    paper("B01", "lv-beisitz-01", "2018-01-03 13:20:00", texts=("Niemand ruft an.", "Doch, manche.")),
    paper("B02", "", "2018-01-04 10:00:00"),
    paper("B03", "lv-beisitz-02", "2018-01-10 09:00:00", texts=(), newer="B04"),
    paper("B04", "lv-beisitz-02", "2018-01-11 09:00:00", texts=()),
    paper("B05", "lv-vorsitz", "2018-01-15 00:00:00", late=True),
)
MINUTES = (minutes("G01", "bautzen", "vorsitz", dt.date(2018, 1, 30)),)
ENTERED = at("2018-03-01 12:00:00")
RECORDS: tuple[Record, ...] = (
    record(
        Finding,
        ENTERED,
        id="F01",
        heading="bad",
        text="Niemand\nruft an.",
        implication="Anrufen.",
        sources=("B01.2", "B01.1", "G01.1"),
    ),
    record(Interview, ENTERED, unit="bautzen", role="vorsitz", status="held"),
    record(Interview, ENTERED, unit="dresden", role="kgf", status="held"),
    record(Interview, ENTERED, unit="leipzig", role="kgf", status="refused"),
    record(
        Passage,
        ENTERED,
        id="K01",
        section="Neumitglieder einbinden",
        text="Jedes neue Mitglied wird angerufen.",
        sources=("F01",),
    ),
    record(
        Passage, ENTERED, id="K02", section="rolle-lwz", text="Alle benennen eine Ansprechperson.", sources=("B04",)
    ),
    record(
        Milestone,
        ENTERED,
        id="M01",
        year=2019,
        title="=HYPERLINK(1)",
        owner="kreisverbaende",
        date=dt.date(2019, 3, 31),
        criterion="@alle; -1",
        binding="yes",
    ),
    record(GroupChange, ENTERED, group="Mitglieder zwischen 35 und 60", text="Ohne *Amt* mitmachen."),
    record(
        GroupChange,
        ENTERED,
        group="Delegierte",
        text="<script>x</script> Ihr erfahrt es zuerst.",
        channel="Stand",
        owner="landesvorstand",
        date=dt.date(2018, 8, 25),
    ),
)
FROZEN = tuple(
    Frozen(session, at(moment), {"docx": "1", "md": "2", "odt": "3", "pdf": "4"}, {})
    for session, moment in (("lv-2018-01-19", "2018-01-17 07:00:00"), ("lv-2018-04-13", "2018-04-06 07:00:00"))
)
ADOPTED = Decision("lv-2018-08-17", at("2018-08-17 22:40:00"), "adopted", Count(abstentions=3))


def whole_case(now: str) -> Case:
    """Everything above as far as it had happened by `now`."""
    moment = at(now)
    case = Case(
        plan=example(),
        now=moment,
        papers=tuple(item for item in PAPERS if item.arrived <= moment),
        minutes=tuple(item for item in MINUTES if item.arrived <= moment),
        frozen=tuple(item for item in FROZEN if item.at <= moment),
        decisions=(ADOPTED,) if ADOPTED.at <= moment else (),
    )
    return holding(case, *(record for record in RECORDS if record.entered <= moment))
