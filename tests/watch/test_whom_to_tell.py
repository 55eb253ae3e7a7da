"""Whom to tell: a file for its owner alone, and a sentence for everything else."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent

import pytest

from deployments.notify import problems
from staffelstab.errors import StaffelstabError
from staffelstab.watch.whom_to_tell import FILE, Settings, read_settings
from tests.conftest import ROOT, at

WHOLE = 'to = ["json://127.0.0.1/x"]\nquiet = ["21:00", "07:00"]\nheartbeat = "https://beat.example/x"\n'


def written(root: Path, text: str | bytes, mode: int = 0o600) -> Path:
    path = root / FILE
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return root


def test_a_folder_without_the_file_tells_nobody(tmp_path: Path) -> None:
    assert read_settings(tmp_path) is None


def test_everything_it_may_hold_is_read(tmp_path: Path) -> None:
    assert read_settings(written(tmp_path, WHOLE)) == Settings(
        ("json://127.0.0.1/x",), ("21:00", "07:00"), "https://beat.example/x"
    )


def test_the_example_of_the_documentation_is_one_to_which_messages_can_be_sent(tmp_path: Path) -> None:
    documented = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    example = documented[documented.index("    to = [") :].partition("\n\n")[0]
    found = read_settings(written(tmp_path, dedent(example)))
    assert found is not None
    assert (len(found.to), found.quiet, found.heartbeat[:8]) == (3, ("21:00", "07:00"), "https://")
    assert [*problems(found)] == []


@pytest.mark.attack("FUZZ")
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("to = 3", "watch.error.unusable"),
        ("secret-word", "watch.error.unusable"),
        ('whom = ["secret-word"]', "watch.error.unusable"),
        (b"\xff", "watch.error.unusable"),
        ("x = " + "[" * 9_000, "watch.error.unusable"),
        ("#" * 20_001, "watch.error.unusable"),
        ('quiet = ["21:00"]', "watch.error.quiet"),
        ('quiet = ["21:00", "secret-word"]', "watch.error.quiet"),
        ('heartbeat = "file:///secret-word"', "watch.error.heartbeat"),
        ('heartbeat = "https://[secret-word"', "watch.error.heartbeat"),
        ('heartbeat = "https://"', "watch.error.heartbeat"),
        ('heartbeat = "https://secret-word:99999999/"', "watch.error.heartbeat"),
        ('heartbeat = "https://secret-word\\u0000/"', "watch.error.heartbeat"),
        ('quiet = ["21:00+01:00", "07:00"]', "watch.error.quiet"),
        (f"to = {['json://secret-word'] * 21}", "watch.error.many"),
    ],
)
def test_what_cannot_be_used_is_a_sentence_that_quotes_nothing(tmp_path: Path, text: str | bytes, key: str) -> None:
    with pytest.raises(StaffelstabError) as raised:
        read_settings(written(tmp_path, text))
    assert raised.value.key == key
    assert "secret-word" not in raised.value.text("de") + raised.value.text("en")


@pytest.mark.attack("LOW")
def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    for mode in (0o640, 0o604, 0o660):
        with pytest.raises(StaffelstabError, match=r"watch\.error\.mode"):
            read_settings(written(tmp_path, WHOLE, mode))


@pytest.mark.attack("LOW")
def test_a_pipe_in_its_place_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / FILE)
    with pytest.raises(StaffelstabError, match=r"watch\.error\.mode"):
        read_settings(tmp_path)


@pytest.mark.parametrize(
    ("quiet", "moment", "is_quiet"),
    [
        (("21:00", "07:00"), "2018-01-10 20:59", False),
        (("21:00", "07:00"), "2018-01-10 21:00", True),
        (("21:00", "07:00"), "2018-01-10 06:59", True),
        (("21:00", "07:00"), "2018-01-10 07:00", False),
        (("12:00", "13:00"), "2018-01-10 12:30", True),
        (("12:00", "13:00"), "2018-01-10 13:00", False),
        ((), "2018-01-10 03:00", False),
    ],
)
def test_quiet_hours_may_span_midnight(quiet: tuple[str, ...], moment: str, is_quiet: bool) -> None:
    assert Settings(quiet=quiet).is_quiet(at(moment)) is is_quiet
