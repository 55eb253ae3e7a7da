"""Strings of strangers in what commands print: none steers the terminal, hides, or looks like a line of ours."""

from __future__ import annotations

import io
import json
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from commands.main import COMMANDS, main
from commands.terminal import PLAINER, Terminal
from deployments.server.process import home_of
from staffelstab.legible import legible, legible_name
from staffelstab.workspace import create, find
from tests.acceptance.cli import PARTY, staffelstab
from tests.backup.small_backups import back_up, real_folder
from tests.commands.conftest import Said
from tests.conftest import ROOT, at
from tests.prepared_server import prepared
from tests.year import markdown_drafts

ODD = "\x1b]0;gekapert\x07\x1b[31m\x9b32m\u202e\u2066\u200b\ufeff\x7f\r"
IN_TOML = "".join(f"\\u{ord(character):04x}" for character in ODD if character != "\r")  # a line break is refused
FORGED = "\nUnversehrt: 99 Eintr\u00e4ge."


def steering(text: str) -> set[str]:
    """Characters in a text that steer rather than show."""
    return {letter for letter in text if letter not in "\n\t" and unicodedata.category(letter) in {"Cc", "Cf", "Cs"}}


@pytest.fixture
def odd_plan(tmp_path: Path) -> Path:
    """The party's plan with escapes in its names and in the resolution."""
    folder = tmp_path / "odd"
    shutil.copytree(PARTY, folder, ignore=shutil.ignore_patterns("inbox", "arrivals.csv"))
    plan = folder / "plan.toml"
    text = plan.read_text(encoding="utf-8")
    for field in ('title = "', 'name = "', 'organisation = "'):
        text = text.replace(field, field + IN_TOML)
    plan.write_text(text, encoding="utf-8")
    source = folder / "resolution.txt"
    source.write_text(source.read_text(encoding="utf-8").replace(" ", f" {ODD}", 40), encoding="utf-8")
    return folder


@pytest.fixture
def odd(odd_plan: Path, tmp_path: Path) -> Path:
    """A working folder of that plan, with an odd name of its own and odd names in inbox and batons."""
    workspace = create(odd_plan, tmp_path / f"akte{ODD}{FORGED}", now=at("2017-12-15"))
    (workspace.inbox / f"Brief{ODD}{FORGED}.tmp").write_text("x", encoding="utf-8")
    bag = workspace.batons / f"1-call{ODD}{FORGED}"
    (bag / "data").mkdir(parents=True)
    (bag / "data" / f"fremd{ODD}{FORGED}").symlink_to("/etc/hostname")
    return workspace.root


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A working folder in good order, and its backup; only where they lie has an odd name."""
    place = tmp_path / f"ganz{ODD}{FORGED}"
    place.mkdir()
    real_folder(place / "akte")
    back_up(place / "akte", place / "disk")
    return place


CALLS: dict[str, tuple[str, ...]] = {
    "draft": ("draft", "{plan}/resolution.txt"),
    "check": ("check", "{plan}"),
    "check for programs": ("check", "{plan}", "--json"),
    "plan": ("plan", "{plan}"),
    "init": ("init", "{plan}", "{new}"),
    "init where there is one": ("init", "{plan}", "{folder}"),
    "run": ("run", "{folder}", "--now", "2018-01-20T07:00"),
    "status": ("status", "{folder}", "--now", "2018-01-20T07:00"),
    "status for programs": ("status", "{folder}", "--json"),
    "record": ("record", "decision", "lv-2018-01-19", f"noted{ODD}", "{folder}"),
    "record for a session": ("record", "decision", f"keine{ODD}", "noted", "{folder}"),
    "record sender": ("record", "sender", f"B01{ODD}", f"wer{ODD}", "{folder}"),
    "confirm": ("confirm", "{folder}", "lv-2018-03-09", "--now", "2018-01-20"),
    "move": ("move", "{folder}", "lv-2018-03-09", "2018-03-16", "--now", "2018-01-20"),
    "people": ("people", "list", "{folder}"),
    "people that cannot be read": ("people", "import", "{plan}/resolution.txt", "{folder}"),
    "outbox": ("outbox", "list", "{folder}"),
    "outbox of an odd letter": ("outbox", "show", "brief{odd}", "{folder}"),
    "worker": ("worker", "--name", "wer{odd}"),
    "worker of nothing": ("worker", "{folder}{odd}"),
    "verify": ("verify", "{folder}"),
    "serve": ("serve", "{folder}{odd}"),
    "serve where up is meant": ("serve", "{folder}"),
    "backup of what is none": ("backup", "{new}", "{folder}{odd}"),
    "restore of what is none": ("restore", "{folder}/plan.toml", "{new}"),
    "up": ("up", "{folder}{odd}"),
    "up as a service": ("up", "{folder}", "--install"),
    "up as no service": ("up", "{folder}", "--uninstall"),
    "down": ("down", "{folder}"),
    "doctor": ("doctor", "{folder}"),
    "doctor for programs": ("doctor", "{folder}", "--json"),
    "completion": ("completion", "bash{odd}"),
    "login": ("login", "{folder}{odd}"),
    "alarms": ("alarms", "{folder}", "--now", "2018-01-20T07:00"),
    "alarms tried": ("alarms", "{folder}", "--test"),
    "clock": ("clock", "{folder}", "--confirm", "--by", "wer{odd}"),
    "rehearse": ("rehearse", "{plan}", "--papers", "{folder}{odd}"),
    "nothing there": ("status", "{folder}{odd}"),
    "no command": ("tanzen{odd}",),
}


@pytest.mark.attack("M4")
@pytest.mark.parametrize("words", CALLS.values(), ids=CALLS.keys())
def test_no_command_prints_what_steers(
    command: Callable[..., Said], odd: Path, odd_plan: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    places = {"plan": str(odd_plan), "folder": str(odd), "new": str(tmp_path / f"neu{ODD}"), "odd": ODD}

    _, out, err = command(*(word.format(**places) for word in words))

    assert out + err
    assert steering(out + err) == set()
    assert FORGED not in out + err


DONE: dict[str, tuple[str, ...]] = {
    "init": ("init", "{plan}", "{whole}/neu"),
    "plan begun anew": ("plan", "new", "--like", "{plan}", "--start", "2019-01-07", "--out", "{whole}/neu.toml"),
    "plan drawn": ("plan", "picture", "{plan}", "--out", "{whole}/neu.svg"),
    "run": ("run", "{whole}/akte", "--now", "2018-01-09T07:00"),
    "status": ("status", "{whole}/akte", "--now", "2018-01-20T07:00"),
    "status long after a backup": ("status", "{whole}/akte", "--now", "2018-05-20T07:00"),
    "confirm": ("confirm", "{whole}/akte"),
    "verify": ("verify", "{whole}/akte"),
    "backup": ("backup", "{whole}/disk", "{whole}/akte", "--now", "2018-01-20T07:00"),
    "restore": ("restore", "{backup}", "{whole}/neu"),
    "restore tried out": ("restore", "--rehearse", "{backup}"),
}


@pytest.mark.attack("M4")
@pytest.mark.parametrize("words", DONE.values(), ids=DONE.keys())
def test_what_a_command_has_done_is_told_on_lines_of_ours(
    command: Callable[..., Said], whole: Path, words: tuple[str, ...]
) -> None:
    """Only a command that succeeds names what it has written; so here nothing is wrong but the name of the place."""
    [backup] = (whole / "disk").glob("*.tar")

    code, out, err = command(*(word.format(plan=PARTY, whole=whole, backup=backup) for word in words))

    assert (code, err) == (0, "")
    assert out
    assert steering(out) == set()
    assert FORGED not in out


def test_every_command_is_tried() -> None:
    assert {words[0] for words in (*CALLS.values(), *DONE.values())} >= set(COMMANDS)


@pytest.mark.attack("M4")
@pytest.mark.slow
@pytest.mark.server
def test_a_rehearsal_prints_nothing_that_steers(command: Callable[..., Said], odd_plan: Path, tmp_path: Path) -> None:
    plan = odd_plan / "plan.toml"  # no letter has such characters in its subject, so only phases have them here
    parts = (PARTY / "plan.toml").read_text(encoding="utf-8").split("[[phases]]")
    odd = [part.replace('name = "', 'name = "' + IN_TOML, 1) for part in parts[1:]]
    plan.write_text("[[phases]]".join([parts[0], *odd]), encoding="utf-8")

    with markdown_drafts():
        prepared(home_of(tmp_path / f"probe{ODD}"))
        code, out, err = command("rehearse", odd_plan, "--until", "2018-01-20", "--out", tmp_path / f"probe{ODD}")

    assert (code, err) == (0, "")
    assert "\\u001b]0;gekapert" in out
    assert steering(out) == set()


@pytest.mark.attack("M4")
def test_a_foreign_predecessor_is_shown_not_obeyed(command: Callable[..., Said], tmp_path: Path) -> None:
    from staffelstab.publishing.baton.packing import pack

    root = create(PARTY, tmp_path / "akte", now=at("2017-12-15")).root
    bag = pack(
        find(root).batons / "1-call",
        {"a.txt": b"a"},
        info={},
        predecessor=None,
        on=at("2018-01-19").date(),
        language="de",
    )
    info = bag.path / "bag-info.txt"
    info.write_text(f"{info.read_text(encoding='utf-8')}Predecessor: {ODD}\nPredecessor-Hash: 00\n", encoding="utf-8")

    code, out, err = command("verify", root)

    assert code == 1
    assert steering(out + err) == set()


def test_output_for_programs_keeps_its_meaning(command: Callable[..., Said], odd: Path) -> None:
    code, out, _ = command("status", odd, "--now", "2018-01-20T07:00", "--json")

    assert code == 0
    assert ODD.rstrip() in "".join(item["text"] for item in json.loads(out)["todo"])


FOR_PROGRAMS: dict[str, tuple[str, ...]] = {
    "draft": ("draft", "{text}"),
    "check": ("check", "{plan}"),
    "check of nothing": ("check", "{folder}/{odd}"),
    "plan": ("plan", "new", "--like", "{plan}", "--start", "2019-01-07", "--out", "{new}"),
    "status": ("status", "{folder}"),
    "confirm": ("confirm", "{folder}"),
    "confirmed": ("confirm", "lv-2018-08-17", "{folder}", "--date", "2018-08-17", "--by", "landesvorstand", "{now}"),
    "move": ("move", "{folder}", "lv-2018-03-09", "2018-03-16", "{now}"),
    "moved": (
        "move",
        "{folder}",
        "lv-2018-03-09",
        "2018-03-16",
        "--apply",
        "--by",
        "landesvorstand",
        "--reason={odd}",
        "{now}",
    ),
    "verify": ("verify", "{folder}"),
}


@pytest.mark.attack("M4")
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "iso-8859-1"])
@pytest.mark.parametrize("words", FOR_PROGRAMS.values(), ids=FOR_PROGRAMS.keys())
def test_output_for_programs_is_json_on_any_output_and_steers_nothing(
    odd: Path, odd_plan: Path, tmp_path: Path, words: tuple[str, ...], encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On an output of ASCII a German quotation mark became one of JSON's own, and ended the string."""
    places = {
        "plan": str(odd_plan),
        "folder": str(odd),
        "new": str(tmp_path / "neu"),
        "odd": ODD,
        "now": "--now=2018-01-18",
    }
    text = (PARTY / "resolution.txt").read_text(encoding="utf-8").replace("Beschluss", f"Beschluss{ODD}", 1)
    (tmp_path / "beschluss.txt").write_text(text, encoding="utf-8")
    places["text"] = str(tmp_path / "beschluss.txt")
    output = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr("sys.stdout", output)

    main([*(word.format(**places) for word in words), "--json"])

    output.flush()
    printed = output.buffer.getvalue().decode(encoding)
    assert json.loads(printed)
    assert steering(printed) == set()
    assert encoding == "utf-8" or printed.isascii()


def test_json_is_written_in_one_place_alone() -> None:
    places = [path.name for path in (ROOT / "commands").glob("*.py") if "json.dump" in path.read_text(encoding="utf-8")]
    assert places == ["for_programs.py"]


def test_what_steers_is_written_out_and_the_rest_stays() -> None:
    assert legible("Grüße\tan „Jörg“\n🙂 e\u0301\u00a0x") == "Grüße\tan „Jörg“\n🙂 e\u0301\u00a0x"
    assert legible("a\x1b[31m\u202e\udcff\U000e0041\x85") == "a\\u001b[31m\\u202e\\udcff\\udb40\\udc41\\u0085"
    assert legible_name("a\nb\tc") == "a\\u000ab\\u0009c"


@pytest.mark.attack("LOW")
def test_a_terminal_of_ascii_gets_a_sentence() -> None:
    poor = io.TextIOWrapper(io.BytesIO(), encoding="ascii")

    print("„Ärger“ – groß … 1 · 2 → Größe 欢", file=Terminal(poor))

    poor.flush()
    assert poor.errors == PLAINER
    assert poor.buffer.getvalue().decode("ascii") == '"Aerger" - gross ... 1 - 2 -> Groesse \\u6b22\n'


@pytest.mark.attack("LOW")
@pytest.mark.parametrize("words", [("check", PARTY), ("plan", PARTY), ("--help",), ("tanzen",)], ids=str)
def test_no_command_needs_more_than_ascii(words: tuple[str | Path, ...]) -> None:
    done = staffelstab(*words, PYTHONIOENCODING="ascii", LC_ALL="C")

    assert "Traceback" not in done.stderr
    assert (done.stdout + done.stderr).isascii()
