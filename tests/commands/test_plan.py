"""`staffelstab plan new`: writes a new file and says what is to be decided; never writes over anything unasked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands.main import main
from staffelstab.timetable.plan.load import load_plan
from tests.timetable.plan.conftest import CHOIR_FOLDER, PARTY_FOLDER


def test_a_plan_anew_is_written_told_and_can_be_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new" / "plan.toml"
    assert main(["plan", "new", "--like", str(PARTY_FOLDER), "--start", "2027-01-10", "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert told.startswith(
        "Der neue Zeitplan beginnt am Freitag, dem 15. Januar 2027.\n"
        "Gewünscht war Sonntag, der 10. Januar 2027; alle Wochentage bleiben, deshalb beginnt er am nächsten\nFreitag.\n"
    )
    assert "• Beginn der Phase „Ideenentwicklung“: Montag, 17. Mai 2027, ist ein Feiertag (Pfingstmontag).\n" in told
    assert told.endswith(f"Geschrieben: {out}\nDanach prüfen: staffelstab check {out}\n")
    assert load_plan(out).id == "mitgliederarbeit-2027"
    assert main(["check", str(out)]) == 1  # nothing of it is resolved yet


def test_programs_get_the_same_as_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "new.toml"
    assert main(["plan", "new", "--like", str(CHOIR_FOLDER), "--start", "2027-09-01", "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["start"], told["weeks"], told["renamed"]) == ("2027-09-07", 99, {})
    assert told["questions"][0] == {
        "subject": "resolution",
        "kind": "resolution",
        "path": "$.resolution.date",
        "text": "When will it be resolved? Tuesday 7 September 2027 is assumed.",
    }


def test_nothing_is_written_over_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan.toml"
    out.write_text("mine", encoding="utf-8")
    call = ["plan", "new", "--like", str(PARTY_FOLDER), "--start", "2027-01-10", "--out", str(out)]
    assert main(call) == 3
    assert "gibt es schon. Geschrieben wurde nichts." in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "mine"
    assert main([*call, "--force"]) == 0
    assert load_plan(out).phases[0].start.day.year == 2027


def test_the_old_plan_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "plan.toml"
    old.write_bytes((PARTY_FOLDER / "plan.toml").read_bytes())
    assert main(["plan", "new", "--like", str(tmp_path), "--start", "2027-01-10", "--out", str(old), "--force"]) == 3
    assert "sie bleibt, wie sie ist." in capsys.readouterr().err
    assert old.read_bytes() == (PARTY_FOLDER / "plan.toml").read_bytes()
