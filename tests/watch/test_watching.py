"""A round of the watch with real receivers: one message per matter, quiet at night, and a heartbeat after each pass."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from deployments.notify import beat, problems, send
from deployments.watching import Watch
from staffelstab.service.phase_run import open_run
from staffelstab.watch.whom_to_tell import FILE, Settings
from tests.conftest import at
from tests.service.small_folder import folder
from tests.watch.receiver import Receiver, receiving
from tests.year import PARTY, DirectExecutor


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = folder(tmp_path / "akte", PARTY)
    DirectExecutor().daily_pass(str(made), at("2018-01-19 07:00"))
    shutil.rmtree(made / "outbox")
    return made


def watch(root: Path, receiver: Receiver, moment: str, *, quiet: tuple[str, ...] = ()) -> list[str]:
    """One round at a moment; what was said at the terminal."""
    said: list[str] = []
    settings = Settings((receiver.address,), quiet, receiver.heartbeat)
    Watch(root, said.append)._tell(open_run(root, at(moment)), settings, ())
    return said


def test_a_matter_is_told_once_and_without_a_name(root: Path) -> None:
    with receiving() as receiver:
        watch(root, receiver, "2018-01-20 08:00")
        watch(root, receiver, "2018-01-20 08:01")
    [message] = receiver.messages
    assert message["title"] == "Staffelstab: Vorschlag zur Entwicklung eines Konzepts zur Mitgliederarbeit"
    assert "Ergebnis der Sitzung vom 19. Januar 2018 eintragen." in message["message"]
    assert message["message"].endswith("Nachsehen, was zu tun ist: staffelstab status")


def test_at_night_nothing_is_sent_and_in_the_morning_everything(root: Path) -> None:
    with receiving() as receiver:
        watch(root, receiver, "2018-01-20 06:59", quiet=("21:00", "07:00"))
        assert receiver.messages == []
        watch(root, receiver, "2018-01-20 07:00", quiet=("21:00", "07:00"))
    assert len(receiver.messages) == 1


def test_a_receiver_that_refuses_gets_it_later(root: Path) -> None:
    with receiving() as receiver:
        receiver.status = 500
        watch(root, receiver, "2018-01-20 08:00")
        receiver.status = 200
        watch(root, receiver, "2018-01-20 08:00")
        assert receiver.messages == [], "it is tried again a minute later"
        watch(root, receiver, "2018-01-20 08:01")
    assert len(receiver.messages) == 1


def test_the_heart_beats_once_for_each_pass(root: Path) -> None:
    with receiving() as receiver:
        watch(root, receiver, "2018-01-19 08:00")
        watch(root, receiver, "2018-01-19 08:01")
        assert receiver.beats == ["/beat"]
        DirectExecutor().daily_pass(str(root), at("2018-01-20 07:00"))
        watch(root, receiver, "2018-01-20 07:01")
    assert receiver.beats == ["/beat", "/beat"]
    assert not beat(receiver.heartbeat), "nobody is there any more"


def test_an_address_that_is_none_is_told_by_its_number_alone(capfd: pytest.CaptureFixture[str]) -> None:
    settings = Settings(("nonsense://secret-word", "json://127.0.0.1:9/x", ""))
    assert [problem.facts["n"] for problem in problems(settings)] == [1, 3]
    assert not send(settings.to, "Titel", "Text")
    out, err = capfd.readouterr()
    assert "secret-word" not in out + err


def test_nothing_of_an_address_is_written_down(root: Path) -> None:
    with receiving() as receiver:
        (root / FILE).write_text(f'to = ["{receiver.address}"]', encoding="utf-8")
        watch(root, receiver, "2018-01-20 08:00")
    kept = (root / ".open" / "told.json").read_text(encoding="utf-8")
    assert "127.0.0.1" not in kept
    assert set(json.loads(kept)["attempts"]) == {"decide:lv-2018-01-19", "no_pass:2018-01-19T06:00:00+00:00"} - {
        "no_pass:2018-01-19T06:00:00+00:00"
    }
