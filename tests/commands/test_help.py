"""Help in the reader's language, with an example for every command."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from commands.main import COMMANDS
from staffelstab.language import LANGUAGES, Language
from tests.commands.conftest import Said

Command = Callable[..., Said]
CALLS = [(name,) for name in COMMANDS] + [("record", "decision"), ("record", "sender"), ("record", "withdrawal")]
ENGLISH_ONLY = ("usage:", "positional arguments", "options:", "show this help message and exit")
"""What argparse would say by itself."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_every_command_explains_itself(
    call: tuple[str, ...], language: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAFFELSTAB_LANGUAGE", language)
    words = Language(language)
    code, out, err = command(*call, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"{words.say('cli.usage')}staffelstab {' '.join(call)} ")
    assert [phrase for phrase in ENGLISH_ONLY if phrase in out] == []
    assert words.say("cli.help") in out


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_gives_an_example(
    name: str, language: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STAFFELSTAB_LANGUAGE", language)
    example = Language(language).say(f"cli.{name}.example")
    assert f"staffelstab {name} " in example
    assert example in command(name, "--help")[1]


def test_without_a_command_there_is_the_whole_help(command: Command) -> None:
    code, out, _ = command()
    assert (code, out) == (0, command("--help")[1])
    assert [name for name in COMMANDS if f"    {name} " not in out.replace("\n", " ")] == []
    assert "Rückgabe: 0 erledigt · 1 etwas gefunden" in out


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"STAFFELSTAB_LANGUAGE": "en", "LANG": "de_DE.UTF-8"}, "Usage: "),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "de_DE.UTF-8"}, "Usage: "),
        ({"LANG": "C.UTF-8"}, "Aufruf: "),
        ({"STAFFELSTAB_LANGUAGE": "fr"}, "Aufruf: "),
        ({}, "Aufruf: "),
    ],
)
def test_the_language_is_the_one_asked_for_then_the_locales_then_german(
    environment: dict[str, str], expected: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("STAFFELSTAB_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert command("--help")[1].startswith(expected)
