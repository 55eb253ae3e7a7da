"""Hand-off: seven bags, one chain, once each, and what the next phase does with a damaged one (R22, U7)."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commands.main import main
from staffelstab.documents.rendering.spreadsheet import as_csv
from staffelstab.errors import BatonError
from staffelstab.publishing.baton.checking import verify_chain
from staffelstab.service import hand_off, pass_work, survey
from staffelstab.service.phase_run import Run, begin, open_run
from staffelstab.timetable.plan.load import load_plan
from tests.conftest import at, require
from tests.documents.rendering.extract import pdf_text
from tests.service.small_folder import put
from tests.year import CHOIR, THE_YEAR, DirectExecutor, Year, copy_of, played

pytestmark = THE_YEAR

AFTER_ALL = at("2019-10-01 08:00")
KINDS = ["call", "analysis", "synthesis", "ideas", "trials", "finalisation", "publication"]


def test_seven_batons_verify_as_one_chain(year: Year) -> None:
    chain = verify_chain(year.root / "batons")

    assert [(baton.number, baton.kind) for baton in chain] == list(enumerate(KINDS))
    with year.workspace.open(read_only=True) as ledger:
        handed = ledger.entries("handed_over")
    assert [entry.facts["hash"] for entry in handed] == [baton.hash for baton in chain]


@require("sha256sum")
def test_sha256sum_finds_nothing_wrong(year: Year) -> None:
    """A successor needs none of our software."""
    for bag in sorted((year.root / "batons").iterdir()):
        for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
            done = subprocess.run(
                ["sha256sum", "--check", "--strict", manifest], cwd=bag, capture_output=True, text=True, check=False
            )
            assert (bag.name, done.returncode, done.stderr) == (bag.name, 0, "")


def test_the_reference_implementation_of_bagit_agrees(year: Year) -> None:
    bags = sorted((year.root / "batons").iterdir())
    done = subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", *bags], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stderr.count("is valid") == 7


def test_a_baton_holds_the_frozen_paper_the_tables_and_the_decision(year: Year) -> None:
    data = year.root / "batons" / "5-finalisation" / "data"
    session = year.root / "sessions" / "2018-08-17"

    assert sorted(path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()) == [
        "LIESMICH.txt", "decision.json",
        "dossier/dossier.docx", "dossier/dossier.html", "dossier/dossier.md", "dossier/dossier.odt", "dossier/dossier.pdf",
        "dossier/dossier.timetable.svg",
        "figures.json", "notes.json", "plan.toml",
        "tables/concept.csv", "tables/conditions.csv", "tables/ideas.csv", "tables/verdicts.csv",
    ]  # fmt: skip
    assert {path.name: path.read_bytes() for path in (data / "dossier").iterdir()} == {
        path.name: path.read_bytes() for path in session.glob("dossier.*")
    }
    assert (data / "plan.toml").read_bytes() == (year.root / "plan.toml").read_bytes()


def test_the_decision_in_the_baton_invents_no_votes(year: Year) -> None:
    """R14: three abstentions are known; yes and no are null."""
    decision = json.loads((year.root / "batons" / "5-finalisation" / "data" / "decision.json").read_bytes())

    assert (decision["outcome"], decision["assumed"]) == ("adopted", False)
    assert decision["vote"] == {"abstentions": 3, "no": None, "yes": None}


def test_debts_travel_along(year: Year) -> None:
    """R109: eight talks were missing when the board had discussed the analysis; the baton says so, the ledger counts it."""
    with year.workspace.open(read_only=True) as ledger:
        debts = {entry.facts["number"]: entry.facts["debts"] for entry in ledger.entries("handed_over")}
    notes = json.loads((year.root / "batons" / "1-analysis" / "data" / "notes.json").read_bytes())

    assert debts == {0: 0, 1: 1, 2: 0, 3: 0, 4: 0, 5: 1, 6: 0}
    assert [note["text"] for note in notes if note["level"] == "block"] == [
        "Gespräche in den Stadt- und Kreisverbänden: 8 von 39 Gesprächen stehen noch aus."
    ]


def test_handing_over_again_does_nothing(year: Year) -> None:
    run = open_run(year.root, AFTER_ALL)
    with year.workspace.open(read_only=True) as ledger:
        head = ledger.head()

    for phase in year.plan.phases:
        again = Run(run.workspace, run.plan, run.now, phase)
        case = survey.gather_case(again)
        done = hand_off.hand_off(again, case, survey.survey_of(again, case))
        assert (done.gate.state, done.baton, done.now) == ("handed_over", None, None)

    with year.workspace.open(read_only=True) as ledger:
        assert ledger.head() == head


def test_a_damaged_baton_stops_the_next_phase_with_a_clear_sentence(year: Year, tmp_path: Path) -> None:
    other = copy_of(year, tmp_path / "copy")
    damaged = other.root / "batons" / "0-call" / "data" / "dossier" / "dossier.md"
    damaged.write_bytes(damaged.read_bytes() + b" ")

    with pytest.raises(BatonError) as error:
        begin(other.root, 1, AFTER_ALL)

    assert "data/dossier/dossier.md" in error.value.text("de")
    assert "0-call" in error.value.text("de")
    assert begin(other.root, 2, AFTER_ALL).of.kind == "synthesis"


def test_a_missing_baton_stops_the_next_phase(year: Year, tmp_path: Path) -> None:
    other = copy_of(year, tmp_path / "copy")
    shutil.rmtree(other.root / "batons" / "0-call")

    with pytest.raises(BatonError) as error:
        begin(other.root, 1, AFTER_ALL)
    assert error.value.key == "baton.missing"


def test_an_intact_baton_from_elsewhere_is_not_ours(year: Year, tmp_path: Path) -> None:
    """A bag in perfect order that is not the one the ledger knows."""
    other = copy_of(year, tmp_path / "copy")
    shutil.rmtree(other.root / "batons" / "0-call")
    shutil.copytree(other.root / "batons" / "1-analysis", other.root / "batons" / "0-call")

    with pytest.raises(BatonError) as error:
        begin(other.root, 1, AFTER_ALL)
    assert error.value.key == "steps.foreign_baton"
    assert "0-call" in error.value.text("de")


def test_a_phase_the_plan_does_not_have(year: Year) -> None:
    with pytest.raises(BatonError) as error:
        begin(year.root, 7, AFTER_ALL)
    assert error.value.text("de") == "Eine Phase 7 gibt es im Zeitplan nicht. Verändert wurde nichts."


@pytest.fixture(scope="module")
def table(choir: Year, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The choir's folder two days before its first phase hands over."""
    return played(choir.place, tmp_path_factory.mktemp("eve") / "table", at("2025-11-29").date()).root


@pytest.mark.parametrize("again", ["2025-12-01 07:00", "2025-12-04 07:00"])
def test_sealed_and_then_killed_gives_the_same_bag_however_late(
    choir: Year, table: Path, tmp_path: Path, again: str
) -> None:
    """The moment of hand-over is entered first; the bag is made of what was known then, whatever came in between.

    A run that Prefect repeats is about the same moment as before.
    """
    now = at("2025-12-01 07:00", choir.plan.zone)
    phase = choir.plan.phase(1)
    at_once = handed_over(shutil.copytree(table, tmp_path / "at-once"), now, phase.number)

    later = shutil.copytree(table, tmp_path / "later")
    run = open_run(later, now)
    with run.workspace.open() as ledger:
        ledger.append("sealed", at=now, office=run.office, phase=phase.id, key="sealed:1", facts={"debts": 0})
    path = later / "inbox" / "papers" / "one-more.txt"
    path.write_text("From: Customs House Chorale\n\nOne more thing.\n")
    then = at(again, choir.plan.zone)
    os.utime(path, (then.timestamp() - 60, then.timestamp() - 60))
    assert survey.take_in(open_run(later, then)).new == 1

    assert handed_over(later, then, phase.number) == at_once


def handed_over(root: Path, now: dt.datetime, phase: int) -> dict[str, bytes]:
    """The files of the bag that a phase hands over at `now`."""
    run = begin(root, phase, now)
    case = survey.gather_case(run)
    done = hand_off.hand_off(run, case, survey.survey_of(run, case))
    assert done.baton is not None
    bag = done.baton.path
    return {path.relative_to(bag).as_posix(): path.read_bytes() for path in bag.rglob("*") if path.is_file()}


@pytest.mark.parametrize("cell", ["=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1", " =1+1", "\n=1"])
def test_tables_hold_no_formula(cell: str) -> None:
    """Reliability case 12: a spreadsheet takes nothing for a formula; the text itself can still be read."""
    (row,) = csv.reader(io.StringIO(as_csv(((cell, "harmlos"),)).decode("utf-8-sig"), newline=""))

    assert row == [f"'{cell}", "harmlos"]


PRINTER = "staffelstab.documents.rendering.typeset.STANDARDS"


@pytest.fixture
def eve(tmp_path: Path) -> Path:
    """The choir's folder on the eve of its first hand-over: a phase that no session treats, its draft printed in all formats."""
    return played(CHOIR, tmp_path / "folder", at("2025-11-29").date(), drafts=True).root


def reported(root: Path) -> dict[str, bytes]:
    """The files of the first phase's report."""
    return {path.name: path.read_bytes() for path in (root / "reports/1-call").glob("dossier.*")}


@pytest.mark.attack("C4")
def test_a_report_handed_over_without_a_format_gets_it_beside_the_baton_later(
    eve: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was handed over stays as it is, and what came in later does not get into it."""
    assert "dossier.pdf" in reported(eve)
    passes = DirectExecutor(printed=True)
    with monkeypatch.context() as broken:
        broken.setattr(PRINTER, ["no such standard"])
        passes.daily_pass(str(eve), at("2025-12-01 07:00"))
    handed = bag(eve)
    assert sorted(reported(eve)) == [f"dossier.{ending}" for ending in ("docx", "html", "md", "odt", "timetable.svg")]
    put(eve, "papers/one-more.txt", "From: Customs House Chorale\n\nOne more thing.\n", at("2025-12-01 10:00"))

    passes.daily_pass(str(eve), at("2025-12-02 07:00"))

    added = reported(eve).keys() - {name.rpartition("/")[2] for name in handed}
    assert added == {"dossier.pdf"}
    assert "One more thing" not in pdf_text(reported(eve)["dossier.pdf"])
    assert bag(eve) == handed
    assert {name: data for name, data in reported(eve).items() if name not in added} == {
        name.rpartition("/")[2]: data for name, data in handed.items() if name.startswith("data/dossier/")
    }
    (eve / "reports/1-call/dossier.pdf").unlink()
    passes.daily_pass(str(eve), at("2025-12-03 07:00"))
    assert 1 not in [phase.number for phase in pass_work.due(open_run(eve, at("2025-12-04 07:00")))]
    assert main(["verify", str(eve)]) == 0


@pytest.mark.attack("C4")
def test_killed_after_the_bag_was_packed_without_a_format_it_hands_over_that_bag(
    eve: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Printed anew, the format would make another bag than the one that lies there."""
    now = at("2025-12-01 07:00", load_plan(CHOIR).zone)
    run = begin(eve, 1, now)
    with monkeypatch.context() as broken, run.workspace.open() as ledger:
        broken.setattr(PRINTER, ["no such standard"])
        sealed = ledger.append("sealed", at=now, office=run.office, phase=run.of.id, key="sealed:1", facts={"debts": 0})
        hand_off._pack(run, ledger, sealed)
    packed = bag(eve)

    assert handed_over(eve, now, 1) == packed

    DirectExecutor(printed=True).daily_pass(str(eve), at("2025-12-02 07:00"))
    assert "dossier.pdf" in reported(eve)
    assert bag(eve) == packed


def bag(root: Path) -> dict[str, bytes]:
    """The files of the first baton."""
    place = root / "batons/1-call"
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}
