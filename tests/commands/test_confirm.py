"""`staffelstab confirm` as a coordinator meets it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from staffelstab.workspace import Workspace
from tests.acceptance.outputs import journal
from tests.commands.conftest import Said

Command = Callable[..., Said]
NOW = ("--now", "2018-01-18")

OPEN = """\
Noch zu bestätigen (6):

- wahlauswertung: Auswertung der Wahlen des Jahres 2019
  In Frage kommen: 14. Juni 2019 und 20. September 2019.
  staffelstab confirm wahlauswertung FOLDER --date 2019-06-14 --by landesvorstand

- lv-2018-08-17: Erste Sitzung des Landesvorstands nach der Sommerpause
  In Frage kommen: 17. August 2018 und 18. August 2018.
  staffelstab confirm lv-2018-08-17 FOLDER --date 2018-08-17 --by landesvorstand

- call-2.deadline: Zweiter Call for Papers: Einsendeschluss
  In Frage kommen: 9. Mai 2018.
  staffelstab confirm call-2.deadline FOLDER --date 2018-05-09 --by landesvorstand

- koordination.until: Wahlkampfmanager: Ende der Zuständigkeit
  In Frage kommen: 31. August 2018 und 30. September 2018.
  staffelstab confirm koordination.until FOLDER --date 2018-08-31 --by landesvorstand

- mitgliederbetreuung.filled: Mitarbeiter*in für Mitgliederbetreuung: Stelle besetzt
  In Frage kommen: 1. Mai 2018.
  staffelstab confirm mitgliederbetreuung.filled FOLDER --date 2018-05-01 --by landesvorstand

- call-2.audience: Zweiter Call for Papers: wer angesprochen wird
  Der Beschluss sagt nicht, wer angesprochen wird; im Plan steht ein Vorschlag.
  staffelstab confirm call-2.audience FOLDER --by landesvorstand
"""


def test_without_an_item_it_lists_what_is_open_with_the_command_that_settles_it(
    workspace: Workspace, command: Command
) -> None:
    assert command("confirm", "fraktionen", workspace.root, "--by", "landesvorstand", *NOW)[0] == 0
    assert command("confirm", workspace.root, *NOW) == (0, OPEN.replace("FOLDER", str(workspace.root)), "")


def test_the_commands_it_offers_can_be_typed_until_nothing_is_open(workspace: Workspace, command: Command) -> None:
    listed = command("confirm", workspace.root, *NOW)[1]
    offered = [line.split()[1:] for line in listed.splitlines() if line.startswith("  staffelstab ")]
    for line in offered:
        assert command(*line, *NOW)[0] == 0, line
    assert command("confirm", workspace.root, *NOW) == (0, "Alles ist bestätigt; offen ist nichts.\n", "")


def test_what_holds_is_said_and_what_changes_with_it(workspace: Workspace, command: Command) -> None:
    call = ("confirm", "lv-2018-08-17", workspace.root, "--date", "2018-08-18", "--by", "landesvorstand", *NOW)
    code, out, _ = command(*call)
    assert code == 0
    lines = out.splitlines()
    assert (
        lines[0] == "Festgehalten ist der 18. August 2018 für: Erste Sitzung des Landesvorstands nach der Sommerpause."
    )
    assert "  Phase steht fest" not in out
    assert "Vorlage steht fest" in out
    assert "Samstag, 18. August 2018 (Wochenende)" in " ".join(out.split())
    assert command(*call)[1] == (
        "Das ist schon so festgehalten: Erste Sitzung des Landesvorstands nach der Sommerpause. Ein zweites Mal wurde "
        "nichts eingetragen.\n"
    )


def test_who_may_not_decide_is_refused_and_shown_what_would_follow(workspace: Workspace, command: Command) -> None:
    call = ("confirm", "lv-2018-08-17", workspace.root, "--date", "2018-08-18", "--by", "koordination", *NOW)
    code, out, err = command(*call)
    assert code == 1
    assert "Darüber entscheidet nicht „Wahlkampfmanager“; zuständig ist: Landesvorstand." in " ".join(err.split())
    assert out.startswith("Was sich ändert\n")
    refused = json.loads(command(*call, "--json")[1])
    assert (refused["applied"], refused["refused"][:9]) == (False, "Erste Sit")
    assert [entry.kind for entry in journal(workspace.root)] == ["genesis"]


def test_a_day_nobody_had_proposed_is_taken_and_said_so(workspace: Workspace, command: Command) -> None:
    out = command("confirm", "wahlauswertung", workspace.root, "--date", "2019-09-27", "--by", "landesvorstand", *NOW)[
        1
    ]
    assert "Dieser Tag war nicht unter den Vorschlägen (14. Juni 2019 und 20. September 2019)" in " ".join(out.split())


def test_a_day_outside_of_what_the_resolution_says_is_taken_with_its_sentence(
    workspace: Workspace, command: Command
) -> None:
    """R53: "im Verlauf des ersten Halbjahres 2018" leaves out the next winter."""
    call = ("confirm", "mitgliederbetreuung.filled", workspace.root, "--by", "landesvorstand", *NOW)
    out = " ".join(command(*call, "--date", "2018-12-01")[1].split())
    assert "Im Beschluss heißt es: „Im Verlauf des ersten Halbjahres 2018 wird die*der noch einzustellende" in out
    assert (
        "Der 1. Dezember 2018 liegt außerhalb dessen, was dort steht; festgehalten ist, was entschieden wurde." in out
    )
    assert "Im Beschluss heißt es" not in command(*call, "--date", "2018-06-01")[1]


def test_for_programs(workspace: Workspace, command: Command) -> None:
    found = json.loads(command("confirm", workspace.root, "--json", *NOW)[1])
    assert found[1] == {
        "item": "lv-2018-08-17",
        "kind": "date",
        "label": "Erste Sitzung des Landesvorstands nach der Sommerpause",
        "candidates": ["2018-08-17", "2018-08-18"],
        "by": "landesvorstand",
        "by_name": "Landesvorstand",
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("lv-2018-08-17",), "Wer hat über „lv-2018-08-17“ entschieden? Bitte mit --by angeben"),
        (
            ("lv-2018-08-17", "--by", "landesvorstand"),
            "In Frage kommen: 17. August 2018 (--date 2018-08-17) und 18. August 2018 (--date 2018-08-18).",
        ),
        (
            ("lv-2018-04-13", "--date", "2018-04-20", "--by", "landesvorstand"),
            "Für einen anderen Tag: staffelstab move FOLDER lv-2018-04-13 2018-04-20",
        ),
        (("fraktion", "--by", "landesvorstand"), "Gemeint ist vielleicht: fraktionen."),
    ],
)
def test_refusals_are_sentences(workspace: Workspace, command: Command, arguments: tuple[str, ...], said: str) -> None:
    item, *rest = arguments
    code, out, err = command("confirm", item, workspace.root, *rest, *NOW)
    assert (code, out) == (3, "")
    assert said.replace("FOLDER", str(workspace.root)) in err
