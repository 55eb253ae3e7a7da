"""While it is in doubt whether the clock is right, nothing is entered by it; `status` says so before everything else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.amendment import amendment
from flows.decision import decision
from staffelstab.errors import LedgerError
from staffelstab.service.clock import confirm_clock
from staffelstab.service.phase_run import open_run
from staffelstab.workspace import Workspace
from tests.acceptance.outputs import journal
from tests.commands.conftest import Said
from tests.conftest import at, within
from tests.service.small_folder import put
from tests.year import DirectExecutor

pytestmark = pytest.mark.attack("C5")

Command = Callable[..., Said]
LAST, AHEAD, BEHIND = "2018-01-20 07:00", "2018-03-12T09:00", "2018-01-19T22:00"
ENTER = {
    "decision": ("record", "decision", "lv-2018-01-19", "noted", "{folder}"),
    "sender": ("record", "sender", "B01", "Beisitz 3", "{folder}"),
    "withdrawal": ("record", "withdrawal", "B01", "{folder}", "--reason", "Versehen.", "--by", "Beisitz 3"),
    "confirm": ("confirm", "lv-2018-08-17", "{folder}", "--date", "2018-08-17", "--by", "landesvorstand"),
    "move": (
        *("move", "{folder}", "lv-2018-03-09", "2018-03-16", "--apply", "--by", "landesvorstand"),
        *("--reason", "Der Raum ist belegt."),
    ),
}
AHEAD_SAID = (
    "Die Uhr steht auf 12. März 2018, 09:00 Uhr, der letzte Eintrag der Akte ist von 20. Januar 2018, 07:00 Uhr: Bitte "
    "bestätigen, dass die Uhr stimmt, mit „staffelstab clock --confirm“"
)
BEHIND_SAID = "Die Uhr geht nach: Sie zeigt 19. Januar 2018, 22:00 Uhr"


@pytest.fixture
def akte(workspace: Workspace) -> Workspace:
    """A folder with a paper, whose last pass was on the morning after the first session."""
    put(workspace.root, "beitraege/zettel.txt", "Von: Beisitz 4\n\nNiemand ruft an.\n", at("2018-01-12 18:00"))
    for moment in ("2018-01-13 07:00", LAST):
        DirectExecutor().daily_pass(str(workspace.root), at(moment))
    return workspace


def typed(name: str, folder: Path) -> list[str]:
    """The command that enters something of this kind."""
    return [word.format(folder=folder) for word in ENTER[name]]


@pytest.mark.parametrize(("moment", "sentence"), [(AHEAD, AHEAD_SAID), (BEHIND, BEHIND_SAID)])
@pytest.mark.parametrize("name", ENTER)
def test_nothing_is_entered_by_a_doubtful_clock(
    name: str, moment: str, sentence: str, akte: Workspace, command: Command
) -> None:
    before = journal(akte.root)
    code, out, err = command(*typed(name, akte.root), "--now", moment)
    assert (code, out) == (3, "")
    assert err.startswith(sentence)
    assert journal(akte.root) == before


@pytest.mark.parametrize("name", ENTER)
def test_once_the_clock_is_confirmed_it_is_entered(name: str, akte: Workspace, command: Command) -> None:
    moment = "2018-02-25T09:00"
    assert command(*typed(name, akte.root), "--now", moment)[0] == 3
    assert command("clock", akte.root, "--confirm", "--now", moment)[0] == 0
    assert command(*typed(name, akte.root), "--now", moment)[0] == 0


@pytest.mark.parametrize("moment", [AHEAD, BEHIND])
def test_neither_is_anything_by_a_form(moment: str, akte: Workspace) -> None:
    before = journal(akte.root)
    now = at(moment)
    with pytest.raises(LedgerError, match=r"ledger\.clock"):
        within(akte.root, decision.fn, "lv-2018-01-19", "noted", now=now)
    with pytest.raises(LedgerError, match=r"ledger\.clock"):
        within(akte.root, amendment.fn, "lv-2018-08-17", dt.date(2018, 8, 17), "landesvorstand", now=now)
    assert journal(akte.root) == before


def test_looking_only_asks_nothing(akte: Workspace, command: Command) -> None:
    moment = ("--now", AHEAD)
    assert command("confirm", akte.root, *moment)[0] == 0
    assert command("move", akte.root, "lv-2018-04-13", "2018-04-20", *moment)[2] == ""
    assert "Die Uhr" not in command("status", akte.root, *moment)[1]


def test_status_says_first_that_the_clock_is_to_be_confirmed(akte: Workspace, command: Command) -> None:
    """By the clock of this machine the last pass was years ago."""
    head, first, *_ = command("status", akte.root)[1].splitlines()
    assert head.endswith("(letzter Tageslauf: 20. Januar 2018, 07:00 Uhr):")
    assert first.startswith("  Die Uhr steht auf ")
    assert "„staffelstab clock --confirm“" in first
    todo = json.loads(command("status", akte.root, "--json")[1])["todo"]
    assert (todo[0]["key"], todo[0]["urgent"]) == ("clock", True)
    assert [item["key"] for item in todo].count("clock") == 1


def test_status_says_first_that_the_clock_is_behind_the_journal(akte: Workspace, command: Command) -> None:
    confirm_clock(open_run(akte.root, at("2890-01-20 07:00")))
    _, first, *_ = command("status", akte.root)[1].splitlines()
    assert first.startswith("  Die Uhr geht nach: Sie zeigt ")


def test_status_of_a_clock_in_no_doubt_asks_nothing(akte: Workspace, command: Command) -> None:
    confirm_clock(open_run(akte.root, dt.datetime.now(dt.UTC)))
    assert "Die Uhr" not in command("status", akte.root)[1]
