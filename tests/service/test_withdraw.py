"""A paper or a row that somebody withdraws: it stays in the register with the reason, and is neither printed nor counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffelstab.errors import RecordError
from staffelstab.phases import interviews
from staffelstab.publishing.outbox.call_letters import still_missing
from staffelstab.service import pass_work, survey
from staffelstab.service.compile_dossier import compile_dossier
from staffelstab.service.withdraw import withdraw
from staffelstab.submissions.case.contents import Case
from tests.conftest import at
from tests.service.small_folder import folder, put, run_at

NEEDS = "Gliederung;Rolle;Bedürfnis;Dringlichkeit\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with one short paper and a sheet of needs in it."""
    made = folder(tmp_path / "work")
    put(made, "beitraege/zettel.txt", "Von: Beisitz 3\n\nNiemand ruft an.\n", at("2018-01-11 10:00"))
    put(made, "beduerfnisse/n.csv", f"{NEEDS}Bautzen;Vorsitz;Räume;3\nBautzen;Vorsitz;Geld;5\n", at("2018-01-11 10:00"))
    run = run_at(made, "2018-01-11 12:00", 0)
    survey.take_in(run)
    return made


def case(root: Path, moment: str = "2018-01-13 07:00") -> Case:
    return survey.gather_case(run_at(root, moment, 0))


def printed(root: Path, moment: str) -> str:
    run = run_at(root, moment, 0)
    found = survey.gather_case(run)
    return (compile_dossier(run, found, survey.survey_of(run, found)).folder / "dossier.md").read_text()


def test_a_withdrawn_paper_stands_in_the_register_with_the_reason_and_its_text_is_gone(root: Path) -> None:
    assert "Niemand ruft an" in printed(root, "2018-01-12 07:00")
    withdraw(run_at(root, "2018-01-12 08:00"), "b01", "Beisitz 3", "Versehentlich geschickt.")
    text = printed(root, "2018-01-12 09:00")
    assert "Niemand ruft an" not in text
    assert text.count("Versehentlich geschickt.") == 3  # register, paper, list of what was withdrawn
    assert "zurückgezogen von Beisitz 3" in text
    assert "nicht lesbar" not in text
    found = case(root)
    assert [paper.statements for paper in found.papers] == [()]
    assert found.statement("B01.1") is None
    [call, *_] = found.plan.calls
    assert "Beisitz 3" in [actor.name for actor in still_missing(found, call)]


def test_a_withdrawn_row_no_longer_counts_until_it_is_entered_anew(root: Path) -> None:
    withdraw(run_at(root, "2018-01-12 08:00"), "needs-1:2", "Bautzen", "War anders gemeint.")
    assert [row.need for row in case(root).needs] == ["Geld"]
    assert [(item.ref, item.by, item.reason) for item in case(root).withdrawn] == [
        ("needs-1:2", "bautzen", "War anders gemeint.")
    ]
    assert "War anders gemeint." in printed(root, "2018-01-12 09:00")
    put(root, "beduerfnisse/m.csv", f"{NEEDS}Bautzen;Vorsitz;Räume;4\n", at("2018-01-12 10:00"))
    survey.take_in(run_at(root, "2018-01-12 12:00", 0))
    assert sorted((row.need, row.severity) for row in case(root).needs) == [("Geld", 5.0), ("Räume", 4.0)]
    assert case(root).withdrawn == ()


def test_a_withdrawal_is_undone_and_everything_stays_in_the_journal(root: Path) -> None:
    for ref in ("B01", "needs-1:3"):
        withdraw(run_at(root, "2018-01-12 08:00"), ref, "Beisitz 3", "Irrtum.")
    for ref in ("B01", "needs-1:3"):
        withdraw(run_at(root, "2018-01-12 09:00"), ref, "Beisitz 3", "Doch kein Irrtum.", undo=True)
    assert "Niemand ruft an" in printed(root, "2018-01-12 10:00")
    assert len(case(root).needs) == 2
    with run_at(root, "2018-01-13").workspace.open(read_only=True) as ledger:
        assert len(ledger.entries("withdrawn")) == 4
        assert ledger.verify() == []


def test_a_numbered_row_is_withdrawn_by_its_number(root: Path) -> None:
    put(root, "befunde/b.csv", "Nummer;Überschrift;Text\nF7;schlecht;Zu wenig Räume\n", at("2018-01-11 10:00"))
    survey.take_in(run_at(root, "2018-01-12 07:00", 0))
    assert [row.id for row in case(root).findings] == ["F7"]
    withdraw(run_at(root, "2018-01-12 08:00"), "f7", "Landesvorstand", "Doppelt.")
    assert case(root).findings == ()
    assert [item.ref for item in case(root).withdrawn] == ["F7"]


def test_a_withdrawal_is_news_for_every_phase(root: Path) -> None:
    run = run_at(root, "2018-01-12 07:00", 0)
    pass_work.surveyed(run, survey.survey_of(run, survey.gather_case(run)))
    assert 0 not in [phase.number for phase in pass_work.due(run_at(root, "2018-01-12 07:30"))]
    withdraw(run_at(root, "2018-01-12 08:00"), "B01", "Beisitz 3", "Irrtum.")
    assert 0 in [phase.number for phase in pass_work.due(run_at(root, "2018-01-12 08:30"))]


@pytest.mark.parametrize(
    ("ref", "by", "reason", "undo", "key"),
    [
        ("B99", "Beisitz 3", "x", False, "steps.unknown_ref"),
        ("needs-1:99", "Beisitz 3", "x", False, "steps.unknown_ref"),
        ("B01", "Niemand", "x", False, "steps.unknown_actor"),
        ("B01", "Beisitz 3", "  ", False, "steps.withdrawal_reason"),
        ("B01", "Beisitz 3", "x" * 501, False, "steps.withdrawal_reason"),
        ("B01", "Beisitz 3", "x", True, "steps.withdrawn_not"),
    ],
)
def test_what_cannot_be_withdrawn_is_refused(root: Path, ref: str, by: str, reason: str, undo: bool, key: str) -> None:
    with pytest.raises(RecordError) as refused:
        withdraw(run_at(root, "2018-01-12 08:00"), ref, by, reason, undo=undo)
    assert refused.value.key == key


def test_what_is_withdrawn_is_not_withdrawn_twice(root: Path) -> None:
    withdraw(run_at(root, "2018-01-12 08:00"), "B01", "Beisitz 3", "Irrtum.")
    with pytest.raises(RecordError, match="withdrawn_already"):
        withdraw(run_at(root, "2018-01-12 09:00"), "B01", "Beisitz 3", "Irrtum.")


def test_withdrawn_minutes_no_longer_prove_a_talk(root: Path) -> None:
    text = "Gliederung: Bautzen\nRolle: Vorsitz\nDatum: 11.01.2018\n\nEs fehlen Räume.\n"
    put(root, "gespraeche/protokoll.txt", text, at("2018-01-12 06:00"))
    survey.take_in(run_at(root, "2018-01-12 07:00", 0))
    [hearing, *_] = case(root).plan.hearings
    phase = case(root).plan.phase(hearing.phase)
    assert interviews.state(case(root), hearing, phase).coverage.counts["held"] == 1
    withdraw(run_at(root, "2018-01-12 08:00"), "G01", "Bautzen", "Nicht freigegeben.")
    assert interviews.state(case(root), hearing, phase).coverage.counts["held"] == 0
    assert [paper.ref for paper in case(root).minutes] == ["G01"]
