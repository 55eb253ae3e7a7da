"""`staffelstab check` as its user has it: what it prints, what it answers to programs, and how it ends."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from staffelstab.timetable.amend.items import find_item
from staffelstab.workspace import Workspace, create
from tests.acceptance.cli import CHOIR, PARTY
from tests.commands.conftest import Said
from tests.conftest import ROOT, at
from tests.timetable.lint.plans import found, planned

Command = Callable[..., Said]
CLEAN = ROOT / "tests" / "timetable" / "lint" / "clean_de"

WEEKEND = """\
• Der Einsendeschluss von „Call for Papers“ fällt auf einen Sonntag: 14. Januar 2018.
  Stelle:    plan.toml, Zeile {line}; resolution.txt, Zeile 63
  Satz:      „Jedes Mitglied des Landesvorstands ist aufgerufen, ihre*seine Erfahrungen,
             Problembeschreibungen und Ideen bezüglich des Zustands der Mitgliederarbeit zu Papier
             zu bringen und Alex Jahns bis spätestens *14. Januar 2018* zuzusenden.“
  Warum:     Am Wochenende ist kaum jemand da, um Fragen zu beantworten oder Post anzunehmen; der
             Tag zählt trotzdem bis Mitternacht.
  Vorschlag: Der Tag bleibt, wie er beschlossen ist. Bitte rechtzeitig erinnern: Der letzte
             Arbeitstag davor ist Freitag, der 12. Januar 2018, der erste danach Montag, der
             15. Januar 2018.
"""


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A plan in which there is nothing to find."""
    return copytree(CLEAN, tmp_path / "plan")


def replaced(folder: Path, old: str, new: str) -> None:
    """One passage of the plan file replaced."""
    text = (folder / "plan.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "plan.toml").write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(folder: Path, passage: str) -> int:
    """The line of the plan file that holds a passage."""
    lines = (folder / "plan.toml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if passage in line)


def test_about_a_clean_plan_there_is_one_line_to_say(command: Command) -> None:
    head = "„Eine neue Gartenordnung“ ist brauchbar: 2 Phasen, 2 Sitzungen, 1 Aufruf.\n"
    assert command("check", CLEAN) == (0, f"{head}Nichts gefunden.\n", "")
    assert command("check", CLEAN, "--strict")[0] == 0


def test_a_finding_says_where_what_on_which_sentence_why_and_what_to_do(command: Command) -> None:
    _, out, _ = command("check", PARTY)
    assert WEEKEND.format(line=line_of(PARTY, "deadline = 2018-01-14")) in out


def test_findings_are_grouped_under_plain_headings_and_counted(command: Command) -> None:
    code, out, _ = command("check", PARTY)
    lines = out.splitlines()
    headings = ["Muss geklärt werden", "Sollte geklärt werden", "Kann geklärt werden", "Zur Kenntnis"]
    assert [line for line in lines if line in headings] == headings
    counts = json.loads(command("check", PARTY, "--json")[1])["counts"]
    assert lines[-1] == (
        f"{sum(counts.values())} Befunde: {counts['must']} Muss, {counts['should']} Soll, {counts['may']} Kann, "
        f"{counts['information']} zur Kenntnis."
    )
    assert sum(line.startswith("• ") for line in lines) == sum(counts.values())
    assert (code, counts["must"] > 0) == (1, True)


@pytest.mark.parametrize(("columns", "widest"), [("200", 100), ("80", 80), ("20", 60)])
def test_lines_are_as_long_as_one_can_read(
    columns: str, widest: int, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = command("check", PARTY)[1].splitlines()
    commands = [line for line in lines if "staffelstab confirm " in line]
    long = [line for line in lines if len(line) > widest and line not in commands and " = " not in line]
    assert long == []
    assert all(" --by landesvorstand" in line for line in commands)  # what is to be copied is never broken


def test_how_it_ends_follows_the_most_binding_finding(clean: Path, command: Command) -> None:
    replaced(clean, "deadline = 2025-03-14", 'deadline = { date = 2025-03-14, status = "assumed" }')
    assert [command("check", clean, *options)[0] for options in ([], ["--strict"])] == [1, 1]
    replaced(clean, 'name = "Was muss', 'strength = "should"\nname = "Was muss')
    assert [command("check", clean, *options)[0] for options in ([], ["--strict"])] == [0, 1]


def test_what_is_merely_worth_knowing_fails_nobody(clean: Path, command: Command) -> None:
    replaced(clean, "no = 0\n", "")
    assert [command("check", clean, *options)[0] for options in ([], ["--strict"])] == [0, 0]


def test_a_program_gets_all_of_it(command: Command) -> None:
    answer: dict[str, Any] = json.loads(command("check", PARTY, "--json")[1])
    [deadline] = [item for item in answer["findings"] if item["code"] == "weekend"]
    assert deadline == {
        "code": "weekend",
        "severity": "information",
        "path": "$.calls[0].deadline",
        "line": line_of(PARTY, "deadline = 2018-01-14"),
        "source_line": 63,
        "quote": deadline["quote"],
        "text": "Der Einsendeschluss von „Call for Papers“ fällt auf einen Sonntag: 14. Januar 2018.",
        "why": deadline["why"],
        "proposal": deadline["proposal"],
    }
    assert (answer["usable"], answer["id"], answer["changes"]) == (True, "mitgliederarbeit-2018", [])
    assert "lv-2018-08-17" in {item["item"] for item in answer["uncertain"]}
    assert len(answer["spans"]) == 2


def test_an_english_plan_has_english_findings(command: Command) -> None:
    _, out, _ = command("check", CHOIR)
    assert out.startswith("“A new statute: how we shall go about it” can be used: 3 phases, 2 meetings, 1 call.\n")
    assert "\nFor information\n" in out
    assert "falls on a Sunday: 30 November 2025." in out


def test_a_working_folder_is_checked_as_the_plan_holds_now(workspace: Workspace, command: Command) -> None:
    before = {item["path"] for item in _findings(command, workspace.root)}
    with workspace.open() as ledger:
        for kind, item, day, moment in (
            ("amended", "lv-2018-03-09", "2018-03-16", "2018-02-20 10:00"),
            ("confirmed", "call-2.audience", None, "2018-04-13 20:00"),
            ("confirmed", "lv-2018-08-17", "2018-08-17", "2018-07-01 12:00"),
        ):
            facts = {"date": day, "by": "landesvorstand"}
            ledger.append(kind, subject=item, at=at(moment), key=f"{kind}:{item}", facts=facts)
    _, out, _ = command("check", workspace.root, "--now", "2018-07-02")
    _, *changes = out[out.index("Seit dem Beschluss geändert:") : out.index("\n\n")].splitlines()
    assert changes == [
        "  Der Termin „Sitzung des Landesvorstands“: verlegt vom 9. auf den 16. März 2018, am 20. Februar",
        "    2018, durch: Landesvorstand",
        "  Wer bei „Zweiter Call for Papers“ angesprochen ist: bestätigt am 13. April 2018, durch:",
        "    Landesvorstand",
        "  Der Termin „Erste Sitzung des Landesvorstands nach der Sommerpause“: bestätigt für den 17. August",
        "    2018, am 1. Juli 2018, durch: Landesvorstand",
    ]
    after = {item["path"] for item in _findings(command, workspace.root, "--now", "2018-07-02")}
    assert ("$.sessions[5].date" in before, "$.sessions[5].date" in after) == (True, False)


def _findings(command: Command, folder: Path, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(command("check", folder, *options, "--json")[1])["findings"]
    return found


@pytest.mark.parametrize("content", [b"Beschlu\xdf vom 4. Februar 2025", None], ids=["not utf-8", "not there"])
def test_a_source_that_cannot_be_read_is_a_finding(content: bytes | None, clean: Path, command: Command) -> None:
    (clean / "beschluss.txt").unlink()
    if content is not None:
        (clean / "beschluss.txt").write_bytes(content)
    code, out, _ = command("check", clean)
    assert (code, "Der Plan nennt als Quelle die Datei beschluss.txt" in out) == (1, True)


def test_holidays_that_nobody_knows_are_said_in_a_sentence(clean: Path, command: Command) -> None:
    replaced(clean, 'state = "SN"', 'state = "XX"')
    code, out, err = command("check", clean)
    assert (code, out, "DE XX" in err) == (1, "", True)


def test_a_folder_that_create_made_is_a_plan_like_any_other(tmp_path: Path, command: Command) -> None:
    made = create(CLEAN, tmp_path / "akte", now=at("2025-02-04"))
    assert command("check", made.root)[1].endswith("Nichts gefunden.\n")


def test_a_change_of_something_the_file_has_dropped_is_said_in_a_sentence(
    workspace: Workspace, command: Command
) -> None:
    with workspace.open() as ledger:
        facts = {"date": "2018-05-12", "by": "landesvorstand"}
        ledger.append("confirmed", subject="klausur", at=at("2018-02-20"), key="confirmed:klausur", facts=facts)
    code, out, err = command("check", workspace.root, "--now", "2018-03-01")
    assert (code, out) == (1, "")
    assert err.startswith("In der Akte steht eine Änderung an „klausur“, aber plan.toml kennt das nicht mehr.")


def test_every_command_that_is_proposed_names_something_that_can_be_confirmed() -> None:
    for folder in (PARTY, CHOIR):
        plan = planned(folder)
        proposals = [
            plan.words.say(f"lint.{item.code}.proposal", folder="AKTE", **item.facts) for item in found(folder)
        ]
        named = [name for said in proposals for name in re.findall(r"staffelstab confirm (\S+)", said)]
        assert named
        assert [name for name in named if not find_item(plan, name).name] == []


def _commands(proposals: list[str]) -> list[list[str]]:
    """The proposed commands that lack nothing, as they are pasted."""
    found = [
        match
        for said in proposals
        for match in re.findall(r"^staffelstab (confirm .*)$|: staffelstab (confirm .*)$", said, re.M)
    ]
    return [shlex.split(first or second) for first, second in found if "JJJJ" not in first + second]


@pytest.mark.parametrize("as_file", [False, True])
def test_what_is_proposed_for_a_working_folder_can_be_pasted(as_file: bool, tmp_path: Path, command: Command) -> None:
    folder = create(PARTY, tmp_path / "unsere akte", now=at("2017-12-15")).root
    findings = _findings(command, folder / "plan.toml" if as_file else folder, "--now", "2018-01-02")
    proposed = _commands([item["proposal"] for item in findings])
    assert ["confirm", "fraktionen", str(folder), "--by", "landesvorstand"] in proposed
    assert {command(*words, "--now", "2018-01-02")[0] for words in proposed} == {0}


def test_without_a_working_folder_a_word_stands_in_its_place(command: Command) -> None:
    [commands, english] = [
        _commands([item["proposal"] for item in _findings(command, place)]) for place in (PARTY, CHOIR)
    ]
    assert {words[2] for words in commands} == {"AKTE"}
    assert {words[2] for words in english} == {"FOLDER"}
