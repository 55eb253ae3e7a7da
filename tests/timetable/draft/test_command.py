"""`staffelstab draft` as one calls it: files beside each other, nothing overwritten, sentences and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commands.main import main
from tests.timetable.draft.score import SEED, TIMETABLES

RESOLUTION = SEED / "resolution.txt"


@pytest.fixture(autouse=True)
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages in German, whatever the machine speaks."""
    monkeypatch.setenv("STAFFELSTAB_LANGUAGE", "de")


def test_the_plan_and_its_source_lie_side_by_side_and_the_check_finds_every_quote(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "neu" / "plan.toml"
    assert main(["draft", str(RESOLUTION), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "7 Phasen, 13 Phasentermine, 6 Sitzungen, 2 Aufrufe, 12 Gruppen im Verteiler" in said
    assert (out.parent / "resolution.txt").read_text(encoding="utf-8").strip() == RESOLUTION.read_text(
        encoding="utf-8"
    ).strip()
    main(["check", str(out), "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert answer["usable"] is True


def test_without_a_place_the_plan_is_printed_and_the_rest_said_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", str(RESOLUTION)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("# Entwurf, aus dem Text des Beschlusses")
    assert "Fragen stehen im Entwurf" in err
    assert "Fragen stehen im Entwurf" not in out


def test_nothing_else_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan.toml"
    (tmp_path / "resolution.txt").write_text("Etwas anderes.\n", encoding="utf-8")
    assert main(["draft", str(RESOLUTION), "--out", str(out)]) == 3
    assert "gibt es schon" in capsys.readouterr().err
    assert not out.exists()
    assert main(["draft", str(RESOLUTION), "--out", str(out), "--force"]) == 0
    assert main(["draft", str(RESOLUTION), "--out", str(out)]) == 0, "the same again overwrites nothing"
    assert main(["draft", str(tmp_path / "resolution.txt"), "--out", str(out)]) == 0, "nor does the text itself"


def test_each_question_is_given_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan.toml"
    assert main(["draft", str(RESOLUTION), "--out", str(out), "--json"]) == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    asked = json.loads(capsys.readouterr().out)["questions"]
    assert len(asked) > 20
    assert [item for item in asked if not lines[item["line"] - 1].startswith(f"# Frage: {item['text'][:60]}")] == []


def test_a_text_without_a_timetable_invents_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Antrag: Mehr Fahrradständer\n\nDer Stadtrat möge bis zum 1. Juni 2025 zwanzig Fahrradständer aufstellen.\n"
    (tmp_path / "antrag.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "plan.toml"
    assert main(["draft", str(tmp_path / "antrag.txt"), "--out", str(out)]) == 1
    assert "keine Phasen zu erkennen" in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["antrag.txt"]


def test_an_unreadable_file_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "leer.docx").write_bytes(b"")
    assert main(["draft", str(tmp_path / "leer.docx")]) == 3
    assert capsys.readouterr().err == "In „leer.docx“ steht nichts. Geschrieben wurde nichts.\n"
    assert main(["draft", str(tmp_path / "fehlt.docx")]) == 3


def test_an_english_resolution_is_answered_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draft", str(TIMETABLES / "city.txt"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["language"], answer["usable"]) == ("en", True)
    assert answer["found"]["phases"] == 5
    assert "The text gives no year for 11 July 2023; it was inferred. Is it right?" in [
        asked["text"] for asked in answer["questions"]
    ]
    assert {item["why"] for item in answer["not_understood"]} <= {"date", "duty", "modal", "distance", "sentence"}


def test_the_schema_beside_a_plan_is_named_in_its_first_line(tmp_path: Path) -> None:
    (tmp_path / "plan.schema.json").write_text("{}", encoding="utf-8")
    assert main(["draft", str(RESOLUTION), "--out", str(tmp_path / "plan.toml")]) == 0
    assert (tmp_path / "plan.toml").read_text(encoding="utf-8").startswith("#:schema plan.schema.json\n")
