"""Today's work from journal and plan alone, as `staffelstab status` says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffelstab.overview.todo import KINDS, three_lines, todo
from tasks.overview import collected
from tests.conftest import at
from tests.steps.made import at_desk, folder, put
from tests.year import Company


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder(tmp_path / "work")


def keys(root: Path, moment: str) -> list[tuple[str, bool]]:
    run = at_desk(root, moment)
    with run.workspace.open(read_only=True) as ledger:
        return [(item.key, item.urgent) for item in todo(run.plan, run.now, ledger.entries(*KINDS, until=run.now))]


def test_what_cannot_wait_comes_first(root: Path) -> None:
    """Nothing ran since 10 January; on the 20th the paper of the 19th is not frozen."""
    Company().daily_pass(str(root), at("2018-01-10 07:00"))

    found = keys(root, "2018-01-20 08:00")

    assert found[:2] == [("freeze", True), ("stale", True)]
    assert [urgent for _, urgent in found] == sorted((urgent for _, urgent in found), reverse=True)


def test_two_days_without_a_pass_are_not_yet_too_many(root: Path) -> None:
    Company().daily_pass(str(root), at("2018-01-10 07:00"))

    assert ("stale", True) not in keys(root, "2018-01-12 07:00:00")
    assert ("stale", True) in keys(root, "2018-01-12 07:00:01")


def test_a_session_is_to_be_recorded_until_it_is(root: Path) -> None:
    Company().daily_pass(str(root), at("2018-01-17 07:00"))

    assert "decide_today" in [key for key, _ in keys(root, "2018-01-19 08:00")]
    assert "decide" in [key for key, _ in keys(root, "2018-01-20 08:00")]


def test_what_was_not_complete_is_said_by_the_pass_and_by_status_until_it_is_taken(root: Path) -> None:
    """A file put down five seconds before the pass: the overview says so, then status, and the next pass takes it."""
    put(root, "beitraege/a.txt", "Von: Beisitz 3\n\nWir brauchen Räume.", at("2018-01-10 06:59:55"))
    with collected() as shown:
        Company().daily_pass(str(root), at("2018-01-10 07:00"))
    assert "\n- 1 Datei im Posteingang ist noch nicht vollständig" in shown[-1].markdown
    assert ("waiting", False) in keys(root, "2018-01-10 08:00")

    with collected() as shown:
        Company().daily_pass(str(root), at("2018-01-10 09:00"))
    assert "vollständig" not in shown[-1].markdown
    assert ("waiting", False) not in keys(root, "2018-01-10 10:00")
    with at_desk(root, "2018-01-10 10:00").workspace.open(read_only=True) as ledger:
        passes = [(entry.facts["new"], entry.facts.get("waiting", 0)) for entry in ledger.entries("pass")]
    assert passes == [(0, 1), (1, 0)]


def test_three_lines_always_say_what_comes_next(root: Path) -> None:
    Company().daily_pass(str(root), at("2018-01-10 07:00"))
    run = at_desk(root, "2018-01-20 08:00")
    with run.workspace.open(read_only=True) as ledger:
        lines = three_lines(run.plan, run.now, ledger.entries(*KINDS, until=run.now))

    assert len(lines) == 3
    assert lines[0] == "Die Vorlage für die Sitzung am 19. Januar 2018 soll feststehen: den Tageslauf starten."
    assert lines[1] == "Der letzte Tageslauf war am 10. Januar 2018, 07:00 Uhr. Bitte nachsehen, ob der Rechner läuft."
    assert lines[2].startswith("Nächster Termin: ")


def test_a_session_without_a_certain_day_is_not_spoken_of_as_certain(root: Path) -> None:
    run = at_desk(root, "2018-08-12 08:00")
    with run.workspace.open(read_only=True) as ledger:
        texts = [item.text for item in todo(run.plan, run.now, ledger.entries(*KINDS, until=run.now))]

    expected = (
        "Die Vorlage für die Sitzung, voraussichtlich am 17. August 2018, soll feststehen: den Tageslauf starten."
    )
    assert expected in texts


def test_a_day_that_is_nobodys_word_is_to_be_confirmed_when_it_comes_close(root: Path) -> None:
    """R45, R53: four weeks before, and for an office until somebody says that it is filled."""
    assert [key for key, _ in keys(root, "2018-04-02 08:00")].count("confirm_office") == 0
    assert ("confirm_office", False) in keys(root, "2018-04-03 08:00")
    assert ("confirm_office", False) in keys(root, "2018-12-03 08:00")
    asked = {
        day: ("confirm_session", False) in keys(root, f"2018-{day} 08:00")
        for day in ("07-19", "07-20", "08-17", "08-18")
    }
    assert asked == {"07-19": False, "07-20": True, "08-17": True, "08-18": False}
