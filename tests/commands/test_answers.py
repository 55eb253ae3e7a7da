"""What commands answer when all is well: for people in sentences, for programs as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable

from staffelstab.errors import BatonError
from staffelstab.workspace import Workspace
from tests.acceptance.cli import PARTY
from tests.commands.conftest import Said
from tests.conftest import at

Command = Callable[..., Said]
RECORD = ("record", "decision", "lv-2018-01-19")


def test_a_new_folder_and_what_to_do_with_it(workspace: Workspace, command: Command) -> None:
    folder = workspace.root.with_name("neu")
    code, out, _ = command("init", PARTY, folder, "--now", "2017-12-15")
    assert (code, out) == (
        0,
        f"Angelegt: {folder}. Was eingeht, gehört nach {folder / 'inbox'}. Der erste Lauf: staffelstab run {folder}\n",
    )
    code, out, _ = command("verify", folder)
    first, state = out.splitlines()
    assert (code, first) == (0, "Unversehrt. Einträge in der Akte: 1, Übergaben: 0.")
    assert state.startswith("Stand der Akte: 1 ")


def test_check_answers_programs_about_a_broken_plan(workspace: Workspace, command: Command) -> None:
    workspace.plan_file.write_text("title = 1", encoding="utf-8")
    code, out, err = command("check", workspace.root, "--json")
    answer = json.loads(out)
    assert (code, err, answer["usable"]) == (1, "", False)
    assert answer["problem"].startswith("plan.toml")


def test_status_is_lines_for_people_with_what_cannot_wait_first_and_all_of_it_for_programs(
    workspace: Workspace, command: Command
) -> None:
    code, out, _ = command("status", workspace.root, "--now", "2018-01-18T08:00")
    head, *lines, backup = out.splitlines()
    assert backup.startswith("Eine Sicherung gibt es noch nicht.")
    assert (code, head) == (
        0,
        "Vorschlag zur Entwicklung eines Konzepts zur Mitgliederarbeit – heute zu tun (noch kein Tageslauf):",
    )
    answer = json.loads(command("status", workspace.root, "--now", "2018-01-18T08:00", "--json")[1])
    assert (answer["plan"], answer["now"]) == ("mitgliederarbeit-2018", "2018-01-18T08:00:00+01:00")
    assert lines[0] == "  Die Vorlage für die Sitzung am 19. Januar 2018 soll feststehen: den Tageslauf starten."
    said = [
        part
        for item in answer["todo"]
        for part in (f"  {item['text']}", *(f"    - {d}" for d in item["details"]), f"    Befehl: {item['command']}")
        if part != "    Befehl: "
    ]
    assert lines == said
    assert "    Befehl: staffelstab run" in lines
    assert [item["key"] for item in answer["todo"] if item["urgent"]][:2] == ["freeze", "never_ran"]


def test_on_the_day_after_a_folder_was_made_status_does_not_say_that_there_is_nothing_to_do(
    workspace: Workspace, command: Command
) -> None:
    """The call and the resolution should have gone out three days ago, and no pass has run yet."""
    out = command("status", workspace.root, "--now", "2017-12-18T08:00")[1]
    assert out.splitlines()[1:-1] == [
        "  Noch ist kein Tageslauf gelaufen. Erst er nimmt auf, was eingegangen ist, und legt die Briefe bereit.",
        "    - 15. Dezember 2017: Beschluss des Zeitplans",
        "    - 15. Dezember 2017: Beginn der Phase „Take-Off“",
        "    - 15. Dezember 2017: Call for Papers beginnt",
        "    Befehl: staffelstab run",
        "  Nächster Termin: in 15 Tagen, am 2. Januar 2018: Beginn der Phase „Analyse“.",
    ]


def test_status_says_when_the_last_pass_was_and_that_nothing_is_to_be_done(
    workspace: Workspace, command: Command
) -> None:
    with workspace.open() as ledger:
        ledger.append("pass", at=at("2018-01-16 07:00"), facts={})
    head, *lines = command("status", workspace.root, "--now", "2018-01-16T12:00")[1].splitlines()
    assert head.endswith("(letzter Tageslauf: 16. Januar 2018, 07:00 Uhr):")
    assert lines[0] == "  Heute ist nichts zu tun."


def test_a_decision_is_recorded_once(workspace: Workspace, command: Command) -> None:
    command("clock", workspace.root, "--confirm", "--now", "2018-01-19T20:00")
    call = (
        "record",
        "decision",
        "lv-2018-01-19",
        "noted",
        workspace.root,
        "--now",
        "2018-01-19T21:00",
        "--abstentions",
        "2",
    )
    said = "Eingetragen: lv-2018-01-19 (19. Januar 2018). Der nächste Tageslauf macht damit weiter.\n"
    assert [command(*call)[:2] for _ in range(2)] == [(0, said), (0, said)]
    with workspace.open(read_only=True) as ledger:
        [entry] = ledger.entries("decided")
    assert {**entry.facts} == {
        "outcome": "noted",
        "yes": None,
        "no": None,
        "abstentions": 2,
        "assumed": False,
        "met": "2018-01-19",
    }


def test_a_correction_says_what_stood_there(workspace: Workspace, command: Command) -> None:
    """Another outcome is refused at first; with --correct the answer tells day, outcome, votes and what became of the points."""
    command("clock", workspace.root, "--confirm", "--now", "2018-01-19T20:00")
    day = ("--now", "2018-01-20T09:00")
    command(*RECORD, "noted", workspace.root, "--abstentions", "2", "--note", "Gut.", "--now", "2018-01-19T21:00")

    code, _, err = command(*RECORD, "returned", workspace.root, *day)
    assert (code, "noch einmal mit --correct" in err) == (3, True)
    assert command(*RECORD, "returned", workspace.root, "--correct", *day)[:2] == (
        0,
        "Berichtigt: lv-2018-01-19 (19. Januar 2018). Vorher stand dort: zur Kenntnis genommen (bei 2 Enthaltungen), dazu 1 Punkt "
        "aus der Aussprache (eingetragen am 19. Januar 2018, 21:00 Uhr). Beides bleibt in der Akte, und die Vorlagen sagen, dass "
        "berichtigt wurde. Der nächste Tageslauf macht damit weiter. Der Punkt aus der Aussprache ist übernommen.\n",
    )


def test_verify_knows_of_a_phase_that_the_plan_has_dropped_since(workspace: Workspace, command: Command) -> None:
    with workspace.open() as ledger:
        ledger.append("handed_over", at=at("2018-01-19 22:00"), key="handed_over:12", facts={"number": 12, "hash": "0"})
    code, out, _ = command("verify", workspace.root, "--json")
    damage = [BatonError("baton.missing", baton="12").text("de")]
    assert (code, json.loads(out)["damage"]) == (1, damage)


def test_verify_answers_programs(workspace: Workspace, command: Command) -> None:
    intact = json.loads(command("verify", workspace.root, "--json")[1])
    assert intact == {"intact": True, "entries": 1, "batons": 0, "head": intact["head"], "damage": []}
    assert intact["head"].startswith("1 ")
    (workspace.root / "ledger.db").write_bytes(b"")
    code, out, _ = command("verify", workspace.root, "--json")
    answer = json.loads(out)
    assert (code, answer["intact"], len(answer["damage"])) == (1, False, 1)


def test_no_answer_is_coloured(workspace: Workspace, command: Command) -> None:
    calls = [("check", PARTY), ("status", workspace.root), ("verify", workspace.root), ("--help",)]
    assert [call for call in calls if "\x1b" in command(*call)[1]] == []


def test_a_paper_is_withdrawn_and_counts_again(workspace: Workspace, command: Command) -> None:
    (workspace.inbox / "beitraege" / "zettel.txt").write_text("Von: Beisitz 3\n\nNiemand ruft an.\n", encoding="utf-8")
    command("run", workspace.root, "--now", "2018-01-12T07:00")
    said = ("--reason", "Versehen.", "--by", "Beisitz 3")
    moment = ("--now", "2018-01-12T08:00")
    code, out, _ = command("record", "withdrawal", "B01", workspace.root, *said, *moment)
    assert (code, out.startswith("Zurückgezogen: B01. Das Original bleibt sicher abgelegt")) == (0, True)
    code, _, err = command("record", "withdrawal", "B01", workspace.root, *said, *moment)
    assert (code, "schon zurückgezogen" in err) == (3, True)
    code, out, _ = command("record", "withdrawal", "B01", workspace.root, *said, *moment, "--undo")
    assert (code, out) == (0, "Zählt wieder: B01. Der nächste Tageslauf macht damit weiter.\n")
