"""The role list: what a row says, what it would change, and that nothing is concluded from what it does not say."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import pytest

from staffelstab.errors import RecordError
from staffelstab.people.contact import Contact, is_mail_address
from staffelstab.people.holdings import holdings, resolve
from staffelstab.people.importing import compare, enter
from staffelstab.people.role_list import ListedRow, listed, template
from staffelstab.service.phase_run import Run, open_run
from staffelstab.service.role_lists import compare_list, enter_list, people_of, unreached
from staffelstab.submissions.records.sheets import RejectedRow
from staffelstab.workspace import create, find
from tests.conftest import at
from tests.year import CHOIR, PARTY

HEAD = ("Amt", "Rolle", "Name", "Anrede", "E-Mail", "Anschrift", "Weg", "Von", "Bis")
EVE = Contact("Eva Beispiel", "Frau Beispiel", "eva@example.org", ("Weg 1", "01067 Dresden"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return create(PARTY, tmp_path / "akte", now=at("2017-12-15 20:00")).root


def on(root: Path, moment: str = "2017-12-16 09:00") -> Run:
    return open_run(root, at(moment))


def rows(root: Path, *cells: tuple[str, ...]) -> list[ListedRow | RejectedRow]:
    """What rows say, each given as far as it goes."""
    table = [HEAD, *((*row, *[""] * (len(HEAD) - len(row))) for row in cells)]
    return [*listed(on(root).plan, [table])]


def row(actor: str, contact: Contact | None, since: dt.date | None = None, until: dt.date | None = None) -> ListedRow:
    return ListedRow(2, actor, contact, since, until)


def entered(root: Path, *given: ListedRow, moment: str = "2017-12-16 09:00") -> int:
    run = on(root, moment)
    with run.workspace.open() as ledger:
        changes = compare(holdings(ledger, run.now), given)
        return enter(ledger, changes, at=run.now, office=run.office, basis=ledger.newest().seq)


def test_a_row_says_who_holds_an_office_from_when_and_how_they_are_reached(root: Path) -> None:
    [found] = rows(
        root,
        (
            "Beisitz 1",
            "",
            "Eva Beispiel",
            "Frau Beispiel",
            "eva@example.org",
            "Weg 1; 01067 Dresden",
            "Brief",
            "1.1.2018",
        ),
    )
    wanted = Contact("Eva Beispiel", "Frau Beispiel", "eva@example.org", ("Weg 1", "01067 Dresden"), "post")
    assert found == ListedRow(2, "lv-beisitz-01", wanted, dt.date(2018, 1, 1), None)


def test_a_role_in_a_unit_is_an_office_of_its_own(root: Path) -> None:
    [found] = rows(root, ("Chemnitz", "Vorsitz", "Karl Klein"))
    assert isinstance(found, ListedRow)
    assert found.actor.endswith("/chair") or found.actor.count("/") == 1


def test_a_row_without_a_name_says_nothing_and_vacant_is_said_by_a_word(root: Path) -> None:
    [found] = rows(root, ("Beisitz 1",), ("Beisitz 2", "", "unbesetzt"))
    assert isinstance(found, ListedRow)
    assert (found.actor, found.contact) == ("lv-beisitz-02", None)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (("Beisitz 99", "", "Eva"), "actor"),
        (("Beisitz 1", "", "Eva", "", "eva@"), "mail_address"),
        (("Beisitz 1", "", "Eva", "", "eva@example.org, mallory@example.org"), "mail_address"),
        (("Beisitz 1", "", "Eva", "", "eva@example.org\r\nBcc: x@example.org"), "mail_address"),
        (("Beisitz 1", "", "", "", "eva@example.org"), "no_name"),
        (("Beisitz 1", "", "unbesetzt", "", "eva@example.org"), "no_name"),
        (("Beisitz 1", "", "Eva", "", "", ";".join("abcdefgh")), "post_lines"),
        (("Beisitz 1", "", "Eva", "", "", "", "Rohrpost"), "choice"),
        (("Beisitz 1", "", "Eva", "", "", "", "", "2.1.2018", "1.1.2018"), "until_before_since"),
        (("Chemnitz", "Kaiser", "Eva"), "role"),
    ],
)
def test_what_cannot_be_meant_is_named_by_its_row(root: Path, cells: tuple[str, ...], reason: str) -> None:
    [found] = rows(root, cells)
    assert isinstance(found, RejectedRow)
    assert (found.number, found.reason) == (2, reason)


def test_a_table_of_something_else_is_told(root: Path) -> None:
    [found] = listed(on(root).plan, [[("Obst", "Preis"), ("Äpfel", "2")]])
    assert isinstance(found, RejectedRow)
    assert found.reason == "no_role_list"


@pytest.mark.parametrize("place", [PARTY, CHOIR])
def test_the_template_holds_every_office_and_is_read_back_as_it_was_written(tmp_path: Path, place: Path) -> None:
    root = create(place, tmp_path / "akte", now=at("2017-12-15 20:00")).root
    plan = on(root).plan
    text = template(plan).decode("utf-8-sig")
    table = [tuple(cells) for cells in csv.reader(io.StringIO(text), delimiter=";" if plan.language == "de" else ",")]
    assert len(table) > 5
    assert [*listed(plan, [table])] == [], "nobody has said anything yet"
    office = next(office.id for office in plan.offices)
    entered(root, row(office, EVE, dt.date(2018, 1, 1)), row(plan.offices[-1].id, None))
    text = template(plan, people_of(on(root))).decode("utf-8-sig")
    table = [tuple(cells) for cells in csv.reader(io.StringIO(text), delimiter=";" if plan.language == "de" else ",")]
    again = [item for item in listed(plan, [table]) if isinstance(item, ListedRow)]
    assert {change.what for change in compare(people_of(on(root)), again)} == {"same"}


def test_a_cell_that_a_spreadsheet_would_calculate_is_text_in_the_template(root: Path) -> None:
    entered(root, row("lv-beisitz-01", Contact("=cmd|' /C calc'!A0", mail="x@example.org")))
    assert b";=cmd" not in template(on(root).plan, people_of(on(root)))


def test_a_preview_tells_new_changed_and_unlisted_and_nobody_goes_because_a_list_is_silent(root: Path) -> None:
    other = Contact("Otto Muster", mail="otto@example.org")
    entered(root, row("lv-beisitz-01", EVE), row("lv-beisitz-02", other))
    moved = Contact("Eva Beispiel", "Frau Beispiel", "eva.neu@example.org", EVE.post)
    found = compare(
        people_of(on(root)), [row("lv-beisitz-01", moved), row("lv-beisitz-02", EVE), row("lv-beisitz-03", other)]
    )
    assert [(change.what, change.actor, change.fields) for change in found] == [
        ("changed", "lv-beisitz-01", ("mail",)),
        ("new", "lv-beisitz-02", ()),
        ("new", "lv-beisitz-03", ()),
        ("unlisted", "lv-beisitz-02", ()),
    ]
    entered(root, row("lv-beisitz-01", moved))
    assert {item.actor for item in people_of(on(root))} == {"lv-beisitz-01", "lv-beisitz-02"}


def test_a_person_in_two_offices_is_one_person_and_stays_so_with_another_address(root: Path) -> None:
    entered(root, row("lv-beisitz-01", EVE))
    entered(root, row("lv-beisitz-02", EVE), moment="2017-12-17 09:00")
    one, other = people_of(on(root, "2017-12-18 09:00"))
    assert one.person == other.person != ""
    moved = Contact(EVE.name, EVE.salutation, "eva.neu@example.org", EVE.post)
    entered(root, row("lv-beisitz-01", moved), moment="2017-12-18 09:00")
    assert {item.person for item in people_of(on(root, "2017-12-19 09:00"))} == {one.person}


def test_offices_are_held_by_date_and_the_past_is_kept(root: Path) -> None:
    second = Contact("Otto Muster", mail="otto@example.org")
    entered(
        root,
        row("lv-beisitz-01", EVE, None, dt.date(2018, 3, 31)),
        row("lv-beisitz-01", second, dt.date(2018, 4, 1)),
    )
    known, plan = people_of(on(root)), on(root).plan
    for day, name in ((dt.date(2018, 3, 31), "Eva Beispiel"), (dt.date(2018, 4, 1), "Otto Muster")):
        people, missing = resolve(plan, known, ("lv-beisitz-01",), day)
        assert ([item.contact.name for item in people], missing) == ([name], ())
    entered(root, row("lv-beisitz-01", second, dt.date(2018, 5, 1)), moment="2018-04-02 09:00")
    assert people_of(on(root)) == known, "what was known on an earlier day stays known"


def test_groups_resolve_to_people_each_once_and_name_whom_nothing_reaches(root: Path) -> None:
    nowhere = Contact("Nora Niemand")
    entered(
        root,
        row("lv-beisitz-01", EVE),
        row("lv-beisitz-02", EVE),
        row("lv-beisitz-03", None),
        row("lv-beisitz-04", nowhere),
    )
    people, missing = resolve(on(root).plan, people_of(on(root)), ("landesvorstand",), dt.date(2018, 1, 1))
    assert [(item.contact.name, len(item.offices)) for item in people] == [("Eva Beispiel", 2)]
    why = {item.office.id: item.why for item in missing}
    assert (why["lv-beisitz-03"], why["lv-beisitz-04"], why["lv-beisitz-05"]) == ("vacant", "no_address", "unknown")


def test_a_unit_without_an_address_of_its_own_is_reached_through_those_who_hold_an_office_in_it(root: Path) -> None:
    [chair] = rows(root, ("Chemnitz", "Vorsitz", "Karl Klein", "", "karl@example.org"))
    assert isinstance(chair, ListedRow)
    entered(root, chair)
    unit = chair.actor.partition("/")[0]
    people, missing = resolve(on(root).plan, people_of(on(root)), (unit,), dt.date(2018, 1, 1))
    assert ([item.contact.name for item in people], missing) == (["Karl Klein"], ())


def test_a_list_is_entered_whole_or_not_at_all_and_not_after_somebody_else(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(
        "Amt;Name;E-Mail\nBeisitz 1;Eva Beispiel;eva@example.org\nBeisitz 2;Otto;kaputt\n", encoding="utf-8"
    )
    broken = compare_list(on(root), file)
    with pytest.raises(RecordError, match="rejected"):
        enter_list(on(root), broken)
    assert people_of(on(root)) == ()
    file.write_text("Amt;Name;E-Mail\nBeisitz 1;Eva Beispiel;eva@example.org\n", encoding="utf-8")
    seen = compare_list(on(root), file)
    entered(root, row("lv-beisitz-02", EVE))
    with pytest.raises(RecordError, match="meanwhile"):
        enter_list(on(root), seen)
    assert enter_list(on(root), compare_list(on(root), file)) == 1


def test_offices_that_will_be_written_to_and_cannot_be_reached_are_named(root: Path) -> None:
    run = on(root)
    before = unreached(run.plan, people_of(run), run)
    entered(root, row("lv-beisitz-01", EVE))
    after = unreached(run.plan, people_of(run), run)
    assert {item.office.id for item in before} - {item.office.id for item in after} == {"lv-beisitz-01"}


def test_names_and_addresses_can_be_erased_and_the_chain_holds(root: Path) -> None:
    entered(root, row("lv-beisitz-01", EVE))
    with find(root).open() as ledger:
        [entry] = ledger.entries("holder")
        assert entry.object is not None
        for subject in (entry.object, str(entry.facts["person"])):
            ledger.erase(subject, at=at("2017-12-17 09:00"), office="x", reason="asked")
        assert ledger.verify() == []
    assert b"eva@example.org" not in (root / "ledger.db").read_bytes()
    [holding] = people_of(on(root, "2017-12-18 09:00"))
    assert (holding.contact, holding.vacant) == (None, False)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("eva@example.org", True),
        ("e.v+a@sub.example.co.uk", True),
        ("eva", False),
        ("@example.org", False),
        ("eva@localhost", False),
        ("eva@exa mple.org", False),
        ("eva@example.org>", False),
        ("eva..b@example.org", False),
        ("Eva <eva@example.org>", False),
        ("eva@example.org\n", False),
        ("e" * 65 + "@example.org", False),
        ("evä@example.org", False),
    ],
)
def test_only_what_is_plainly_an_address_is_one(text: str, is_one: bool) -> None:
    assert is_mail_address(text) is is_one
