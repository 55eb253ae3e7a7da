"""A plan that somebody sent: it names no file but those beside it, and nothing in it is larger than a timetable can be."""

from __future__ import annotations

import os
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from commands.main import main
from staffelstab.errors import PlanError, RecordError
from staffelstab.service.correspondence import post
from staffelstab.simulation.inputs import deliveries
from staffelstab.timetable.plan.load import load_plan, plan_from
from staffelstab.timetable.reading.source import source_beside
from staffelstab.workspace import create
from tests.conftest import at
from tests.service.small_folder import run_at
from tests.year import PARTY

SECRET = "Geheim: das Passwort der Schatzmeisterin"
PLAN = (PARTY / "plan.toml").read_text(encoding="utf-8")
ELSEWHERE = (
    "../secret.txt",
    "/etc/hostname",
    "sub/secret.txt",
    "..",
    "~/secret.txt\\u0000",
    "C:\\\\secret.txt",
    ".env",
)
OURS = ("ledger.db", "ledger.db-wal", "plan.toml")


def sent(folder: Path, **changes: str) -> Path:
    """A folder with the party's plan in which `source` or `codebook` says something else; the secret lies outside it."""
    folder.mkdir()
    (folder.parent / "secret.txt").write_text(SECRET, encoding="utf-8")
    lines = [line for line in PLAN.splitlines() if not line.startswith(("source =", "codebook ="))]
    head = [f'{name} = "{value}"' for name, value in changes.items()]
    (folder / "plan.toml").write_text("\n".join([*head, *lines, ""]), encoding="utf-8")
    return folder


@pytest.mark.attack("H6")
@pytest.mark.parametrize("field", ["source", "codebook"])
@pytest.mark.parametrize("name", [*ELSEWHERE, *OURS])
def test_a_plan_names_no_file_but_one_beside_it(tmp_path: Path, field: str, name: str) -> None:
    folder = sent(tmp_path / "plan", **{field: name})

    with pytest.raises(PlanError) as raised:
        load_plan(folder)

    assert [line for line, _ in raised.value.mistakes] == [1]
    assert raised.value.text("de").startswith(f"plan.toml, Zeile 1: In {field} steht")


def linked(folder: Path) -> None:
    (folder / "resolution.txt").symlink_to(folder.parent / "secret.txt")


def piped(folder: Path) -> None:
    os.mkfifo(folder / "resolution.txt")


def swollen(folder: Path) -> None:
    with (folder / "resolution.txt").open("wb") as file:
        file.truncate(1 << 40)


@pytest.mark.attack("H6")
@pytest.mark.parametrize("made", [linked, piped, swollen])
def test_only_an_ordinary_file_of_some_size_comes_along(tmp_path: Path, made: object) -> None:
    folder = sent(tmp_path / "plan", source="resolution.txt", codebook="resolution.txt")
    assert callable(made)
    made(folder)

    workspace = create(folder, tmp_path / "akte", now=at("2017-12-15"))

    assert not (workspace.root / "resolution.txt").exists()
    assert source_beside(folder / "plan.toml", "resolution.txt") is None
    assert workspace.codebook(workspace.adopted()) is None


@pytest.mark.attack("H6")
def test_no_file_of_the_machine_is_ever_enclosed(tmp_path: Path) -> None:
    folder = sent(tmp_path / "plan", source="resolution.txt")
    linked(folder)
    root = create(folder, tmp_path / "akte", now=at("2017-12-15"), seed="test").root
    linked(root)  # and put there afterwards
    run = run_at(root, "2017-12-18 08:00")
    with run.workspace.open() as ledger:
        case = run.case(ledger)

    assert post(run, case) > 0

    letters = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in run.workspace.outbox.iterdir()]
    enclosed = [part for letter in letters for part in letter.iter_attachments()]
    assert {part.get_filename() for part in enclosed} == {"timetable.ics"}
    assert not any(SECRET.encode() in part.get_payload(decode=True) for part in enclosed)


@pytest.mark.attack("H6")
@pytest.mark.parametrize("path", ["../../secret.txt", "/etc/hostname", "linked.txt"])
def test_a_rehearsal_plays_no_file_from_outside_its_inbox(tmp_path: Path, path: str) -> None:
    folder = sent(tmp_path / "plan")
    (folder / "inbox").mkdir()
    (folder / "inbox" / "linked.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "arrivals.csv").write_text(f"Datei;Eingang\n{path};2018-01-02 12:00\n", encoding="utf-8")

    with pytest.raises(RecordError, match="arrivals_row"):
        deliveries(load_plan(folder), folder)


TOO_MUCH = {
    "a title": (PLAN.replace('title = "', 'title = "' + "x" * 2_000, 1), "Der Text in title hat mehr als 1000 Zeichen"),
    "a note": (f'note = "{"x" * 200_000}"\n{PLAN}', "Der Text in note hat mehr als 100000 Zeichen"),
    "phases": (PLAN + "[[phases]]\n" * 1_100, "Ab phases[1000] sind es mehr als 1000 Angaben"),
    "sessions": (PLAN + "[[sessions]]\n" * 1_100, "Ab sessions[1000] sind es mehr als 1000 Angaben"),
    "calls": (PLAN + "[[calls]]\n" * 1_100, "Ab calls[1000] sind es mehr als 1000 Angaben"),
    "a list": (f"tags = [{'1,' * 300_000}]\n{PLAN}", "Ab tags[2000] sind es mehr als 2000 Angaben"),
    "lists in lists": (f"tags = {'[' * 300}{']' * 300}\n{PLAN}", "Die Angaben in tags[0][0]"),
    "many lists": (
        "\n".join(f"t{n} = [{'1,' * 1_999}]" for n in range(200)) + PLAN,
        "sind es mehr als 200000 Angaben",
    ),
}


@pytest.mark.attack("H6")
@pytest.mark.timeout(20)
@pytest.mark.parametrize(("text", "sentence"), TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_what_is_too_much_is_said_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(PlanError) as raised:
        plan_from(text)

    line, said = raised.value.mistakes[0]
    assert line >= 1
    assert sentence in said


@pytest.mark.attack("H6")
def test_check_says_so_in_english_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = sent(tmp_path / "plan", source="../secret.txt", language="en")
    text = (folder / "plan.toml").read_text(encoding="utf-8").replace('\nlanguage = "de"', "", 1)
    (folder / "plan.toml").write_text(text, encoding="utf-8")

    assert main(["check", str(folder)]) == 1

    said = capsys.readouterr().err
    assert said.startswith("plan.toml, line 1: source holds “../secret.txt”.")
    assert SECRET not in said
