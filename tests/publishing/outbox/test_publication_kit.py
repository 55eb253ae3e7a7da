"""The publication kit: complete, harmless in every program, and silent about who sent what."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace

import msgspec

from staffelstab.phases.kinds.publication import published
from staffelstab.publishing.calendar.calendar_files import milestones, resubmission, timetable
from staffelstab.publishing.calendar.editions import editions
from staffelstab.publishing.outbox.publication_kit import milestone_csv, publication_kit
from staffelstab.submissions.case.contents import Case
from staffelstab.submissions.records.typed_records import Milestone
from staffelstab.timetable.plan.change import Change, RecordedChange
from tests.conftest import at
from tests.publishing.outbox.cases import ENTERED, example, whole_case
from tests.submissions.records.made import holding, record
from tests.year import PARTY


def kit(case: Case) -> dict[str, bytes]:
    return publication_kit(case, published(case, case.plan.phases[-1]).content)


def test_the_kit_holds_these_files_the_same_twice() -> None:
    case = whole_case("2018-09-14 07:00:00")
    files = kit(case)
    assert list(files) == [
        "meilensteine.csv",
        "was-sich-aendert.md",
        "timetable.ics",
        "milestones.ics",
        "resubmission.ics",
    ]
    assert files == kit(whole_case("2018-09-14 07:00:00"))
    own = (timetable(case.plan), milestones(case), resubmission(case.plan))
    assert (files["timetable.ics"], files["milestones.ics"], files["resubmission.ics"]) == own


def test_files_that_would_be_empty_are_left_out() -> None:
    case = Case(plan=msgspec.structs.replace(example(), language="en"), now=at("2018-08-01"))
    files = kit(case)
    assert list(files) == ["what-changes.md", "timetable.ics", "resubmission.ics"]
    assert files["what-changes.md"].endswith(b"Nothing has been recorded yet.\n")


def test_milestones_open_as_text_never_as_a_formula() -> None:
    data = kit(whole_case("2018-09-14 07:00:00"))["meilensteine.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")) == [
        ["Nummer", "Jahr", "Datum", "Titel", "Zuständig", "Erreicht, wenn", "Verbindlich"],
        ["M01", "2019", "2019-03-31", "'=HYPERLINK(1)", "Stadt- und Kreisverbände", "'@alle; -1", "ja"],
    ]


def test_milestones_stand_by_their_day_then_their_number_and_say_which_are_binding() -> None:
    case = holding(
        whole_case("2018-09-14 07:00:00"),
        milestone("M03", dt.date(2019, 3, 31), binding="no"),
        milestone("M02", dt.date(2019, 3, 31), binding="yes"),
        milestone("M01", dt.date(2020, 1, 31), binding="no"),
    )
    rows = csv.reader(io.StringIO(milestone_csv(case).decode("utf-8-sig"), newline=""), delimiter=";")
    assert [(row[0], row[2], row[6]) for row in rows][1:] == [
        ("M02", "2019-03-31", "ja"),
        ("M03", "2019-03-31", "nein"),
        ("M01", "2020-01-31", "nein"),
    ]


def milestone(number: str, date: dt.date, *, binding: str) -> Milestone:
    return record(Milestone, ENTERED, id=number, year=date.year, title="Etwas", date=date, binding=binding)


def test_calendars_in_the_kit_take_a_settled_day_for_the_same_entry() -> None:
    """Whoever has taken over the candidates sees one of them settled and the other go, for every edition is told."""
    case = whole_case("2018-09-14 07:00:00")
    assert case.plan.occasion is not None
    settled = Change(case.plan.occasion.id, "confirmed", dt.date(2019, 6, 14))
    known = editions(PARTY, [RecordedChange(settled, at("2018-06-01 10:00"), "landesvorstand")])
    plan = known[-1].plan
    case = replace(case, plan=plan)

    files = publication_kit(case, published(case, plan.phases[-1]).content, known)

    assert files["timetable.ics"] == timetable(plan, editions=known)
    assert files["resubmission.ics"] == resubmission(plan, editions=known)
    cancelled = [b"STATUS:CANCELLED" in files[name] for name in ("timetable.ics", "resubmission.ics")]
    assert cancelled == [True, True]
    assert b"STATUS:CANCELLED" not in timetable(plan) + resubmission(plan)


def test_what_changes_is_told_per_group_in_order_and_its_text_is_inert() -> None:
    assert (
        kit(whole_case("2018-09-14 07:00:00"))["was-sich-aendert.md"].decode()
        == r"""# Was sich ändert

Was der Beschluss für die einzelnen Gruppen bedeutet, in der Reihenfolge, in der sie es erfahren.

## Delegierte

\<script\>x\<\/script\> Ihr erfahrt es zuerst.

- Auf welchem Weg: Stand
- Wann: 25. August 2018
- Zuständig: Landesvorstand

## Mitglieder zwischen 35 und 60

Ohne \*Amt\* mitmachen.

- Wann: noch nicht festgelegt
"""
    )


def test_nothing_in_the_kit_says_who_sent_what_or_who_was_talked_to() -> None:
    text = b"".join(kit(whole_case("2018-09-14 07:00:00")).values()).decode()
    told = ["Beisitz", "Bautzen", "Doch, manche", "Es hängt an einer Person", "30. Januar 2018", "B01", "G01"]
    assert [words for words in told if words in text] == []
