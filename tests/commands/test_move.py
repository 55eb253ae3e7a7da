"""`staffelstab move` as a coordinator meets it: a look first, then the deed; a wall refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from staffelstab.workspace import Workspace
from tests.acceptance.cli import CHOIR, PARTY
from tests.acceptance.outputs import journal
from tests.commands.conftest import Said

Command = Callable[..., Said]
NOW = ("--now", "2018-01-18")
MOVE = ("lv-2018-03-09", "2018-03-16")
APPLY = ("--apply", "--by", "landesvorstand", "--reason", "Der Saal ist belegt.")


def test_a_look_writes_nothing(workspace: Workspace, command: Command) -> None:
    before = sorted(path.as_posix() for path in workspace.root.rglob("*"))
    code, out, err = command("move", workspace.root, *MOVE, *NOW)
    assert (code, err) == (0, "")
    assert out.startswith("Was sich ändert\n")
    assert out.endswith(
        "Geändert wurde nichts. Verlegt wird erst mit --apply --by … --reason … in einem Arbeitsordner.\n"
    )
    assert sorted(path.as_posix() for path in workspace.root.rglob("*")) == before
    assert [entry.kind for entry in journal(workspace.root)] == ["genesis"]


@pytest.mark.parametrize("place", [PARTY, PARTY / "plan.toml"])
def test_a_plan_without_a_ledger_can_be_looked_at_too(place: Path, command: Command) -> None:
    code, out, _ = command("move", place, *MOVE)
    assert (code, out.splitlines()[0]) == (0, "Was sich ändert")
    code, out, err = command("move", place, *MOVE, *APPLY)
    assert (code, out) == (3, "")
    assert "ist kein Arbeitsordner; dort gibt es keine Akte" in err


def test_an_english_plan_is_told_in_english(command: Command) -> None:
    code, out, _ = command("move", CHOIR, "committee-january", "2026-02-06")
    assert (code, out.splitlines()[0]) == (0, "What changes")


def test_done_it_is_recorded_and_the_draft_is_named(workspace: Workspace, command: Command) -> None:
    code, out, _ = command("move", workspace.root, *MOVE, "--with", "phase-1.end", *APPLY, *NOW)
    assert code == 0
    folder = workspace.root / "amendments" / "2018-01-18-lv-2018-03-09"
    assert out.splitlines()[-4:] == [
        "Verlegt; der bisherige Tag bleibt sichtbar. Kalender sind neu geschrieben, den Brief an die Betroffenen legt der "
        "nächste Tageslauf in den Postausgang. Der Entwurf des Änderungsbeschlusses:",
        *(f"  {folder / f'aenderungsbeschluss.{ending}'}" for ending in ("md", "docx", "odt")),
    ]
    assert [entry.subject for entry in journal(workspace.root) if entry.kind == "amended"] == [
        "lv-2018-03-09",
        "phase-1.end",
    ]
    again = command("move", workspace.root, *MOVE, "--with", "phase-1.end", *APPLY, *NOW)[1]
    assert again.strip().startswith("Das ist schon so festgehalten; ein zweites Mal wurde nichts eingetragen.")
    assert command("verify", workspace.root)[0] == 0


@pytest.mark.parametrize("apply", [(), APPLY])
def test_a_wall_refuses_and_shows_what_would_follow(
    workspace: Workspace, command: Command, apply: tuple[str, ...]
) -> None:
    """R46."""
    code, out, err = command("move", workspace.root, "lpt", "2018-09-01", *apply, *NOW)
    assert code == 1
    assert "ist ein festes Ereignis außerhalb des Zeitplans" in " ".join(err.split())
    assert out.startswith("Was sich ändert\n")
    assert f"staffelstab confirm lv-2018-08-17 {workspace.root} --date 2018-08-24" in " ".join(out.split())
    assert [entry.kind for entry in journal(workspace.root)] == ["genesis"]


def test_a_wall_does_not_move_along_either(workspace: Workspace, command: Command) -> None:
    code, _, err = command("move", workspace.root, *MOVE, "--with", "lpt", *APPLY, *NOW)
    assert code == 1
    assert "date = { date = 2018-09-01, note =" in " ".join(err.split())
    assert [entry.kind for entry in journal(workspace.root)] == ["genesis"]


@pytest.mark.parametrize("apply", [(), APPLY])
def test_nothing_slips_past_a_wall(workspace: Workspace, command: Command, apply: tuple[str, ...]) -> None:
    """R46."""
    code, out, err = command("move", workspace.root, "lv-2018-03-09", "2018-09-03", *apply, *NOW)
    assert code == 1
    assert "Das ist ein festes Ereignis, hinter das nichts verlegt wird; geändert wurde nichts." in " ".join(
        err.split()
    )
    assert out.startswith("Was dagegen spricht\n")
    assert [entry.kind for entry in journal(workspace.root)] == ["genesis"]


@pytest.mark.parametrize("apply", [("--by", "bautzen"), (*APPLY, "--by", "bautzen")])
def test_who_may_not_decide_is_refused_and_shown_what_would_follow(
    workspace: Workspace, command: Command, apply: tuple[str, ...]
) -> None:
    code, out, err = command("move", workspace.root, *MOVE, *apply, *NOW)
    assert code == 1
    assert "nur, wer den Beschluss gefasst hat (Landesvorstand), und nicht „Bautzen“." in " ".join(err.split())
    assert out.startswith("Was sich ändert\n")
    assert "Verlegt wird erst mit" not in out
    code, out, _ = command("move", workspace.root, *MOVE, *apply, *NOW, "--json")
    assert (code, json.loads(out)["applied"]) == (1, False)
    assert "nicht „Bautzen“" in json.loads(out)["refused"]
    assert [entry.kind for entry in journal(workspace.root)] == ["genesis"]


def test_a_plan_without_a_ledger_says_whose_decision_it_is_too(command: Command) -> None:
    code, _, err = command("move", PARTY, *MOVE, "--by", "koordination")
    assert code == 1
    assert "und nicht „Wahlkampfmanager“" in " ".join(err.split())
    assert command("move", PARTY, *MOVE, "--by", "landesvorstand")[0] == 0
    assert "steht nicht im Zeitplan" in command("move", PARTY, *MOVE, "--by", "Wahlen")[2]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--apply", "--reason", "x"), "Wer hat über „lv-2018-03-09“ entschieden?"),
        (("--apply", "--by", "landesvorstand"), "Ein beschlossener Termin wird nicht ohne Begründung verlegt."),
        (
            ("--apply", "--by", "Wahlen", "--reason", "x"),
            "Ein Amt, Gremium oder Verband „Wahlen“ steht nicht im Zeitpl",
        ),
    ],
)
def test_what_it_takes_to_move_an_adopted_date(
    workspace: Workspace, command: Command, arguments: tuple[str, ...], said: str
) -> None:
    code, _, err = command("move", workspace.root, *MOVE, *arguments, *NOW)
    assert code == 3
    assert said in err
    assert [entry.kind for entry in journal(workspace.root)] == ["genesis"]


def test_for_programs(command: Command) -> None:
    code, out, _ = command("move", PARTY, "lpt", "2018-09-01", "--json")
    found = json.loads(out)
    assert (code, found["applied"]) == (1, False)
    assert found["refused"].startswith("„3. Tagung des 14. Landesparteitags“ (25. August 2018) ist ein festes Ereignis")
    assert found["changes"] == [
        {
            "kind": "moved",
            "item": "lpt",
            "label": "3. Tagung des 14. Landesparteitags",
            "before": "2018-08-25",
            "after": "2018-09-01",
            "days": 7,
        }
    ]
    assert [(item["item"], item["date"]) for item in found["stays"]] == [
        ("phase-6.start", "2018-09-01"),
        ("lv-2018-08-17", "2018-08-24"),
    ]


def test_a_date_that_is_none_is_said_in_german(command: Command) -> None:
    code, _, err = command("move", PARTY, "lv-2018-03-09", "16.3.2018")
    assert code == 2
    assert err.startswith("'16.3.2018' ist bei TAG nicht zu verstehen.")
