"""What comes in during a rehearsal, and mistakes in its lists said in a sentence."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from staffelstab.errors import RecordError
from staffelstab.simulation.inputs import deliveries, papers, verdicts
from staffelstab.timetable.plan.load import load_plan
from tests.conftest import at
from tests.year import PARTY

PLAN = load_plan(PARTY)


def test_every_file_of_the_inbox_arrives_once() -> None:
    found = deliveries(PLAN, PARTY)
    files = {path.relative_to(PARTY / "inbox").as_posix() for path in (PARTY / "inbox").rglob("*") if path.is_file()}

    assert {item.path for item in found} == files
    assert len(found) == len(files)
    assert [item.at for item in found] == sorted(item.at for item in found)
    assert next(item.at for item in found if item.path == "beitraege/stichpunkte.txt") == at("2018-01-14 23:59:59")


def test_decisions_as_written_nothing_added() -> None:
    found = {item.session.id: item for item in verdicts(PLAN, PARTY)}

    assert [item.outcome for item in found.values()] == [
        "noted",
        "discussed",
        "discussed",
        "discussed",
        "noted",
        "adopted",
    ]
    last = found["lv-2018-08-17"]
    assert (last.vote.yes, last.vote.no, last.vote.abstentions, last.assumed) == (None, None, 3, False)


def test_what_nobody_wrote_down_is_assumed_and_marked(tmp_path: Path) -> None:
    found = verdicts(PLAN, tmp_path)

    assert [(item.outcome, item.assumed) for item in found] == [
        ("noted", True),
        ("discussed", True),
        ("discussed", True),
        ("discussed", True),
        ("noted", True),
        ("adopted", True),
    ]
    assert {item.vote.yes for item in found} == {None}


def test_a_folder_of_papers_comes_in_on_the_day_after_the_call(tmp_path: Path) -> None:
    (tmp_path / "tief").mkdir()
    (tmp_path / "b.txt").write_text("B")
    (tmp_path / "tief" / "a.txt").write_text("A")
    (tmp_path / "link.txt").symlink_to(tmp_path / "b.txt")

    found = papers(PLAN, tmp_path)

    assert [(item.path, item.at, item.content) for item in found] == [
        ("beitraege/b.txt", at("2017-12-16 12:00"), b"B"),
        ("beitraege/tief/a.txt", at("2017-12-16 12:00"), b"A"),
    ]


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(RecordError) as error:
        papers(PLAN, Path("gibt-es-nicht"))
    assert error.value.text("de") == "Den Ordner gibt-es-nicht mit Beiträgen gibt es nicht. Verändert wurde nichts."


HEAD = "arrivals.csv: Die erste Zeile muss „Datei;Eingang“ lauten. Gespielt wurde noch nichts."
ROW = (
    "arrivals.csv, Zeile 2: „{path}“ fehlt unter inbox, oder die Zeit ist nicht zu verstehen (2018-01-14 23:59:59). "
    "Gespielt wurde noch nichts."
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Pfad;Zeit\nbeitraege/a.txt;2018-01-01 10:00:00\n", HEAD),
        ("Datei;Eingang\nbeitraege/fehlt.txt;2018-01-01 10:00:00\n", ROW.format(path="beitraege/fehlt.txt")),
        ("Datei;Eingang\nbeitraege/a.txt;gestern\n", ROW.format(path="beitraege/a.txt")),
    ],
)
def test_a_list_of_arrivals_that_does_not_fit_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "inbox" / "beitraege").mkdir(parents=True)
    (tmp_path / "inbox" / "beitraege" / "a.txt").write_text("A")
    (tmp_path / "arrivals.csv").write_text(text)

    with pytest.raises(RecordError) as error:
        deliveries(PLAN, tmp_path)
    assert error.value.text("de") == said


@pytest.mark.parametrize(
    "row",
    [
        'session = "lv-2018-01-19"\nat = 2018-01-19T21:30:00\noutcome = "gelobt"',
        'session = "lv-2018-01-20"\nat = 2018-01-19T21:30:00\noutcome = "noted"',
        'session = "lv-2018-01-19"\noutcome = "noted"',
        'session = "lv-2018-01-19"\nat = "abends"\noutcome = "noted"',
        'session = "lv-2018-01-19"\nat = 2018-01-19T21:30:00\noutcome = "noted"\nvote = { yes = "viele" }',
        'session = "lv-2018-01-19"\nat = 2018-01-19T21:30:00\noutcome = "noted"\nvote = { ja = 3 }',
        'session = "lv-2018-01-19"\nat = 2018-01-19T21:30:00\noutcome = "noted"\nnotes = "einer"',
        "session = [",
    ],
)
def test_decisions_that_cannot_be_understood(tmp_path: Path, row: str) -> None:
    (tmp_path / "decisions.toml").write_text(f"[[decisions]]\n{row}\n")

    with pytest.raises(RecordError) as error:
        verdicts(PLAN, tmp_path)
    assert error.value.key == "rehearsal.decisions"


@pytest.mark.attack("FUZZ")
@pytest.mark.parametrize(
    "text", [f"a = {'1' * 5_000}", f"{'a.' * 200_000}a = 1", f"a = {'[' * 50_000}", "a = 0000-01-01"]
)
def test_decisions_that_no_program_should_try_to_understand(tmp_path: Path, text: str) -> None:
    begun = time.process_time()
    test_decisions_that_cannot_be_understood(tmp_path, text)
    assert time.process_time() - begun < 5
