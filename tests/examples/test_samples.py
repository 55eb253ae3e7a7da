"""The samples of both examples: all listed, small, readable by the catalogue, and their references lead somewhere."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from collections import Counter

import pytest

from staffelstab.submissions.records.record_kinds import Field
from staffelstab.timetable.plan.actors import find_actor, find_role, find_unit
from tests.examples.samples import EXAMPLES, SHEETS, Example, Row

PARTY = Example(EXAMPLES / "mitgliederarbeit-2018")
CHOIR = Example(EXAMPLES / "choir-statute")
BOTH = pytest.mark.parametrize("example", [PARTY, CHOIR], ids=["party", "choir"])

DANGLING = {PARTY: {"G21.1"}, CHOIR: {"P19.1"}}
OUTCOMES = {"noted", "discussed", "adopted", "returned"}


@BOTH
def test_every_file_is_listed_and_every_listed_file_is_there(example: Example) -> None:
    files = {path.relative_to(example.inbox).as_posix() for path in example.inbox.rglob("*") if path.is_file()}
    assert set(example.arrivals()) == files
    assert all(unicodedata.is_normalized("NFC", path) for path in files)


@BOTH
def test_the_table_of_arrivals_is_in_order(example: Example) -> None:
    arrivals = list(example.arrivals().items())
    assert arrivals == sorted(arrivals, key=lambda entry: (entry[1], entry[0]))
    assert arrivals[0][1].date() > example.plan.resolution.date


@BOTH
def test_the_samples_are_small(example: Example) -> None:
    sizes = [path.stat().st_size for path in example.inbox.rglob("*") if path.is_file()]
    assert max(sizes) <= 200_000
    assert sum(sizes) <= 1_500_000


@BOTH
def test_every_heading_and_every_choice_is_in_the_catalogue(example: Example) -> None:
    for sheet in example.sheets():
        assert {field.name for field in sheet.kind.fields if field.required} <= set(sheet.rows[0]), sheet.path
        for row in sheet.rows:
            for field in sheet.kind.fields:
                assert fault(example, field, row) == "", (sheet.path, row)


def fault(example: Example, field: Field, row: Row) -> str:
    """What is wrong with a row's cell, or nothing."""
    value = row.get(field.name, "")
    if not value:
        return f"{field.name} is empty" if field.required else ""
    if field.choices:
        known = [word for choice in field.choices for word in example.spellings(f"records.choices.{choice}")]
        return "" if value in known else f"{value} is no choice of {field.name}"
    if field.type in {"date", "number"}:
        (dt.date.fromisoformat if field.type == "date" else int)(value)
    missing = {
        "unit": lambda: find_unit(example.plan, value) is None,
        "actor": lambda: find_actor(example.plan, value) is None,
        "actors": lambda: any(find_actor(example.plan, name.strip()) is None for name in value.split(";")),
    }.get(field.type, lambda: field.name == "role" and find_role(example.plan, value) is None)()
    return f"{value} is not in the plan" if missing else ""


@BOTH
def test_references_lead_to_a_paragraph_or_a_record_but_for_one(example: Example) -> None:
    texts = example.texts()
    arrivals = example.arrivals()
    lengths = {number: example.paragraphs(path) for number, path in texts.items()}
    records = {row["id"] for sheet in example.sheets() for row in sheet.rows if "id" in row}
    nowhere = set()
    for sheet in example.sheets():
        for reference in references(sheet.kind.fields, sheet.rows):
            number, _, paragraph = reference.partition(".")
            if number in texts:
                found = lengths[number]
                assert arrivals[texts[number]] < sheet.arrived, (sheet.path, reference)
                assert found is None or not paragraph or int(paragraph) <= len(found), (sheet.path, reference)
            elif number not in records:
                nowhere.add(reference)
    assert nowhere == DANGLING[example]


def references(fields: tuple[Field, ...], rows: tuple[Row, ...]) -> set[str]:
    """Every number that the columns for references mention."""
    columns = [field.name for field in fields if field.type == "references"]
    cells = [row.get(column, "") for row in rows for column in columns]
    found = {reference.strip() for cell in cells for reference in cell.split(";") if reference.strip()}
    assert all(re.fullmatch(r"[A-Z]\d\d(\.[1-9]\d*)?", reference) for reference in found)
    return found


@BOTH
def test_whoever_sends_a_paper_is_in_the_plan(example: Example) -> None:
    unsigned = []
    for number, path in example.texts().items():
        said = example.said_on_top(path)
        if not said and path.endswith(".txt"):
            unsigned.append(number)
        for name, value in said.items():
            if name in example.spellings("records.headers.role"):
                assert find_role(example.plan, value), (path, value)
            elif name in example.spellings("records.headers.date"):
                assert dt.date.fromisoformat(value) <= example.arrivals()[path].date()
            else:
                assert find_actor(example.plan, value), (path, value)
    assert unsigned == {PARTY: ["B09", "B21"], CHOIR: ["P07"]}[example]


@BOTH
def test_every_quote_of_the_plan_is_verbatim(example: Example) -> None:
    resolution = tidy((example.root / "resolution.txt").read_text(encoding="utf-8"))
    plan = tomllib.loads((example.root / "plan.toml").read_text(encoding="utf-8"))
    assert [quote for quote in quotes(plan) if tidy(quote) not in resolution] == []


def quotes(node: object) -> list[str]:
    """Every `quote` of a plan file, however deep."""
    if isinstance(node, list):
        return [quote for item in node for quote in quotes(item)]
    if isinstance(node, dict):
        deeper = [quote for value in node.values() for quote in quotes(value)]
        return [node["quote"], *deeper] if "quote" in node else deeper
    return []


def tidy(text: str) -> str:
    """Text with white space made one blank."""
    return " ".join(text.split())


@BOTH
def test_each_session_decides_on_its_own_day(example: Example) -> None:
    decisions = tomllib.loads((example.root / "decisions.toml").read_text(encoding="utf-8"))["decisions"]
    days = {decision["session"]: decision["at"].date() for decision in decisions}
    assert days == {session.id: session.date.date for session in example.plan.sessions}
    assert {decision["outcome"] for decision in decisions} <= OUTCOMES
    assert decisions[-1]["outcome"] == "adopted"


def test_the_codebooks_can_be_read() -> None:
    from staffelstab.phases.methods.codebook import Codebook

    for example in (PARTY, CHOIR):
        assert Codebook.load(example.root / example.plan.codebook).categories


# -- what the first example is meant to show -----------------------------------------------------------------------------


def test_one_paper_comes_in_the_last_second_one_in_the_next_and_one_twice() -> None:
    arrivals = PARTY.arrivals()
    assert [path for path, at in arrivals.items() if str(at) in {"2018-01-14 23:59:59", "2018-01-15 00:00:00"}] == [
        "beitraege/stichpunkte.txt",
        "beitraege/papier-beisitz-12.pdf",
    ]
    contents = Counter((PARTY.inbox / path).read_bytes() for path in arrivals)
    assert sorted(contents.values())[-2:] == [1, 2]


def test_every_form_of_paper_is_there() -> None:
    forms = {path.rpartition(".")[2] for path in PARTY.arrivals() if path.startswith("beitraege/")}
    assert forms == {"docx", "eml", "html", "jpg", "md", "odt", "pdf", "rtf", "txt"}
    assert {path.rpartition(".")[2] for path in PARTY.arrivals()} - forms == {name.lstrip(".") for name in SHEETS}


def test_the_interviews_by_march_are_as_the_readme_says() -> None:
    districts = {unit.name for unit in PARTY.plan.groups[0].units}
    rows = [row for sheet in PARTY.sheets() if sheet.kind.name == "interviews" for row in sheet.rows]
    seats = {(row["unit"], row["role"]): row["status"] for row in rows}
    counts = Counter(status for (unit, _), status in seats.items() if unit in districts)
    assert counts == {
        "geführt": 26,
        "unbesetzt": 3,
        "abgelehnt": 2,
        "keine Antwort": 3,
        "angefragt": 2,
        "verabredet": 1,
    }
    counts = Counter(status for (unit, _), status in seats.items() if unit not in districts)
    assert counts == {"geführt": 4, "abgelehnt": 1, "keine Antwort": 1}


def test_only_in_nordsachsen_the_figures_do_not_add_up() -> None:
    rows = next(sheet.rows for sheet in PARTY.sheets() if sheet.kind.name == "figures")
    members = {(row["unit"], int(row["year"])): int(row["members"]) for row in rows}
    wrong = {
        (row["unit"], row["year"])
        for row in rows
        if (before := members.get((row["unit"], int(row["year"]) - 1))) is not None
        and before + int(row["joined"]) - int(row["left"]) != int(row["members"])
    }
    assert wrong == {("Nordsachsen", "2017")}
    assert len(rows) == 13 * 3 - 2


def test_the_fund_for_fares_is_wanted_by_all_but_only_in_june() -> None:
    latest: dict[str, dict[str, str]] = {}
    history = []
    for sheet in PARTY.sheets():
        if sheet.kind.name == "positions":
            for row in sheet.rows:
                latest.setdefault(row["idea"], {})[row["actor"]] = row["position"]
            history.append({idea: set(positions.values()) for idea, positions in latest.items()})
    may, june = history
    assert may == {
        "V04": {"dafür", "nicht gehört"},
        "V07": {"dafür", "dagegen", "nicht gehört"},
        "V10": {"dafür", "nicht gehört"},
    }
    assert june == may | {"V04": {"dafür"}}
